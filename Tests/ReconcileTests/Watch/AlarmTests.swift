import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Telephony
import Testing
import TestSupport
import Web

/// Each view of what is wrong is made to tell by provoking its cause, and falls silent when the
/// cause is gone.
@Suite struct AlarmTests {
    /// Anna is to have an absence, and nothing is placed yet.
    private func withAnna(_ body: (World) async throws -> Void) async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await body(world)
        }
    }

    @Test func `where all is well there is no alarm`() async throws {
        try await withAnna { world in
            try world.expectAlarms([])
            try await world.nightly()
            _ = try await world.recordDrift()
            for minute in 1...3 {
                world.clock.now = at(7, minute)
                try await world.minutely()
                try world.expectAlarms([])
            }
        }
    }

    @Test func `a telephone system that does not answer`() async throws {
        try await withAnna { world in
            world.exchange.beforeCapabilities = { throw Down.error }
            await #expect(throws: ExchangeError.self) { try await world.minutely() }
            try world.expectAlarms(["warning outages"])
            world.clock.now = at(7, 16)
            await #expect(throws: ExchangeError.self) { try await world.minutely() }
            // Anna has been waiting since the load.
            try world.expectAlarms(["critical outages", "warning stale_users"])
            world.exchange.reset()
            try await world.minutely()
            try world.expectAlarms([])
        }
    }

    @Test func `changes that are not taken`() async throws {
        try await withAnna { world in
            world.exchange.beforeApply = { _ in throw Down.error }
            try await world.minutely()
            try world.expectAlarms(["warning failed_changes"])
            #expect(
                try world.connection.ask(
                    "select user_key, action, outcome, failure from watch.failed_changes"
                ) == [["anna", "create", "failed", Down.error.description]]
            )
            world.clock.now = at(8, 1)
            try await world.minutely()
            try world.expectAlarms(["critical failed_changes", "critical stale_users"])
            world.exchange.reset()
            try await world.minutely()
            try world.expectAlarms([])
        }
    }

    @Test func `changes of which nobody knows whether they were carried out`() async throws {
        try await withAnna { world in
            world.exchange.afterApply = { _, _ in throw Down.LineBroke() }
            try await world.minutely()
            try world.expectAlarms([])
            // Nor can it be found out.
            world.exchange.afterList = { _ in throw Down.error }
            world.clock.now = at(7, 6)
            try await world.minutely()
            try world.expectAlarms(["warning unknown_changes"])
            world.exchange.reset()
            try await world.minutely()
            try world.expectAlarms([])
        }
    }

    @Test func `passes that do not come to their end`() async throws {
        try await withAnna { world in
            func cutOff() async {
                await #expect(throws: CancellationError.self) { try await world.minutely() }
            }
            // The program is told to end while it waits for the telephone side.
            world.exchange.beforeApply = { _ in throw CancellationError() }
            await cutOff()
            try world.expectAlarms([])
            world.clock.now = at(7, 11)
            #expect(try world.alarms().contains("warning open_runs"))
            // Others follow, and none of them comes to its end either.
            await cutOff()
            #expect(!(try world.alarms().contains("warning open_runs")))
            await cutOff()
            #expect(try world.alarms().contains("warning open_runs"))
            world.exchange.reset()
            try await world.minutely()
            try world.expectAlarms([])
        }
    }

    @Test func `a plan that the limits hold back`() async throws {
        let users = (1...10).map { "user\($0)" }
        try await World.run(World.Setting(users.joined(separator: " "))) { world in
            for user in users { world.book("m", of: user, at(14), at(15)) }
            try await world.minutely()
            for user in users.prefix(4) { world.calendars.remove("m", from: user) }
            let digest = try #require(try await world.minutely().digest)
            try world.expectAlarms(["warning refused_plans"])
            #expect(
                try world.connection.ask(
                    "select user_count, change_count, digest from watch.refused_plans"
                ) == [["4", "4", digest]]
            )
            try await world.reconcile(.touched, approve: digest)
            try world.expectAlarms([])
        }
    }

    @Test func `loads that do not come to their end`() async throws {
        try await withAnna { world in
            try await world.minutely()
            for minute in 1...12 {
                world.clock.now = at(7, minute)
                await #expect(throws: StoreError.self) {
                    try await world.load { pass in
                        pass.report = { event in
                            guard case .loadBegan = event else { return }
                            // A newer run takes the work.
                            try? world.byHand("update customer.work set fence = fence + 1")
                        }
                    }
                }
                try await world.reconcile()
            }
            try world.expectAlarms(["warning stuck_loads"])
            let stuck = try world.connection.ask(
                "select source, load_count, is_full from watch.stuck_loads"
            )
            #expect(stuck == [["fake", "12", "false"]])
            try await world.load()
            try world.expectAlarms([])
        }
    }

    @Test func `work that another run has for long`() async throws {
        try await withAnna { world in
            try await world.minutely()
            let other = AbsenceStore(try world.database.connect())
            let lease = try other.takeLease(
                on: .reconcile,
                of: world.customer,
                by: "the other",
                at: at(7, 1)
            )
            for minute in 2...12 {
                world.clock.now = at(7, minute)
                await #expect(throws: World.Taken.self) { try await world.reconcile() }
                if minute < 10 { try world.expectAlarms([]) }
            }
            try world.expectAlarms(["warning missed_runs", "warning skipped_runs"])
            try other.give(back: try #require(lease))
            try await world.reconcile()
            try world.expectAlarms([])
        }
    }

    @Test func `no pass for a while: a host is down, or its timer`() async throws {
        try await withAnna { world in
            try await world.nightly()
            world.clock.now = at(7, 12)
            try world.expectAlarms(["warning missed_runs"])
            world.clock.now = at(7, 31)
            try world.expectAlarms(["critical missed_runs"])
            try await world.minutely()
            try world.expectAlarms([])
        }
    }

    @Test func `no night for a day, and nobody verified`() async throws {
        try await withAnna { world in
            try await world.prune()
            try await world.nightly()
            world.clock.now = at(9, 30, day: 1)
            world.book("b", of: "bo", at(11, day: 1), at(12, day: 1))
            try await world.minutely()
            try world.expectAlarms(["warning missed_runs", "warning stale_users"])
            let about = try world.store.alarms(of: world.customer).map(\.about)
            // Whom the pass looked at was verified by it.
            #expect(about == ["jobs/nightly", "users: 2"])
            try await world.nightly()
            try world.expectAlarms([])
        }
    }

    @Test func `no months ahead, or rows that belong to none`() async throws {
        try await withAnna { world in
            try await world.nightly()
            try await world.prune()
            for (day, isWell) in [(20, true), (70, true), (90, false)] {
                world.clock.now = at(7, day: day)
                try await world.nightly()
                try world.expectAlarms(isWell ? [] : ["warning near_full_months"])
            }
            try await world.prune()
            try world.expectAlarms([])
            // A host whose clock was far ahead left for another.
            let connection = try world.database.connect()
            let lease = try world.store.takeLease(
                on: .reconcile,
                of: world.customer,
                by: "test",
                at: world.clock.now
            )
            let late = try AbsenceStore(connection).takeLease(
                on: .reconcile,
                of: world.customer,
                by: "the other",
                at: at(7, day: 400)
            )
            #expect(late == nil)
            try world.store.give(back: try #require(lease))
            // The server counts rows when it has the time.
            try connection.command("select pg_stat_force_next_flush()")
            try world.expectAlarms(["warning near_full_months"])
            #expect(
                try world.connection.ask(
                    "select table_name, has_strays from watch.near_full_months"
                ) == [["audit.skipped_runs", "true"]]
            )
        }
    }

    @Test func `a booking that was lost`() async throws {
        try await withAnna { world in
            try await world.nightly()
            try world.expectAlarms([])
            try world.byHand("delete from calendar.bookings")
            try await world.reconcile(.everybody)
            #expect(try world.alarms().contains("critical unbalanced"))
        }
    }

    @Test func `a calendar that does not answer`() async throws {
        try await withAnna { world in
            try await world.minutely()
            world.calendars.answer(
                .failing(RemoteFailure(.unreachable, "the line is dead")),
                for: "anna"
            )
            try await world.minutely()
            try world.expectAlarms(["warning failed_calendars"])
            world.calendars.answer(.plain, for: "anna")
            try await world.minutely()
            try world.expectAlarms([])
        }
    }

    @Test func `a system that says done and does nothing`() async throws {
        try await withAnna { world in
            world.exchange.afterList = { _ in ReadBack(entries: [], isWhole: true) }
            try await world.minutely()
            for minute in [1, 2] {
                world.clock.now = at(7, minute)
                try await world.nightly()
                _ = try await world.recordDrift()
            }
            try world.expectAlarms(["warning drift"])
        }
    }

    @Test func `a host whose clock is wrong`() async throws {
        try await withAnna { world in
            for (ahead, alarms) in [
                (4.0, []), (-20, ["warning clock_skew"]), (90, ["critical clock_skew"]), (0, []),
            ] {
                try world.store.see(
                    "host",
                    workingFor: world.customer,
                    clock: Date().addingTimeInterval(ahead),
                    at: world.clock.now
                )
                try world.expectAlarms(alarms)
            }
        }
    }
}
