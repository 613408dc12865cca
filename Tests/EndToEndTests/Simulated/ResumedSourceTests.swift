import Foundation
import TestSupport
import Testing

/// A load of a real process that is killed: the next asks nobody again whose calendar was taken
/// in.
@Suite struct ResumedSourceTests {
    @Test(.timeLimit(.minutes(3)), arguments: CalendarKind.allCases)
    func `a killed load is gone on with`(kind: CalendarKind) async throws {
        let users = (1...400).map { "user\($0)" }
        try await CalendarSimulatorProcess(mailboxes: 400, bookings: 10, seed: 2).run { simulator in
            try await Office.run { office in
                try await office.open(kind, of: simulator, users: users)
                try await killAfterSomeTook(office)
                let taken = try await takenIn(office)
                #expect(taken > 0)
                #expect(taken < 400)
                try await simulator.resetCounts()
                try await office.run("load", "bookings", "--full")
                let resumed = try await simulator.counts().ofMailboxes
                #expect(try await takenIn(office) == 400)
                try await simulator.resetCounts()
                try await office.run("load", "bookings", "--full")
                let whole = try await simulator.counts().ofMailboxes
                let share = Double(resumed) / Double(whole)
                #expect(share < Double(400 - taken) / 400 + 0.02)
                #expect(
                    try await office.rows(
                        "select count(*) from audit.loads where resumes_from is not null"
                    ) == ["1"]
                )
            }
        }
    }

    private func takenIn(_ office: Office) async throws -> Int {
        let rows = try await office.rows(
            "select count(*) from calendar.cursors where cursor is not null"
        )
        return Int(rows.first ?? "") ?? 0
    }

    /// Ends a load hard when it has taken something in and not all.
    private func killAfterSomeTook(_ office: Office) async throws {
        let load = Task {
            try await office.program.run(["load", "bookings", "--full", "--now", Office.now])
        }
        while try await takenIn(office) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        load.cancel()
        _ = try? await load.value
        // The server finds out by itself that its client is gone, and lets the lease go.
        let others = """
            select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """
        while try await office.rows(others) != ["0"] {
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension SimulatorCounts {
    /// Requests that concern a mailbox each.
    fileprivate var ofMailboxes: Int {
        graphQuestions + self["ews"] + self["google"]
    }
}
