import Foundation
import TestSupport
import Testing

/// Text of bookings that are private, or whose text no rule shows, is left nowhere behind
/// (design principle 10; domain P-1): in no table, log, error, plan or dump, however a load ends.
@Suite struct CanaryTests {
    private static let users = (1...4).map { "user\($0)" }

    @Test(.timeLimit(.minutes(3)), arguments: CalendarKind.allCases)
    func `no word of what is not shown stays`(kind: CalendarKind) async throws {
        try await CalendarSimulatorProcess(mailboxes: 4, bookings: 30, seed: 5).run { simulator in
            try await Office.run { office in
                try await office.open(kind, of: simulator, users: Self.users)
                let words = try await self.words(simulator) { _ in true }
                #expect(words.count > 40)
                var told = try await self.told(office)
                for fault in ["truncated", "reset", "internal"] {
                    try await simulator.fault(fault, kind.rawValue, times: 6)
                    try await simulator.changeEverything(in: Self.users)
                    told += try await self.told(office)
                    try await simulator.clearFaults()
                }
                told += try await self.told(office)
                try expectNone(of: words, in: told, "what the program wrote")
                try expectNone(of: words, in: try await office.allData(), "the database")
            }
        }
    }

    @Test(.timeLimit(.minutes(3)), arguments: CalendarKind.allCases)
    func `no word of private bookings stays where others are shown`(
        kind: CalendarKind
    ) async throws {
        try await CalendarSimulatorProcess(mailboxes: 4, bookings: 30, seed: 6).run { simulator in
            try await Office.run { office in
                try await office.open(
                    kind,
                    of: simulator,
                    users: Self.users,
                    rules: "\(Office.plainRules)\ntext: [subject, location]"
                )
                let told = try await self.told(office)
                let data = try await office.allData()
                let secret = try await self.words(simulator) {
                    ["private", "confidential"].contains($0.sensitivity)
                }
                #expect(secret.count > 5)
                try expectNone(of: secret, in: told, "what the program wrote")
                try expectNone(of: secret, in: data, "the database")
                let open = try await self.words(simulator) {
                    $0.sensitivity == "normal" && $0.showAs == "busy"
                }
                #expect(open.contains { data.contains($0) }, "the search finds what is there")
            }
        }
    }

    /// All that a load and its plan print.
    private func told(_ office: Office) async throws -> String {
        let arguments: [[String]] = [
            ["load", "bookings", "--full", "--verbose"], ["load", "bookings", "--verbose"],
            ["reconcile", "--verbose"], ["reconcile", "--apply", "--format", "json"],
        ]
        var told = ""
        for each in arguments {
            told += try await office.program.run(each + ["--now", Office.now]).everything
        }
        return told
    }

    /// Subjects and locations that stand in no booking but those wanted.
    private func words(
        _ simulator: RunningSimulator,
        where isWanted: (NormalisedBooking) -> Bool
    ) async throws -> Set<String> {
        func texts(_ events: [NormalisedBooking]) -> Set<String> {
            Set(events.flatMap { [$0.subject, $0.location] }.compactMap { $0 })
                .filter { $0.count >= 8 }
        }
        let events = try await simulator.truth(window: Office.loadWindow)
        return texts(events.filter(isWanted)).subtracting(texts(events.filter { !isWanted($0) }))
    }

    private func expectNone(of words: Set<String>, in text: String, _ place: String) throws {
        for word in words where text.contains(word) {
            Issue.record("a text that is not shown stands in \(place)")
        }
    }
}
