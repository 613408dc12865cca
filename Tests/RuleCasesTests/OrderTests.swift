import AbsenceModel
import Foundation
import Settings
import Testing
import TestSupport

/// What is wanted depends on which bookings there are, not on how they came.
@Suite struct OrderTests {
    /// Rules with which much happens.
    private static let rules: [PhoneSystem: String] = [
        .oneX: "{ merge_gap: 5m, show_as: { out_of_office: { reason: away, kind: direct }, "
            + "tentative: { reason: lunch, kind: open } } }",
        .trio: "{ user_rules: true, text: [subject], return_time: leave_end }",
        .kalenderPush: "{ office_hours_only: true, forwarding: \"off\" }",
        .cmg: "{ merge_gap: 3m, all_day: office_hours }",
    ]

    @Test(arguments: PhoneSystem.allCases)
    func `bookings that come in any order, in one load or several, give the same`(
        system: PhoneSystem
    ) throws {
        var week = BusyWeek(seed: 6)
        let bookings = ["anna", "bo"].flatMap { user in
            week.bookings(30).map { (user: user, booking: $0) }
        }
        let now = try utc("2026-11-23T06:00:00Z")
        try withDatabase { database in
            var random = SplitMix64(seed: 20)
            for number in 1...20 {
                let customer = try BookedCustomer(
                    .init(
                        key: "p\(number)",
                        system: system,
                        rules: try #require(Self.rules[system]),
                        users: ["anna", "bo"],
                        preferences: "{ private: true, tentative: true, text: [subject] }"
                    ),
                    in: database,
                    at: now
                )
                let shuffled = bookings.shuffled(using: &random)
                let loadCount = number % 4 + 1
                for load in 0..<loadCount {
                    let part = shuffled.enumerated().filter { $0.offset % loadCount == load }
                    try customer.load(part.map(\.element), at: now)
                }
            }
            let states = try State.ofAll(in: database, at: now)
            #expect(states.count == 20)
            let state = try #require(states["p1"])
            for (key, other) in states { #expect(other == state, "permutation \(key)") }
            // Enough happens that the order could matter.
            #expect(state.desired.count >= 10)
            #expect(state.outcomes.count == 60)
            #expect(state.outcomes.contains { $0.contains("covered") })
        }
    }

    /// What is wanted, and what became of every booking, a line each.
    private struct State: Equatable {
        var desired: [String] = []
        var outcomes: [String] = []

        /// Of all customers, by their keys.
        static func ofAll(in database: TestDatabase, at instant: Date) throws -> [String: State] {
            let connection = try database.connect()
            var states: [String: State] = [:]
            let desired = try connection.ask(
                """
                select customer_key, user_key, starts_at, ends_at, kind, reason, announced_reason,
                    back_at, shown_text, target, ring_seconds, booking_keys
                from \(of("desired_within", at: instant))
                order by user_key, starts_at
                """
            )
            for row in desired {
                states[row[0], default: State()].desired.append(row[1...].joined(separator: " "))
            }
            let outcomes = try connection.ask(
                """
                select customer_key, user_key, booking_key, reason, kind, decided_by, is_weakened,
                    merged_with, suppressed_by, because
                from \(of("outcomes_within", at: instant))
                order by user_key, booking_key
                """
            )
            for row in outcomes {
                states[row[0], default: State()].outcomes.append(row[1...].joined(separator: " "))
            }
            return states
        }

        private static func of(_ function: String, at instant: Date) -> String {
            """
            customer.customers
            cross join lateral absence.\(function)(
                customers.customer_id, '\(instant.formatted(.iso8601))'::timestamptz
            ) as told
            inner join roster.users
                on told.customer_id = users.customer_id and told.user_id = users.user_id
            """
        }
    }
}
