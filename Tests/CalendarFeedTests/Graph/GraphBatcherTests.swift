@testable import CalendarFeed
import Foundation
import Testing
import TestSupport
import Web

@Suite struct `GraphSource: batches` {
    private let mailboxes = (1...20).map { "user\($0)@example.com" }

    private func script(_ build: (inout ScriptedGraph.State) -> Void = { _ in }) -> ScriptedGraph {
        ScriptedGraph { state in
            for mailbox in mailboxes {
                state["\(mailbox) delta"] = .page([Row.single("a", 23)], delta: "x")
            }
            build(&state)
        }
    }

    /// The failures of all mailboxes, asked at once.
    private func failures(_ source: GraphSource) async throws -> [String: RemoteFailure] {
        try await withThrowingTaskGroup(of: (String, RemoteFailure?).self) { group in
            for mailbox in mailboxes {
                group.addTask {
                    do {
                        let answer = try await source.load(LoadRequest(mailbox))
                        #expect(answer.bookings.count == 1)
                        return (mailbox, nil)
                    } catch let failure as RemoteFailure {
                        return (mailbox, failure)
                    }
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    @Test func `twenty mailboxes are one request`() async throws {
        let graph = script()
        try await graph.withSource { source in
            let failures = try await failures(source)
            #expect(failures.isEmpty)
            #expect(source.counts.requests == 2)
        }
        #expect(graph.sizes == [20])
        #expect(graph.tokens == 1)
    }

    @Test func `a throttled part is asked again, and it alone`() async throws {
        let graph = script {
            $0.answers["user3@example.com delta"]?.insert(
                .error(429, "ApplicationThrottled", retryAfter: "0.028"),
                at: 0
            )
        }
        try await graph.withSource { source in
            let failures = try await failures(source)
            #expect(failures.isEmpty)
            #expect(source.counts.retries == 1)
        }
        #expect(graph.sizes == [20, 1])
        #expect(graph.asked.last == "user3@example.com delta")
    }

    @Test func `a mailbox that is throttled for long fails alone and is left alone`() async throws {
        let graph = script {
            $0["user3@example.com delta"] = .error(429, "X", retryAfter: "100")
        }
        try await graph.withSource { source in
            let failures = try await failures(source)
            #expect(Array(failures.keys) == ["user3@example.com"])
            await #expect(throws: RemoteFailure.self) {
                try await source.load(LoadRequest("user3@example.com"))
            }
        }
        #expect(graph.asked.count == 20)
    }

    @Test(.timeLimit(.minutes(1)))
    func `what waits for a mailbox that is to be left alone for long does not wait`() async throws {
        let graph = script {
            $0.answers["user1@example.com delta"]?.insert(
                .error(429, "X", retryAfter: "600"),
                at: 0
            )
        }
        try await graph.withSource { source in
            // Four questions are under way at most: the others wait.
            let failures = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...12 {
                    group.addTask {
                        let request = LoadRequest("user1@example.com")
                        return (try? await source.load(request)) == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures >= 1)
        }
    }

    @Test func `repetitions end`() async throws {
        let graph = script { $0["user3@example.com delta"] = .error(504, "X") }
        try await graph.withSource { source in
            let failures = try await failures(source)
            #expect(Array(failures.keys) == ["user3@example.com"])
        }
        #expect(graph.asked.count == 22)
    }

    @Test func `where a whole batch fails, each part is asked alone`() async throws {
        for reply: LoopbackServer.Reply in [
            .text(400), .text(500), .text(200), .text(200, #"{"responses":[]}"#), .close,
            .cutOff(200, promised: 900, "{"),
        ] {
            let graph = script { $0.whole = [reply] }
            try await graph.withSource { source in
                let failures = try await failures(source)
                #expect(failures.isEmpty)
            }
            #expect(graph.sizes == [0] + Array(repeating: 1, count: 20))
        }
    }

    @Test func `where a whole batch is throttled, it is asked again as a batch`() async throws {
        let graph = script {
            $0.whole = [.answer(429, headers: [("Retry-After", "0.01")]), .text(503)]
        }
        try await graph.withSource { source in
            let failures = try await failures(source)
            #expect(failures.isEmpty)
        }
        #expect(graph.asked.count == 20)
        #expect(graph.sizes.count < 22)
    }

    @Test func `a refused token is renewed once`() async throws {
        let graph = script { $0.refusedToken = "token 1" }
        try await graph.withSource { source in
            let failures = try await failures(source)
            #expect(failures.isEmpty)
        }
        #expect(graph.tokens == 2)

        let refusing = script {
            $0["user3@example.com delta"] = .error(401, "InvalidAuthenticationToken")
        }
        try await refusing.withSource { source in
            let failures = try await failures(source)
            #expect(failures.map(\.value.code) == [.refused])
            #expect(Array(failures.keys) == ["user3@example.com"])
        }
        #expect(refusing.asked.filter { $0 == "user3@example.com delta" }.count == 2)
    }

    @Test func `four at most are under way where the limit is the application's`() async throws {
        let graph = script()
        try await graph.withSource(isLimitedPerApp: true) { source in
            let failures = try await failures(source)
            #expect(failures.isEmpty)
        }
        #expect(graph.sizes == [4, 4, 4, 4, 4])
    }

    @Test func `a cancelled load waits for nothing`() async throws {
        let graph = script {
            $0["user1@example.com delta"] = .error(429, "X", retryAfter: "1.9")
        }
        try await graph.withSource { source in
            let load = Task { try await source.load(LoadRequest("user1@example.com")) }
            while graph.asked.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            load.cancel()
            await #expect(throws: CancellationError.self) { try await load.value }
        }
        #expect(graph.asked.count == 1)
    }
}
