import Foundation
package import NIOHTTP1

/// A request as it came in, whole.
package struct ServerRequest: Sendable {
    package var method: String
    /// The path as it was sent, without the query.
    package var path: String
    /// The path's parts, percent-decoded; empty parts are left out.
    package var pathParts: [String]
    /// The query's parts in order, percent-decoded.
    package var query: [(name: String, value: String)]
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// Whether the body was longer than the server keeps.
    package var isCutOff = false
    /// Tells TCP connections apart: what a protocol binds to one, such as NTLM, hangs on it.
    package var connection: Int
    /// Scheme, host and port by which the client came here: `http://127.0.0.1:8080`.
    package var origin: String
    /// Path and query as they were sent.
    package var target = ""

    /// The first value of a header.
    package func header(_ name: String) -> String? {
        headers.first(name: name)
    }

    /// The first value of a query parameter.
    package func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The bearer token (RFC 6750 2.1).
    package var bearer: String? {
        guard let value = header("Authorization"), value.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return String(value.dropFirst("bearer ".count))
    }

    /// The fields of a body in application/x-www-form-urlencoded.
    package var form: [String: String] {
        let pairs = Self.pairs(String(decoding: body, as: UTF8.self)[...])
        return Dictionary(
            pairs.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Sets path and query from a request target, such as `/v1.0/users?$top=5`.
    package mutating func setTarget(_ target: String) {
        self.target = target
        let sides = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(sides.first ?? "")
        pathParts = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        query = sides.count > 1 ? Self.pairs(sides[1]) : []
    }

    private static func pairs(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(sides[0]), sides.count > 1 ? decoded(sides[1]) : "")
        }
    }

    private static func decoded(_ text: Substring) -> String {
        guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(text) }
        return text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
    }
}
