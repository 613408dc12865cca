import Foundation
import Web

/// Where the search for a user's calendars starts.
struct CalDAVAddress: Sendable {
    var path: DAVPath
    /// True where the calendars are those of the user that the server knows us as, so that it
    /// may be asked who that is. Elsewhere it must not: it would tell of the wrong person.
    var isOwn: Bool

    /// - Parameters:
    ///   - address: a user's name, a path, a URL, or empty for our own user.
    ///   - base: the settings' URL, where `{address}` stands for the user's name.
    ///   - user: the user name that we show, where `{address}` stands for the user's name too.
    /// - Throws: ``RemoteFailure`` where the address leads to another host or nowhere.
    init(_ address: String, base: CalDAVBase, user: String?) throws(RemoteFailure) {
        if address.contains("://") {
            guard let url = URL(string: address), HTTPOrigin(url) == base.origin else {
                throw RemoteFailure(
                    .refused,
                    "the address is not on \(base.origin), and no other host is asked: "
                        + "correct the address or the url in the settings"
                )
            }
            path = DAVPath(encoded: url.path(percentEncoded: true))
            isOwn = false
        } else if address.hasPrefix("/") {
            path = DAVPath(encoded: address)
            isOwn = false
        } else if [".", ".."].contains(address) {
            throw RemoteFailure(.notFound, "\(address) is no user name")
        } else if base.path.contains(Self.placeholder) {
            guard !address.isEmpty else {
                throw RemoteFailure(.notFound, "the user has no calendar address")
            }
            path = DAVPath(
                encoded: base.path.replacing(Self.placeholder, with: DAVPath.segment(address))
            )
            isOwn = false
        } else {
            isOwn = address.isEmpty || address == user || user?.contains(Self.placeholder) == true
            path = DAVPath(
                encoded: isOwn ? base.path : "\(base.path)\(DAVPath.segment(address))/"
            )
        }
    }

    static let placeholder = "{address}"
}

/// The URL of the settings, apart.
struct CalDAVBase: Sendable {
    var origin: HTTPOrigin
    /// With `{address}` where it stands, and with a slash at its end.
    var path: String

    /// - Throws: ``RemoteFailure`` where `text` is no http or https URL, or has a user in it.
    init(_ text: String) throws(RemoteFailure) {
        let authorityEnd = text.firstRange(of: "://").flatMap { scheme in
            text[scheme.upperBound...].firstIndex(of: "/")
        }
        guard let url = URL(string: String(text[..<(authorityEnd ?? text.endIndex)])),
            url.user() == nil, url.query() == nil, url.fragment() == nil,
            let origin = HTTPOrigin(url)
        else {
            throw RemoteFailure(
                .unreachable,
                "the url of the settings is no http or https URL without user and query"
            )
        }
        self.origin = origin
        let path = authorityEnd.map { text[$0...].prefix { $0 != "?" && $0 != "#" } } ?? "/"
        self.path = path.hasSuffix("/") ? String(path) : "\(path)/"
    }
}
