import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Telephony
import Testing
import TestSupport

/// Every booking version that was taken in is in exactly one account, after every pass.
@Suite struct ConservationTests {
    @Test(arguments: [1, 2] as [UInt64])
    func `whatever happens for a fortnight, every pass balances`(seed: UInt64) async throws {
        try await World.run(World.Setting(limits: World.Setting.noLimits)) { world in
            if seed == 2 { world.store.rangeSizes = 1...1 }
            var history = History(world: world, random: SplitMix64(seed: seed))
            for day in 0..<14 {
                for hour in [8, 11, 15] {
                    world.clock.now = max(world.clock.now, at(hour, day: day))
                    for _ in 0..<3 { try history.happen(on: day) }
                    try await history.pass()
                    #expect(try world.connection.ask("select * from watch.unbalanced") == [])
                }
                world.clock.now = at(26, day: day)
                world.exchange.reset()
                try await world.nightly()
                try await world.prune()
            }
            #expect(try world.number("select count(*) from audit.balances") > 40)
            #expect(try world.number("select count(distinct scope) from audit.balances") == 2)
            // The loads of any stretch of time, counted by what they wrote down themselves.
            for stretch in ["(,)", "[2026-11-25,2026-11-29)", "[2026-12-03,)"] {
                let balance = try world.connection.ask(
                    """
                    select is_balanced, taken_in_count > 3, superseded_count > 0
                    from absence.balance_within(
                        1, to_timestamp(\(world.clock.now.timeIntervalSince1970)), '\(stretch)'
                    )
                    """
                )
                #expect(balance == [["true", "true", "true"]], "\(stretch)")
            }
            // Most accounts were met.
            let accounts = try world.connection.ask(
                """
                select distinct account from absence.accounts_within(
                    1, to_timestamp(\(world.clock.now.timeIntervalSince1970))
                ) order by 1
                """
            ).map { $0[0] }
            #expect(Set(accounts).isSuperset(of: ["applied", "superseded", "suppressed"]))
        }
    }

    @Test func `what is lost behind its back, the next pass of everybody tells`() async throws {
        try await World.run { world in
            world.book("b", of: "anna", at(9), at(10))
            world.book("c", of: "bo", at(9), at(10))
            try await world.minutely()
            try await world.nightly()
            #expect(try world.connection.ask("select * from watch.unbalanced") == [])
            try world.byHand("delete from calendar.bookings where booking_key = 'c'")
            _ = world.takeEvents()
            try await world.reconcile(.everybody)
            #expect(try world.number("select count(*) from watch.unbalanced") == 1)
            #expect(
                world.takeEvents().contains {
                    if case .unbalanced = $0 { true } else { false }
                }
            )
        }
    }

    @Test func `a pass of the touched counts their versions alone`() async throws {
        try await World.run { world in
            world.book("b", of: "anna", at(9), at(10))
            world.book("c", of: "bo", at(9), at(10))
            try await world.minutely()
            world.book("b", of: "anna", at(9), at(11))
            try await world.minutely()
            let newest = try world.connection.ask(
                """
                select scope, user_count, taken_in_count, applied_count, superseded_count
                from audit.balances order by run_id desc limit 1
                """
            )
            #expect(newest == [["touched", "1", "2", "1", "1"]])
            try await world.reconcile()
            #expect(try world.number("select count(*) from audit.balances") == 2)
        }
    }
}

/// What may happen to three users, by chance.
private struct History {
    let world: World
    var random: SplitMix64
    var keys: [(key: String, user: String)] = []
    var isDown = false

    mutating func happen(on day: Int) throws {
        let user = ["anna", "bo", "carin"].randomElement(using: &random)!
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<5:
            let key = "k\(keys.count)"
            keys.append((key, user))
            book(key, of: user, near: day)
        case 5..<8:
            guard let (key, user) = keys.randomElement(using: &random) else { return }
            book(key, of: user, near: day)
        case 8:
            guard let (key, user) = keys.randomElement(using: &random) else { return }
            world.calendars.remove(key, from: user)
        case 9:
            try world.byHand(
                """
                delete from switchboard.absences where absence_key = (
                    select absence_key from switchboard.absences
                    where origin = 'calendar' order by starts_at desc, extension limit 1
                )
                """
            )
        case 10:
            let start = at(Int.random(in: 8..<16, using: &random), day: day + 1)
            try world.ownAbsence("102", start, start + 7200)
        default:
            isDown.toggle()
            world.exchange.reset()
            if isDown { world.exchange.beforeApply = { _ in throw Down.error } }
        }
    }

    private mutating func book(_ key: String, of user: String, near day: Int) {
        let start = at(
            Int.random(in: 7..<17, using: &random),
            day: day + Int.random(in: -2..<45, using: &random)
        )
        world.book(
            key,
            of: user,
            start,
            start + [900, 3600, 90000].randomElement(using: &random)!,
            Booking.ShowAs.allCases.randomElement(using: &random)!,
            sensitivity: Bool.random(using: &random) ? .normal : .private
        )
    }

    mutating func pass() async throws {
        if Bool.random(using: &random) { try await world.readBack() }
        try await world.minutely()
    }
}
