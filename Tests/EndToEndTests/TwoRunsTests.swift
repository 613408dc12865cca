import Foundation
import Synchronization
import TestSupport
import Testing

/// Two processes at once: one does the work.
@Suite struct TwoRunsTests {
    /// Holds whoever asks until it is opened.
    private final class Gate: Sendable {
        private let state = Mutex((asked: 0, isOpen: false))

        var asked: Int { state.withLock { $0.asked } }

        func open() {
            state.withLock { $0.isOpen = true }
        }

        func pass() async {
            state.withLock { $0.asked += 1 }
            while !state.withLock({ $0.isOpen }) {
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a second load leaves with 75, and a pass does not wait for the first`() async throws {
        let gate = Gate()
        let text = EventText("b", "20261123T080000Z", "20261123T090000Z").text
        let answer: @Sendable (CalendarServer.Request) async -> CalendarServer.Reply = { _ in
            await gate.pass()
            return .answer(200, [], Array(text.utf8))
        }
        try await CalendarServer.run(answer) { server in
            try await Office.run { office in
                try await office.open(
                    calendars: "- { name: feed, kind: ics, url: \"\(server.url)/{address}.ics\" }",
                    users: "bo,Bo Ek,4022,feed:bo,calendar diversion"
                )
                async let first = office.run("load", "bookings")
                while gate.asked == 0 { try await Task.sleep(for: .milliseconds(20)) }

                let second = try await office.run("load", "bookings", expecting: 75)
                #expect(second.complaints.contains("another run does this"))
                #expect(second.complaints.contains("work=\"load feed\""))
                #expect(gate.asked == 1)
                try await office.run("reconcile", "--apply")

                gate.open()
                #expect(try await first.status == 0)
                #expect(
                    try await office.rows("select work from audit.skipped_runs") == ["load feed"]
                )
                #expect(try await office.reconcileTouched() == ChangeCounts(created: 1))
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `passes that begin together do the work once`() async throws {
        try await Office.run { office in
            try await office.open(
                calendars: "- { name: files, kind: ics, folder: calendars }",
                users: "bo,Bo Ek,4022,files:bo,calendar diversion"
            )
            try office.book(
                "bo",
                EventText("b", "20261123T080000Z", "20261123T090000Z", ["RRULE:FREQ=DAILY"])
            )
            try await office.run("load", "bookings")
            let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 1...4 {
                    group.addTask {
                        try await office.program("reconcile", "--apply", "--now", Office.now).status
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(Set(statuses.keys).isSubset(of: [0, 75]))
            #expect(statuses[0, default: 0] >= 1)
            #expect(try await office.shown().count == 30)
            #expect(
                try await office.rows(
                    "select count(*) from watch.changes where outcome = 'done'"
                ) == ["30"]
            )
        }
    }
}
