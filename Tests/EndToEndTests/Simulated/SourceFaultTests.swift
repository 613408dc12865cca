import Foundation
import TestSupport
import Testing

/// Whatever a calendar system does wrong: nothing is taken for gone that is not, the other
/// mailboxes go on, and when it is over all is as the calendars say (design principles 5 and 9).
@Suite struct SourceFaultTests {
    private static let users = (1...6).map { "user\($0)" }

    @Test(.timeLimit(.minutes(3)), arguments: SourceFault.all)
    func `a fault takes nothing away`(kind: CalendarKind, fault: SourceFault) async throws {
        try await CalendarSimulatorProcess(mailboxes: 6, bookings: 20, seed: 3).run { simulator in
            try await Office.run { office in
                try await office.open(kind, of: simulator, users: Self.users)
                try await office.run("load", "bookings", "--full")
                try await office.run("reconcile", "--apply")
                let before = try await office.storedBookings()
                #expect(try await simulator.bookings(kind, of: Self.users) == before)

                try await simulator.changeEverything(in: Self.users)
                let truth = try await simulator.bookings(kind, of: Self.users)
                #expect(truth != before)
                try await simulator.fault(
                    fault.name,
                    kind.rawValue,
                    mailbox: "user1@exempel.example",
                    times: fault.times
                )
                for full in [false, true] {
                    try await load(office, kind, fault, full: full)
                    let stored = try await office.storedBookings()
                    expectNoFalseLoss(before, stored, truth)
                    #expect(stored.filter(isOfOthers) == truth.filter(isOfOthers))
                    switch fault.end {
                    case .mended: #expect(stored == truth)
                    case .failed:
                        #expect(!stored.filter { !isOfOthers($0) }.isEmpty)
                        try await office.run("reconcile", "--apply")
                    }
                }

                try await simulator.clearFaults()
                try await office.run("load", "bookings")
                #expect(try await office.storedBookings() == truth)
                try await office.run("reconcile", "--apply")
                let again = try await office.run("reconcile", "--apply")
                #expect(again.output == "prov: nothing to change\n")
                #expect(try await office.rows("select * from watch.failed_calendars") == [])
            }
        }
    }

    private func isOfOthers(_ booking: String) -> Bool { !booking.hasPrefix("user1 ") }

    /// What was stored and is no more must be gone from the calendar.
    private func expectNoFalseLoss(_ before: [String], _ after: [String], _ truth: [String]) {
        let lost = Set(before).subtracting(after)
        #expect(lost.intersection(truth) == [])
    }

    private func load(
        _ office: Office,
        _ kind: CalendarKind,
        _ fault: SourceFault,
        full: Bool
    ) async throws {
        switch fault.end {
        case .mended:
            try await office.run("load", "bookings", full ? "--full" : "--verbose")
        case .failed(let words):
            let load = try await office.run(
                "load",
                "bookings",
                full ? "--full" : "--verbose",
                expecting: 2
            )
            let lines = load.complaints.split(separator: "\n")
                .filter { $0.hasPrefix("warning: calendar failed ") }
            #expect(lines.count == 1)
            let line = String(lines.first ?? "")
            #expect(line.contains("user=user1"))
            #expect(words.contains { line.contains($0) }, "\(line)")
            let rows = try await office.rows(
                "select user_key, failure from watch.failed_calendars"
            )
            #expect(rows.count == 1)
            #expect(rows.first?.hasPrefix("user1|") == true)
            #expect(
                try await office.rows(
                    """
                    select count(*) from audit.load_failures
                    where load_id = (select max(load_id) from audit.loads)
                    """
                ) == ["1"]
            )
        }
    }
}

extension RunningSimulator {
    /// Something of every sort happens in every mailbox.
    func changeEverything(in users: [String]) async throws {
        for user in users {
            for action in [
                "delete", "move", "retitle", "create", "cancel_occurrence", "delete_occurrence",
                "change_series",
            ] {
                try await change(action, mailbox: "\(user)@exempel.example", count: 2)
            }
        }
        try await change("delete_series", mailbox: "\(users[0])@exempel.example", count: 1)
    }
}
