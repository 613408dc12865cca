import Foundation
import Web

/// Carries requests to Exchange as somebody who is let in.
protocol EWSTransport: Sendable {
    /// The answer, of whatever status; 401 where the server does not let us in.
    func send(_ request: HTTPRequest) async throws -> HTTPAnswer

    /// Closes all connections.
    func close() async
}

/// Shows a password with each request.
struct BasicTransport: EWSTransport {
    var fetcher: HTTPFetcher
    var credentials: HTTPCredentials

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        var request = request
        request.credentials = credentials
        return try await fetcher.send(request)
    }

    func close() async {
        try? await fetcher.shutdown()
    }
}

/// Shows a token with each request, and another one where it is refused.
struct TokenTransport: EWSTransport {
    var fetcher: HTTPFetcher
    var tokens: AccessTokens

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let token = try await tokens.token()
        var request = request
        request.credentials = .bearer(token: token)
        let answer = try await fetcher.send(request)
        guard answer.status == 401 else { return answer }
        await tokens.forget(token)
        request.credentials = .bearer(token: try await tokens.token())
        return try await fetcher.send(request)
    }

    func close() async {
        try? await fetcher.shutdown()
    }
}
