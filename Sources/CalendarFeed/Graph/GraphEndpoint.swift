import Foundation
import Web

/// Where Graph is, such as `https://graph.microsoft.com/v1.0`; national clouds have their own.
struct GraphEndpoint: Sendable {
    /// Without a slash at its end.
    let text: String
    let origin: HTTPOrigin?
    private let path: String

    init(_ url: URL) {
        var text = url.absoluteString
        while text.hasSuffix("/") { text.removeLast() }
        self.text = text
        origin = HTTPOrigin(url)
        path = URL(string: text)?.path(percentEncoded: true) ?? ""
    }

    /// How the endpoint is called in messages.
    var name: String { origin?.description ?? "Graph" }

    /// The whole URL of a path behind the endpoint.
    func url(of path: String) throws(RemoteFailure) -> URL {
        guard let url = URL(string: text + path) else {
            throw RemoteFailure(.malformed, "\(name) gave a link that is no address")
        }
        return url
    }

    /// The path behind the endpoint of a link that Graph gave, as batches want it.
    ///
    /// - Throws: ``RemoteFailure`` `refused` where the link leads elsewhere: our token is for this
    ///   endpoint alone.
    func path(of link: String) throws(RemoteFailure) -> String {
        if link.hasPrefix(text + "/") { return String(link.dropFirst(text.count)) }
        if let url = URL(string: link), let target = HTTPOrigin(url), target == origin {
            // The same place, with a port or letters written in another way.
            let start = url.path(percentEncoded: true)
            if start.hasPrefix(path + "/"), let range = link.range(of: start) {
                return String(link[range.lowerBound...].dropFirst(path.count))
            }
        }
        throw RemoteFailure(
            .refused,
            "\(name) gave a link to another place, which is not followed: is the endpoint in the "
                + "settings the one of the customer's cloud?"
        )
    }
}
