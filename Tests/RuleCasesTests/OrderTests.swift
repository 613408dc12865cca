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
            var first: State?
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
                let state = try State(of: customer, at: now)
                if let first {
                    #expect(state == first, "permutation \(number)")
                } else {
                    first = state
                }
            }
            // Enough happens that the order could matter.
            let state = try #require(first)
            #expect(state.desired.count >= 10)
            #expect(state.outcomes.count == 60)
            #expect(state.outcomes.contains { $0.contains("covered") })
        }
    }

    /// What is wanted, and what became of every booking, a line each.
    private struct State: Equatable {
        var desired: [String]
        var outcomes: [String]

        init(of customer: BookedCustomer, at instant: Date) throws {
            desired = try customer.ask(
                """
                select user_key, starts_at, ends_at, kind, reason, announced_reason, back_at,
                    shown_text, target, ring_seconds, booking_keys
                from absence.desired_within($customer, $instant)
                inner join roster.users using (customer_id, user_id)
                order by user_key, starts_at
                """,
                at: instant
            ).map { $0.joined(separator: " ") }
            outcomes = try customer.ask(
                """
                select user_key, booking_key, reason, kind, decided_by, is_weakened, merged_with,
                    suppressed_by, because
                from absence.outcomes_within($customer, $instant)
                inner join roster.users using (customer_id, user_id)
                order by user_key, booking_key
                """,
                at: instant
            ).map { $0.joined(separator: " ") }
        }
    }
}
