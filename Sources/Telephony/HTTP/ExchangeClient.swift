import Foundation
import Web

/// Sends one request at a time to an exchange, each with what lets us in.
struct ExchangeClient: Sendable {
    /// What all addresses begin with.
    private let root: URL
    let access: HTTPExchangeAccess
    let fetcher: HTTPFetcher

    /// - Parameter base: without `v1`.
    init(base: URL, access: HTTPExchangeAccess, fetcher: HTTPFetcher) {
        root = base.appending(path: "v1")
        self.access = access
        self.fetcher = fetcher
    }

    /// The exchange, as it stands in messages.
    var name: String { HTTPOrigin(root)?.description ?? "the exchange" }

    var retry: HTTPRetry { fetcher.retry }

    /// A request, without what lets us in.
    struct Question: Sendable {
        var method = "GET"
        var path: [String]
        var query: [URLQueryItem] = []
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
    }

    /// Sends it once; a token that does not hold is fetched anew, once.
    ///
    /// - Throws: `RemoteFailure` where there is no whole answer, or no token.
    func send(_ question: Question) async throws -> HTTPAnswer {
        let (answer, token) = try await sendOnce(question)
        guard answer.status == 401, case .tokens(let tokens) = access, let token else {
            return answer
        }
        await tokens.forget(token)
        return try await sendOnce(question).0
    }

    /// Sends it until there is an answer 200, as often as is allowed.
    ///
    /// - Throws: `RemoteFailure`: `refused` for what will not be otherwise soon.
    func read(_ question: Question) async throws -> [UInt8] {
        var attempt = 1
        while true {
            let wait: Duration?
            let failure: RemoteFailure
            do {
                let answer = try await send(question)
                guard answer.status != 200 else { return answer.body }
                failure = self.failure(of: answer)
                wait =
                    failure.code == .serverError ? retry.wait(after: attempt, answer: answer) : nil
            } catch let lost as RemoteFailure {
                failure = lost
                wait = lost.isPassing ? retry.wait(after: attempt) : nil
            }
            guard let wait else { throw failure }
            fetcher.counts.countWait(wait, isRetry: true)
            try await Task.sleep(for: wait)
            attempt += 1
        }
    }

    /// What an answer other than 200 means: `serverError` where it may be another one soon.
    func failure(of answer: HTTPAnswer) -> RemoteFailure {
        switch answer.status {
        case 401, 403:
            RemoteFailure(
                .refused,
                "\(name) does not let us in (status \(answer.status)): check the \(access) in the "
                    + "customer file, and what the vendor has granted"
            )
        case 429:
            RemoteFailure(.serverError, "\(name) asks us to wait (status 429)")
        case 500...:
            RemoteFailure(.serverError, "\(name) has a fault of its own (status \(answer.status))")
        case 404:
            RemoteFailure(.notFound, "\(name) has nothing at this address (status 404)")
        default:
            RemoteFailure(.refused, "\(name) does not take our request (status \(answer.status))")
        }
    }

    private func sendOnce(_ question: Question) async throws -> (HTTPAnswer, token: String?) {
        var url = question.path.reduce(root) { $0.appending(component: $1) }
        if !question.query.isEmpty {
            url.append(queryItems: question.query)
        }
        var request = HTTPRequest(
            question.method,
            url,
            headers: question.headers + [("Accept", "application/json")],
            body: question.body
        )
        var shown: String?
        switch access {
        case .apiKey(let key):
            request.headers.append(("X-Api-Key", key))
        case .tokens(let tokens):
            let token = try await tokens.token()
            request.credentials = .bearer(token: token)
            shown = token
        }
        return (try await fetcher.send(request, repeating: .nothing), shown)
    }
}

extension RemoteFailure {
    /// Whether it may be otherwise in a moment.
    var isPassing: Bool {
        switch code {
        case .unreachable, .timedOut, .truncated, .serverError: true
        case .notFound, .refused, .tooLarge, .malformed: false
        }
    }
}
