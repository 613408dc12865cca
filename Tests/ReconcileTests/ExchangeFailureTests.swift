import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Telephony
import Testing
import TestSupport

/// A telephone side that refuses, breaks off or is not there (design principles 7 and 9).
@Suite struct ExchangeFailureTests {
    /// Anna and Bo are to have an absence each, and nothing is placed yet.
    private func withTwo(_ body: (World) async throws -> Void) async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            _ = try await world.load()
            try await body(world)
        }
    }

    /// Carries the next batch out and loses the answer.
    private func loseTheAnswer(_ world: World) {
        world.exchange.afterApply = { _, _ in throw Down.LineBroke() }
    }

    @Test func `a telephone side that certainly did nothing is tried again`() async throws {
        try await withTwo { world in
            world.exchange.beforeApply = { _ in throw Down.error }
            for minute in 1...3 {
                world.clock.now = at(7, minute)
                let report = try await world.minutely()
                #expect(report.ending == .partial)
                #expect(report.failedCount == 2)
            }
            let failed = ["anna create failed", "bo create failed"]
            #expect(try world.changes() == failed + failed + failed)
            #expect(
                try world.connection.askOne("select distinct failure from audit.changes")
                    == "the telephone side does not answer"
            )
            world.exchange.reset()
            #expect(try await world.minutely().ending == .done)
            #expect(try world.phones().count == 2)
            // What is certain needs no looking.
            #expect(world.exchange.lists.isEmpty)
        }
    }

    @Test func `of several batches those before the failure are written down, the rest not sent`()
        async throws
    {
        try await withTwo { world in
            world.book("c", of: "carin", at(9), at(10))
            world.exchange.batchSize = 1
            world.exchange.beforeApply = { _ in
                if world.exchange.batches.count == 2 { throw Down.LineBroke() }
            }
            let report = try await world.minutely()
            #expect(report.doneCount == 1)
            #expect(
                try world.changes() == [
                    "anna create done", "bo create unknown", "carin create not_carried_out",
                ]
            )
            #expect(world.exchange.batches.count == 2)
            world.exchange.reset()
            #expect(try await world.minutely().doneCount == 2)
            try world.expectPlacedIsShown()
        }
    }

    @Test func `one user whom the telephone side refuses keeps nobody else waiting`()
        async throws
    {
        try await withTwo { world in
            // Something of ours that nobody knows of stands in Bo's way.
            try world.byHand(
                """
                insert into switchboard.absences (customer_key, absence_key, extension, kind,
                    reason, announced_reason, starts_at, ends_at, back_at, origin, set_at)
                values ('prov', gen_random_uuid(), '102', 'direct', 'away', 'away',
                    '2026-11-23 09:30+01', '2026-11-23 12:00+01', '2026-11-23 12:00+01',
                    'calendar', now())
                """
            )
            world.book("c", of: "carin", at(9), at(10))
            let report = try await world.minutely()
            #expect(report.ending == .partial)
            #expect(report.doneCount == 2)
            #expect(
                try world.changes() == [
                    "anna create done", "bo create failed", "carin create done",
                ]
            )
            let touched = try world.touched()
            #expect(Set(touched.map { $0.split(separator: " ")[0] }) == ["bo"])
            #expect(
                try world.connection.askOne(
                    """
                    select failure like '%absences_calendar_one_at_a_time_excl%'
                    from audit.changes where user_id = 2
                    """
                ) == "true"
            )
            try world.byHand("delete from switchboard.absences where extension = '102'")
            #expect(try await world.minutely().ending == .done)
            try world.expectPlacedIsShown()
        }
    }

    @Test func `withdraw removes all that is ours, and nothing else`() async throws {
        try await withTwo { world in
            try world.ownAbsence("101", at(16), at(17))
            loseTheAnswer(world)
            try await world.minutely()
            world.exchange.reset()
            let lease = try #require(
                try world.store.takeLease(
                    on: .reconcile,
                    of: world.customer,
                    by: "test",
                    at: at(7, 1)
                )
            )
            let pass = WithdrawPass(
                store: world.store,
                exchange: world.exchange,
                now: world.clock.tick
            )
            let report = try await pass.run(lease, isApplied: true)
            #expect(report.doneCount == 2)
            #expect(report.ending == .done)
            #expect(try world.phones() == ["101 Mon 16:00-17:00 direct errand person"])
            #expect(try world.number("select count(*) from telephony.placed") == 0)
        }
    }
}
