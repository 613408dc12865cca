public import Foundation

/// Access tokens of one client at one authorization server (RFC 6749), one for each subject, kept
/// until shortly before they end.
///
/// Whoever asks while a token is being fetched waits for that one. Time is that of a clock that
/// nobody sets, from the answer on, so that a wrong clock makes no token too old or too young.
public actor AccessTokens {
    /// The form that is sent to the server for a subject, the empty one where there is one only.
    /// `instant` is the server's own time where it told it, for claims that hold a time.
    public typealias Form =
        @Sendable (_ subject: String, _ instant: Date) async throws -> [(String, String)]

    private let fetcher: HTTPFetcher
    private let endpoint: URL
    private let now: @Sendable () -> Date
    private let form: Form
    private var tokens: [String: Token] = [:]
    private var underWay: [String: Task<Token, any Error>] = [:]

    private struct Token {
        var text: String
        /// From when on another is fetched.
        var staleAt: ContinuousClock.Instant
    }

    public init(
        fetcher: HTTPFetcher,
        endpoint: URL,
        now: @escaping @Sendable () -> Date,
        form: @escaping Form
    ) {
        self.fetcher = fetcher
        self.endpoint = endpoint
        self.now = now
        self.form = form
    }

    /// A token that holds for a while yet.
    ///
    /// - Throws: ``LoadFailure`` `refused` with the server's error code and what to do; others
    ///   where the server cannot be reached.
    public func token(for subject: String = "") async throws -> String {
        if let token = tokens[subject], token.staleAt > .now { return token.text }
        if let task = underWay[subject] { return try await task.value.text }
        let task = Task { try await self.fetch(subject) }
        underWay[subject] = task
        defer { underWay[subject] = nil }
        let token = try await task.value
        tokens[subject] = token
        return token.text
    }

    /// Forgets a token that was refused, so that the next request fetches another.
    public func forget(_ token: String) {
        tokens = tokens.filter { $0.value.text != token }
    }

    /// Forgets the token of a subject that nothing more is asked for, so that of many subjects
    /// not all are kept.
    func end(_ subject: String) {
        tokens[subject] = nil
    }

    private func fetch(_ subject: String) async throws -> Token {
        let begin = now()
        var answer = try await ask(subject, at: begin)
        // Where the clocks differ, the claims are written once more by the server's.
        if answer.status == 400 || answer.status == 401,
            let theirs = answer.header("Date").flatMap(HTTPRetry.httpDate),
            abs(theirs.timeIntervalSince(begin)) > 30
        {
            answer = try await ask(subject, at: theirs)
        }
        let host = HTTPOrigin(endpoint)?.description ?? "the token endpoint"
        guard answer.status == 200 else {
            throw LoadFailure(.refused, "\(host) gives no token: \(Self.errorCode(of: answer))")
        }
        return try JSONReader().read(answer.body) { root in
            guard let text = root["access_token"]?.string, !text.isEmpty else {
                throw LoadFailure(.malformed, "\(host) answered without a token")
            }
            let life = root["expires_in"]?.double ?? 3600
            // Before its end by five minutes, or by half of a shorter life.
            let kept = max(life - 300, life / 2)
            return Token(text: text, staleAt: .now + .seconds(kept))
        }
    }

    private func ask(_ subject: String, at instant: Date) async throws -> HTTPAnswer {
        var components = URLComponents()
        components.queryItems = try await form(subject, instant).map {
            URLQueryItem(name: $0.0, value: $0.1)
        }
        let body = (components.percentEncodedQuery ?? "").replacing("+", with: "%2B")
        return try await fetcher.send(
            HTTPRequest(
                "POST",
                endpoint,
                headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(body.utf8)
            )
        )
    }

    /// The code of RFC 6749 5.2, which is one of a few words, never the description, which may
    /// quote what was sent.
    private static func errorCode(of answer: HTTPAnswer) -> String {
        let code = try? JSONReader().read(answer.body) { $0["error"]?.string }
        guard let code, !code.isEmpty, code.utf8.count <= 64,
            code.utf8.allSatisfy({ $0 == 0x5F || 0x61...0x7A ~= $0 })
        else { return "status \(answer.status)" }
        return "status \(answer.status), \(code)"
    }
}
