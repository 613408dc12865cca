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
    private var underWay: [String: Fetch] = [:]
    private var nextID: UInt64 = 0

    private struct Token {
        var text: String
        /// From when on another is fetched.
        var staleAt: ContinuousClock.Instant
    }

    /// A token that is being fetched, and who waits for it.
    private struct Fetch {
        var id: UInt64
        var task: Task<Void, Never>
        var waiters: [UInt64: CheckedContinuation<String, any Error>] = [:]
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
    /// - Throws: ``RemoteFailure`` `refused` with the server's error code and what to do; others
    ///   where the server cannot be reached; `CancellationError`, at once, where the task was
    ///   cancelled.
    public func token(for subject: String = "") async throws -> String {
        if let token = tokens[subject], token.staleAt > .now { return token.text }
        let id = newID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                if Task.isCancelled {
                    waiter.resume(throwing: CancellationError())
                } else {
                    wait(waiter, id, for: subject)
                }
            }
        } onCancel: {
            Task { await self.giveUp(id, subject) }
        }
    }

    private func newID() -> UInt64 {
        nextID += 1
        return nextID
    }

    private func wait(
        _ waiter: CheckedContinuation<String, any Error>,
        _ id: UInt64,
        for subject: String
    ) {
        if underWay[subject] == nil {
            let fetch = newID()
            underWay[subject] = Fetch(id: fetch, task: Task { await self.run(fetch, subject) })
        }
        underWay[subject]?.waiters[id] = waiter
    }

    private func run(_ id: UInt64, _ subject: String) async {
        let result: Result<String, any Error>
        do {
            let token = try await fetch(subject)
            tokens[subject] = token
            result = .success(token.text)
        } catch {
            result = .failure(error)
        }
        guard let fetch = underWay[subject], fetch.id == id else { return }
        underWay[subject] = nil
        for waiter in fetch.waiters.values { waiter.resume(with: result) }
    }

    /// Ends the wait, and the request where nobody else waits for it.
    private func giveUp(_ id: UInt64, _ subject: String) {
        guard let waiter = underWay[subject]?.waiters.removeValue(forKey: id) else { return }
        waiter.resume(throwing: CancellationError())
        if underWay[subject]?.waiters.isEmpty == true {
            underWay.removeValue(forKey: subject)?.task.cancel()
        }
    }

    /// Forgets a token that was refused, so that the next request fetches another.
    public func forget(_ token: String) {
        tokens = tokens.filter { $0.value.text != token }
    }

    /// Forgets the token of a subject that nothing more is asked for, so that of many subjects
    /// not all are kept.
    package func end(_ subject: String) {
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
            throw RemoteFailure(.refused, "\(host) gives no token: \(Self.errorCode(of: answer))")
        }
        return try JSONReader().read(answer.body) { root in
            guard let text = root["access_token"]?.string, !text.isEmpty else {
                throw RemoteFailure(.malformed, "\(host) answered without a token")
            }
            let life = min(max(root["expires_in"]?.double ?? 3600, 0), 86400)
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
