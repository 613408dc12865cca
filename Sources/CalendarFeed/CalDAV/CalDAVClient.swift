import Foundation
import Web

/// Asks one CalDAV server, in the words of RFC 4918, 4791 and 6578.
struct CalDAVClient: Sendable {
    var fetcher: HTTPFetcher
    var origin: HTTPOrigin
    var credentials: HTTPCredentials?

    /// What came back for a question.
    enum Reply: Sendable {
        case multistatus(Multistatus, byteCount: Int)
        /// Another status than 207, and whether it says that a sync token is not valid
        /// (RFC 6578 3.2).
        case other(Int, refusesToken: Bool)
    }

    /// An answer of rows, and what it weighed.
    struct Rows: Sendable {
        var multistatus: Multistatus
        var byteCount: Int
    }

    /// Asks, and takes every other answer than a multistatus for a failure.
    func rows(
        _ method: String,
        _ path: DAVPath,
        depth: Int,
        body: String
    ) async throws -> Rows {
        switch try await reply(method, path, depth: depth, body: body) {
        case .multistatus(let multistatus, let byteCount):
            return Rows(multistatus: multistatus, byteCount: byteCount)
        case .other(let status, _):
            throw Self.failure(status, to: method)
        }
    }

    func reply(
        _ method: String,
        _ path: DAVPath,
        depth: Int,
        body: String
    ) async throws -> Reply {
        guard let url = URL(string: "\(origin)\(path.encoded)") else {
            throw RemoteFailure(.notFound, "\(path.name) is no path that can be asked for")
        }
        let answer = try await fetcher.send(
            HTTPRequest(
                method,
                url,
                headers: [
                    ("Content-Type", "application/xml; charset=utf-8"), ("Depth", "\(depth)"),
                ],
                body: Array(body.utf8),
                credentials: credentials
            )
        )
        guard answer.status == 207 else {
            let refusal = answer.body.firstRange(of: Array("valid-sync-token".utf8))
            return .other(answer.status, refusesToken: refusal != nil)
        }
        return .multistatus(
            try MultistatusParser.parse(answer.body),
            byteCount: answer.body.count
        )
    }

    /// Whether a status is about the access or the state of the server, so that it does not tell
    /// what the server makes of the question.
    static func saysNothing(_ status: Int) -> Bool {
        [401, 404, 429, 502, 503, 504].contains(status)
    }

    /// What a status that is not 207 means.
    static func failure(_ status: Int, to method: String) -> RemoteFailure {
        switch status {
        case 401:
            RemoteFailure(.refused, "user name or password refused (401): check the credentials")
        case 403:
            RemoteFailure(.refused, "not allowed to read (403): grant the right on the server")
        case 404, 410:
            RemoteFailure(.notFound, "not there (\(status)): check the address")
        case 429:
            RemoteFailure(.serverError, "asked too often (429): the next pass tries again")
        case 200..<300:
            RemoteFailure(.malformed, "\(method) was answered with \(status) where 207 belongs")
        case 300..<400:
            RemoteFailure(.refused, "\(method) was answered with a redirect (\(status))")
        default:
            RemoteFailure(
                .serverError,
                "\(method) was answered with \(status): see the server's log"
            )
        }
    }
}

/// The bodies of requests.
enum CalDAVQuestion {
    /// What is asked of an address, a principal and a calendar home. DAViCal answers with 500
    /// where `sync-token` is asked of its root.
    static let place = propfind(
        "<D:resourcetype/><D:current-user-principal/><C:calendar-home-set/>"
            + "<C:calendar-user-address-set/>"
    )

    /// What is asked of the members of a home. A server reads the whole calendar for either tag.
    static func collections(withChangeTags: Bool) -> String {
        propfind(
            "<D:resourcetype/><C:supported-calendar-component-set/><D:sync-token/>"
                + (withChangeTags ? "<S:getctag/>" : "")
        )
    }

    /// RFC 4791 7.8. No `expand`: several servers get it wrong, and one masks the series.
    static func query(_ window: Range<Date>, withData: Bool) -> String {
        let data = withData ? "<C:calendar-data/>" : ""
        return document(
            "C:calendar-query",
            "<D:prop><D:getetag/>\(data)</D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">"
                + "<C:comp-filter name=\"VEVENT\"><C:time-range start=\""
                + utc(window.lowerBound - day) + "\" end=\"" + utc(window.upperBound + day)
                + "\"/></C:comp-filter></C:comp-filter></C:filter>"
        )
    }

    /// RFC 4791 7.9.
    static func multiget(_ paths: [DAVPath]) -> String {
        document(
            "C:calendar-multiget",
            "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
                + paths.map { "<D:href>\(escaped($0.encoded))</D:href>" }.joined()
        )
    }

    /// RFC 6578 3.2. Never with `limit`: some servers then drop the rest without a word.
    static func changes(since token: String) -> String {
        document(
            "D:sync-collection",
            "<D:sync-token>\(escaped(token))</D:sync-token><D:sync-level>1</D:sync-level>"
                + "<D:prop><D:getetag/></D:prop>"
        )
    }

    private static func propfind(_ properties: String) -> String {
        document("D:propfind", "<D:prop>\(properties)</D:prop>")
    }

    private static func document(_ root: String, _ content: String) -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><\(root) xmlns:D=\"DAV:\" "
            + "xmlns:C=\"urn:ietf:params:xml:ns:caldav\" "
            + "xmlns:S=\"http://calendarserver.org/ns/\">\(content)</\(root)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }

    /// A query reaches this much further than the window, because servers place floating times
    /// and whole days by a time zone of their own; the reader keeps to the window.
    private static let day: TimeInterval = 86400

    /// 20261123T090000Z.
    private static func utc(_ date: Date) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(
                dateSeparator: .omitted,
                dateTimeSeparator: .standard,
                timeSeparator: .omitted,
                timeZone: .gmt
            )
        )
    }
}
