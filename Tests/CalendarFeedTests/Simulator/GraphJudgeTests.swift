import Foundation
import TestSupport
import Testing

/// The simulator's Graph against a client that nobody here wrote: msgraph-sdk of Python.
@Suite struct `Calendar simulator: Graph and msgraph-sdk` {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    /// What `judges/graph.py` prints.
    private struct Verdict: Decodable {
        var events: [NormalisedBooking]
        var members: [String]
        var users: [String]
        /// How many parts of batches were told to wait.
        var waits: Int
        var gone: Failure
        var missing: Failure
        var unknown: Failure
        /// Rows of a round in which nothing had changed.
        var unchanged: Int
    }

    /// A status and Graph's code.
    private struct Failure: Decodable, Equatable {
        var status: Int
        var code: String

        init(_ status: Int, _ code: String) {
            self.status = status
            self.code = code
        }

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            status = try values.decode(Int.self)
            code = try values.decode(String.self)
        }
    }

    @Test(.enabled(if: python != nil, "KK_PYTHON names no Python with msgraph-sdk"))
    func `the SDK reads fifty mailboxes as they are, and understands failures`() async throws {
        let window =
            Date(timeIntervalSince1970: 1_794_787_200)..<Date(timeIntervalSince1970: 1_798_416_000)
        try await CalendarSimulatorProcess(mailboxes: 50).run { simulator in
            let ending = try await judge(simulator, window, mailboxes: 50)
            try #require(ending.status == 0, "\(ending.complaints)")
            let verdict = try JSONDecoder().decode(Verdict.self, from: Data(ending.output.utf8))
            let truth = try await simulator.truth(window: window)
            #expect(truth.count > 1500)
            #expect(verdict.events.inOrder.differences(from: truth) == [])
            #expect(verdict.members == (1...50).map(RunningSimulator.mailbox))
            #expect(verdict.users == (1...25).map(RunningSimulator.mailbox))
            #expect(verdict.waits == 2)
            #expect(verdict.gone == Failure(410, "SyncStateNotFound"))
            #expect(verdict.missing == Failure(404, "Request_ResourceNotFound"))
            #expect(verdict.unknown == Failure(404, "ErrorInvalidUser"))
            #expect(verdict.unchanged == 0)
            #expect(try await simulator.counts().breaches == [:])
        }
    }

    private func judge(
        _ simulator: RunningSimulator,
        _ window: Range<Date>,
        mailboxes: Int
    ) async throws -> Program.Ending {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "judges/graph.py")
        let python = Program(
            URL(filePath: try #require(Self.python)),
            environment: ["PYTHONDONTWRITEBYTECODE": "1"]
        )
        return try await python.run([
            script.path(), "\(simulator.url)", window.lowerBound.formatted(.iso8601),
            window.upperBound.formatted(.iso8601), "\(mailboxes)",
        ])
    }
}
