import Foundation
import TestSupport
import Testing

@Suite struct `Calendar simulator` {
    private static let window =
        Date(timeIntervalSince1970: 1_794_787_200)..<Date(timeIntervalSince1970: 1_798_416_000)

    @Test func `the same seed gives the same organisation, another seed another`() async throws {
        let truths = try await withThrowingTaskGroup(of: (Int, [NormalisedBooking]).self) { group in
            for (index, seed) in [7, 7, 8].enumerated() {
                group.addTask {
                    try await CalendarSimulatorProcess(seed: UInt64(seed)).run {
                        (index, try await $0.truth(window: Self.window))
                    }
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(truths[0]?.count ?? 0 > 100)
        #expect(truths[0] == truths[1])
        #expect(truths[0] != truths[2])
    }

    @Test func `a change shows in the truth of its mailbox alone`() async throws {
        try await CalendarSimulatorProcess().run { simulator in
            let before = try await simulator.truth(window: Self.window)
            let mailbox = RunningSimulator.mailbox(2)
            #expect(try await simulator.change("retitle", mailbox: mailbox, count: 2) == 2)
            #expect(try await simulator.change("cancel_occurrence", mailbox: mailbox) == 1)
            let after = try await simulator.truth(window: Self.window)
            let gone = Set(before).subtracting(after)
            let new = Set(after).subtracting(before)
            #expect(Set(gone.union(new).map(\.mailbox)) == [mailbox])
            #expect(new.filter(\.isCancelled).count == 1)
            #expect(new.count { $0.subject?.hasPrefix("Neuer Titel") ?? false } >= 1)
        }
    }

    @Test func `an order that is not understood is refused with the words that are`() async throws {
        try await CalendarSimulatorProcess(mailboxes: 1).run { simulator in
            let refusal = await #expect(throws: SimulatorRefusal.self) {
                try await simulator.fault("hiccup", "graph")
            }
            #expect(refusal?.description.contains("late-master") == true)
        }
    }
}
