import Foundation
import Synchronization
import Testing
import TestSupport
@testable import Web

@Suite struct `HTTPFetcher: redirects` {
    @Test(arguments: [301, 302, 307, 308])
    func `a redirect on the same host keeps method, body and credentials`(
        status: Int
    ) async throws {
        try await LoopbackServer.run({ request in
            request.path == "/old"
                ? .answer(status, headers: [("Location", "/new")]) : .text(207, "there")
        }) { server in
            let answer = try await withFetcher { try await $0.send(report("\(server.url)/old")) }
            #expect(answer.status == 207)
            #expect(answer.url.path() == "/new")
            let request = try #require(server.requests.last)
            #expect(request.method == "REPORT")
            #expect(request.body == "question")
            #expect(request.header("Authorization") == "Bearer token")
        }
    }

    @Test func `a redirect to another host is refused, and that host hears nothing`() async throws {
        try await LoopbackServer.run({ _ in .text(207) }) { other in
            let location = "\(other.url)/new"
            try await LoopbackServer.run({ _ in
                .answer(307, headers: [("Location", location)])
            }) { server in
                let code = try await withFetcher { fetcher in
                    try await failureCode { try await fetcher.send(report("\(server.url)/old")) }
                }
                #expect(code == .refused)
                #expect(other.requests.isEmpty)
            }
        }
    }

    @Test func `redirects without end are given up`() async throws {
        try await LoopbackServer.run({ _ in .answer(302, headers: [("Location", "/")]) }) {
            server in
            let code = try await withFetcher { fetcher in
                try await failureCode { try await fetcher.send(report("\(server.url)/")) }
            }
            #expect(code == .malformed)
            #expect(server.requests.count == 6)
        }
    }

    private func report(_ url: String) -> HTTPRequest {
        HTTPRequest("REPORT", url: url, body: "question", .bearer(token: "token"))
    }
}

@Suite struct `HTTPFetcher: repetition` {
    /// Gives these replies in turn, the last one for ever.
    private func inTurn(
        _ replies: LoopbackServer.Reply...
    ) -> @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply {
        let rest = Rest(replies)
        return { _ in rest.next() }
    }

    private final class Rest: Sendable {
        private let replies: Mutex<[LoopbackServer.Reply]>

        init(_ replies: [LoopbackServer.Reply]) {
            self.replies = Mutex(replies)
        }

        func next() -> LoopbackServer.Reply {
            replies.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
    }

    @Test(arguments: [429, 503])
    func `a busy server is asked again, but not for ever`(status: Int) async throws {
        try await LoopbackServer.run(inTurn(.text(status), .text(200))) { server in
            let answer = try await withFetcher { try await $0.send(HTTPRequest(url: server.url)) }
            #expect(answer.status == 200)
        }
        try await LoopbackServer.run({ _ in .text(status) }) { server in
            let answer = try await withFetcher { try await $0.send(HTTPRequest(url: server.url)) }
            #expect(answer.status == status)
            #expect(server.requests.count == 3)
        }
    }

    @Test(
        arguments: [
            [("Retry-After", "0.4")],
            [
                ("Retry-After", "Sun, 22 Nov 2026 00:00:01 GMT"),
                ("Date", "Sat, 21 Nov 2026 23:59:59 GMT"),
            ],
        ]
    )
    func `the wait that a server asks for is kept`(headers: [(String, String)]) async throws {
        let asked: Duration = headers.count == 1 ? .milliseconds(400) : .seconds(2)
        try await LoopbackServer.run(inTurn(.answer(503, headers: headers), .text(200))) {
            server in
            let begin = ContinuousClock.now
            let answer = try await withFetcher { try await $0.send(HTTPRequest(url: server.url)) }
            #expect(answer.status == 200)
            let waited = ContinuousClock.now - begin
            #expect(waited >= asked)
            #expect(waited < asked + .seconds(8))
        }
    }

    @Test(arguments: ["3600", "1e300", "Sun, 22 Nov 2026 01:00:00 GMT"])
    func `a server that asks for a long wait is left alone`(asked: String) async throws {
        let reply = LoopbackServer.Reply.answer(
            503,
            headers: [("Retry-After", asked), ("Date", "Sun, 22 Nov 2026 00:00:00 GMT")]
        )
        try await LoopbackServer.run({ _ in reply }) { server in
            let answer = try await withFetcher { try await $0.send(HTTPRequest(url: server.url)) }
            #expect(answer.status == 503)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a lost connection is tried again only where that does no harm`() async throws {
        try await LoopbackServer.run(inTurn(.close, .text(200))) { server in
            let answer = try await withFetcher { try await $0.send(HTTPRequest(url: server.url)) }
            #expect(answer.status == 200)
            #expect(server.requests.count == 2)
        }
        try await LoopbackServer.run(inTurn(.close, .text(200))) { server in
            let code = try await withFetcher { fetcher in
                try await failureCode {
                    try await fetcher.send(HTTPRequest("POST", url: server.url))
                }
            }
            #expect(code == .unreachable)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `other errors of a server are not asked for again`() async throws {
        try await LoopbackServer.run({ _ in .text(500) }) { server in
            let answer = try await withFetcher { try await $0.send(HTTPRequest(url: server.url)) }
            #expect(answer.status == 500)
            #expect(server.requests.count == 1)
        }
    }
}
