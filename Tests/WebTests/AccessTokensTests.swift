import Foundation
import Synchronization
import Testing
import TestSupport

@testable import Web

@Suite struct AccessTokensTests {
    private static func tokens(_ server: LoopbackServer, _ fetcher: HTTPFetcher) -> AccessTokens {
        AccessTokens(
            fetcher: fetcher,
            endpoint: URL(string: "\(server.url)/token")!,
            now: { Date(timeIntervalSince1970: 1_795_417_200) },
            form: { subject, instant in
                [("subject", subject), ("at", "\(Int(instant.timeIntervalSince1970))")]
            }
        )
    }

    private func run(
        _ reply: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply,
        _ body: (AccessTokens, LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.run(reply) { server in
            let fetcher = try HTTPFetcher(HTTPSettings(timeout: .seconds(20)))
            do {
                try await body(Self.tokens(server, fetcher), server)
                try await fetcher.shutdown()
            } catch {
                try await fetcher.shutdown()
                throw error
            }
        }
    }

    @Test func `many who ask at once share one request, each subject has its own`() async throws {
        try await run { request in
            .text(200, #"{"access_token":"\#(request.body.hashValue)","expires_in":3600}"#)
        } _: { tokens, server in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<20 {
                    group.addTask { try await tokens.token(for: "s\(number % 2)") }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(texts.count == 2)
            #expect(server.requests.count == 2)
            _ = try await tokens.token(for: "s0")
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a refused token is fetched anew, and a failure is told to everybody`() async throws
    {
        let isRefusing = Mutex(false)
        try await run { _ in
            isRefusing.withLock { $0 }
                ? .text(400, #"{"error":"invalid_client","error_description":"hemligt"}"#)
                : .text(200, #"{"access_token":"t","expires_in":1e300}"#)
        } _: { tokens, server in
            let token = try await tokens.token()
            await tokens.forget(token)
            isRefusing.withLock { $0 = true }
            for _ in 0..<2 {
                let failure = await #expect(throws: RemoteFailure.self) { try await tokens.token() }
                #expect(failure?.code == .refused)
                #expect(failure?.description.contains("invalid_client") == true)
                #expect(failure?.description.contains("hemligt") == false)
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test func `claims are written by the server's clock where the clocks differ`() async throws {
        try await run { request in
            request.body.contains("at=1795417200")
                ? .answer(
                    400,
                    headers: [("Date", "Mon, 23 Nov 2026 07:05:00 GMT")],
                    body: Array(#"{"error":"invalid_grant"}"#.utf8)
                )
                : .text(200, #"{"access_token":"t"}"#)
        } _: { tokens, server in
            let token = try await tokens.token()
            #expect(token == "t")
            #expect(server.requests.last?.body.contains("at=1795417500") == true)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `whoever is cancelled does not wait for the server`()
        async throws
    {
        try await run { _ in
            .stall([])
        } _: { tokens, server in
            let waiters = (0..<3).map { _ in Task { try await tokens.token() } }
            while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            for waiter in waiters {
                waiter.cancel()
                await #expect(throws: CancellationError.self) { try await waiter.value }
            }
        }
    }
}
