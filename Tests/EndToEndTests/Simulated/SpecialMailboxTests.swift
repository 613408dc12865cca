import Foundation
import TestSupport
import Testing

/// Mailboxes that break weak readers.
@Suite struct SpecialMailboxTests {
    private static let users = ["big", "endless", "emoji", "twins"]

    @Test(.timeLimit(.minutes(5)), arguments: CalendarKind.allCases)
    func `special mailboxes are read as they are`(kind: CalendarKind) async throws {
        try await CalendarSimulatorProcess(mailboxes: 1, bookings: 5, seed: 4, hasSpecials: true)
            .run { simulator in
                try await Office.run { office in
                    try await office.open(kind, of: simulator, users: Self.users)
                    var truths: [String: [String]] = [:]
                    for user in Self.users {
                        truths[user] = try await simulator.bookings(kind, of: [user])
                    }
                    for full in [true, false] {
                        let load = try await office.program.run(
                            [
                                "load", "bookings", full ? "--full" : "--verbose", "--now",
                                Office.now,
                            ]
                        )
                        #expect(load.status == 0, "\(load.everything)")
                        for user in ["big", "endless", "emoji"] {
                            let stored = try await office.storedBookings(of: user)
                            #expect(stored == truths[user], "\(user)")
                        }
                        // Two bookings with one id are one, or told as broken; never an error.
                        let twins = try await office.storedBookings(of: "twins")
                        #expect(Set(twins).isSubset(of: try #require(truths["twins"])))
                        #expect(!twins.isEmpty)
                    }
                    let big = try await office.storedBookings(of: "big")
                    #expect(big.count > 1000)
                    try await office.run("reconcile", "--apply")
                }
            }
    }
}
