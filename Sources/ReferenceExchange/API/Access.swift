import Foundation
import HTTPServing
import Synchronization

/// Who is let in: a key, or a client's tokens.
struct Access: Sendable {
    var apiKey: String?
    var client: String?
    var secret: String?
    /// How long a token holds, in seconds.
    var life: Int
    private let tokens = Tokens()

    init(life: Int) {
        self.life = life
    }

    var isGiven: Bool { apiKey != nil || secret != nil }

    func lets(in request: ServerRequest) -> Bool {
        if let bearer = request.bearer { return tokens.holds(bearer) }
        guard let apiKey else { return false }
        return request.header("X-Api-Key") == apiKey
    }

    /// A token for the client that shows its secret in the form or by Basic (RFC 6749 2.3.1).
    func token(for request: ServerRequest, _ form: [String: String]) -> String? {
        guard let client, let secret else { return nil }
        let shown = Self.basic(request) ?? (form["client_id"] ?? "", form["client_secret"] ?? "")
        guard shown == (client, secret) else { return nil }
        return tokens.issue(life: life)
    }

    func withdrawTokens() {
        tokens.withdraw()
    }

    private static func basic(_ request: ServerRequest) -> (String, String)? {
        guard let value = request.header("Authorization"), value.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(value.dropFirst(6)))
        else { return nil }
        let sides = String(decoding: data, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.removingPercentEncoding ?? "" }
        return sides.count == 2 ? (sides[0], sides[1]) : nil
    }
}

private final class Tokens: Sendable {
    private let ends = Mutex<[String: ContinuousClock.Instant]>([:])

    func issue(life: Int) -> String {
        let token = UUID().uuidString.lowercased()
        ends.withLock { $0[token] = .now + .seconds(life) }
        return token
    }

    func holds(_ token: String) -> Bool {
        ends.withLock { $0[token].map { $0 > .now } ?? false }
    }

    func withdraw() {
        ends.withLock { $0 = [:] }
    }
}
