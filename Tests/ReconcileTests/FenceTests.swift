import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Telephony
import Testing
import TestSupport

/// One run at a time, and an older one writes no more (design principle 13).
@Suite struct FenceTests {
    private let takeOver = "select intake.take_fence(1, 'reconcile', 'another', now())"

    @Test func `of two passes at once one works, the other leaves and says so`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            _ = try await world.load()
            let other = AbsenceStore(try world.database.connect())
            var taken: [Bool] = []
            world.exchange.beforeApply = { batch in
                guard !batch.changes.isEmpty else { return }
                for work in [Work.reconcile, .load(source: "fake")] {
                    let lease = try other.takeLease(
                        on: work,
                        of: world.customer,
                        by: "the other",
                        at: at(7, 1)
                    )
                    taken.append(lease != nil)
                }
            }
            #expect(try await world.reconcile().ending == .done)
            // A load keeps nobody from reconciling.
            #expect(taken == [false, true])
            #expect(
                try world.connection.ask(
                    """
                    select work, skipped_by, taken_by
                    from audit.skipped_runs inner join customer.work using (customer_id, work)
                    """
                ) == [["reconcile", "the other", "test"]]
            )
            try await world.reconcile()
        }
    }

    @Test func `work is free again when the session that had it ends`() async throws {
        try await World.run { world in
            do {
                let other = AbsenceStore(try world.database.connect())
                let lease = try other.takeLease(
                    on: .reconcile,
                    of: world.customer,
                    by: "other",
                    at: at(7)
                )
                #expect(lease != nil)
                await #expect(throws: World.Taken.self) { try await world.reconcile() }
            }
            // The server takes a moment to notice.
            while try world.number("select count(*) from pg_locks where locktype = 'advisory'") > 0
            {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(try await world.reconcile().ending == .done)
        }
    }

    @Test func `a run whose work was taken plans nothing`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            _ = try await world.load()
            let lease = try #require(
                try world.store.takeLease(
                    on: .reconcile,
                    of: world.customer,
                    by: "test",
                    at: at(7)
                )
            )
            try world.byHand(takeOver)
            let error = await #expect(throws: StoreError.self) {
                try await world.pass.run(lease, mode: .apply, scope: .touched)
            }
            #expect(error?.code == .fenced)
            #expect(try world.number("select count(*) from audit.runs") == 0)
            #expect(world.exchange.batches.isEmpty)
        }
    }

    @Test func `a run whose work is taken under its hands writes no more`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            world.exchange.batchSize = 1
            world.exchange.beforeApply = { batch in
                if world.exchange.batches.count == 1 { try world.byHand(takeOver) }
            }
            let error = await #expect(throws: StoreError.self) { try await world.minutely() }
            #expect(error?.code == .fenced)
            // It was carried out, and never written down; the second was not sent.
            #expect(try world.phones().count == 1)
            #expect(try world.number("select count(*) from telephony.placed") == 0)
            #expect(world.exchange.batches.count == 1)
            #expect(
                try world.number("select count(*) from audit.runs where ended_at is null") == 1
            )
            world.exchange.reset()
            #expect(try await world.minutely().ending == .done)
            #expect(
                try world.changes() == [
                    "anna create found_done", "bo create found_undone", "bo create done",
                ]
            )
            try world.expectPlacedIsShown()
        }
    }

    @Test func `the switchboard refuses the batch of a run that is not the newest`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.exchange.beforeApply = { _ in
                try world.byHand("insert into switchboard.fences values ('prov', 1000)")
            }
            _ = try await world.load()
            let error = await #expect(throws: StoreError.self) { try await world.reconcile() }
            #expect(error?.code == .fenced)
            #expect(try world.phones() == [])
            #expect(try world.changes() == ["anna create unknown"])
        }
    }

    @Test func `a load whose work is taken takes in nothing more`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            let lease = try #require(
                try world.store.takeLease(
                    on: .load(source: "fake"),
                    of: world.customer,
                    by: "test",
                    at: at(7)
                )
            )
            let pass = LoadPass(
                store: world.store,
                source: world.calendars,
                sourceName: "fake",
                isFull: false,
                now: world.clock.tick,
                report: { event in
                    guard case .loadBegan = event else { return }
                    try? world.byHand(
                        "select intake.take_fence(1, 'load fake', 'another', now())"
                    )
                }
            )
            let error = await #expect(throws: StoreError.self) { try await pass.run(lease) }
            #expect(error?.code == .fenced)
            #expect(try world.number("select count(*) from calendar.bookings") == 0)
            #expect(try world.number("select count(*) from staging.bookings") == 0)
            #expect(
                try world.number("select count(*) from audit.loads where ended_at is null") == 1
            )
        }
    }
}
