import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport

/// What may have been done or not is looked at before it is tried again (design principle 7).
@Suite struct UnknownOutcomeTests {
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

    @Test func `an answer that was lost is looked for, not guessed`() async throws {
        try await withTwo { world in
            loseTheAnswer(world)
            let report = try await world.minutely()
            #expect(report.ending == .partial)
            #expect(report.outcomes.values.allSatisfy { $0 == .unknown })
            #expect(try world.changes() == ["anna create unknown", "bo create unknown"])
            world.exchange.reset()
            let rows = try world.physicalRows()
            world.clock.now = at(7, 1)
            let next = try await world.minutely()
            #expect(next.plan.isEmpty)
            #expect(next.ending == .done)
            #expect(try world.changes() == ["anna create found_done", "bo create found_done"])
            #expect(world.exchange.lists == [["101", "102"]])
            #expect(try world.physicalRows() == rows)
            try world.expectPlacedIsShown()
            #expect(try world.touched() == [])
        }
    }

    @Test func `a request that never arrived is found undone, and done`() async throws {
        try await withTwo { world in
            world.exchange.beforeApply = { _ in throw Down.LineBroke() }
            #expect(try await world.minutely().ending == .partial)
            world.exchange.reset()
            #expect(try await world.minutely().ending == .done)
            #expect(
                try world.changes() == [
                    "anna create found_undone", "bo create found_undone", "anna create done",
                    "bo create done",
                ]
            )
            try world.expectPlacedIsShown()
        }
    }

    @Test func `updates and withdrawals of unknown outcome are looked for as well`() async throws {
        try await withTwo { world in
            world.book("c", of: "carin", at(9), at(10))
            try await world.minutely()
            for isDone in [true, false] {
                world.clock.now.addTimeInterval(60)
                world.book("a", of: "anna", at(11), isDone ? at(12) : at(13))
                if isDone {
                    world.calendars.remove("b", from: "bo")
                    loseTheAnswer(world)
                } else {
                    world.calendars.remove("c", from: "carin")
                    world.exchange.beforeApply = { _ in throw Down.LineBroke() }
                }
                #expect(try await world.minutely().ending == .partial)
                world.exchange.reset()
                world.clock.now.addTimeInterval(60)
                #expect(try await world.minutely().ending == .done)
                try world.expectPlacedIsShown()
            }
            #expect(try world.phones() == ["101 Mon 11:00-13:00 open meeting"])
            #expect(
                try world.changes().dropFirst(3) == [
                    "anna update found_done", "bo withdraw found_done",
                    "anna update found_undone", "carin withdraw found_undone",
                    "anna update done", "carin withdraw done",
                ]
            )
        }
    }

    @Test func `what was created unknown and is not wanted any more is withdrawn`() async throws {
        try await withTwo { world in
            loseTheAnswer(world)
            try await world.minutely()
            world.exchange.reset()
            world.calendars.remove("a", from: "anna")
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["withdraw"])
            #expect(try world.phones() == ["102 Mon 09:00-10:00 open meeting"])
            try world.expectPlacedIsShown()
        }
    }

    @Test func `what was created unknown stays its user's, whoever has the extension now`()
        async throws
    {
        try await withTwo { world in
            loseTheAnswer(world)
            try await world.minutely()
            world.exchange.reset()
            // Anna has left for 109, and Carin has her extension.
            try world.enroll(
                World.Setting().roster.replacing("Anna,101", with: "Anna,109")
                    .replacing("Carin,103", with: "Carin,101")
            )
            world.book("c", of: "carin", at(9), at(12), .outOfOffice)
            #expect(try await world.minutely().ending == .done)
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-12:00 direct away", "102 Mon 09:00-10:00 open meeting",
                    "109 Mon 09:00-10:00 open meeting",
                ]
            )
            #expect(try world.changes().first == "anna create found_done")
            try world.expectPlacedIsShown()
        }
    }

    @Test func `what was done and has ended since is found done`() async throws {
        try await withTwo { world in
            loseTheAnswer(world)
            try await world.minutely()
            world.exchange.reset()
            world.clock.now = at(10, 1)
            #expect(try await world.minutely().ending == .done)
            #expect(try world.changes() == ["anna create found_done", "bo create found_done"])
            try world.expectPlacedIsShown()
        }
    }

    @Test func `whom the telephone side can not be asked about nothing is planned for`()
        async throws
    {
        try await withTwo { world in
            loseTheAnswer(world)
            try await world.minutely()
            world.exchange.reset()
            world.exchange.afterList = { _ in throw Down.error }
            // Nobody else has anything: that is no success either.
            let alone = try await world.minutely()
            #expect(alone.ending == .partial)
            #expect(alone.unobservedUserCount == 2)

            world.book("c", of: "carin", at(9), at(10))
            world.book("a", of: "anna", at(14), at(15))
            let report = try await world.minutely()
            #expect(report.ending == .partial)
            #expect(report.unobservedUserCount == 2)
            #expect(report.plan.changes.map(\.userKey) == ["carin"])
            world.exchange.reset()
            #expect(try await world.minutely().ending == .done)
            #expect(
                try world.phones() == [
                    "101 Mon 14:00-15:00 open meeting", "102 Mon 09:00-10:00 open meeting",
                    "103 Mon 09:00-10:00 open meeting",
                ]
            )
            try world.expectPlacedIsShown()
        }
    }

    @Test func `a list that is not whole settles nothing, and nothing is doubled`() async throws {
        try await withTwo { world in
            loseTheAnswer(world)
            try await world.minutely()
            world.exchange.reset()
            world.exchange.afterList = { ReadBack(entries: $0.entries, isWhole: false) }
            let report = try await world.minutely()
            #expect(report.unobservedUserCount == 2)
            #expect(report.plan.isEmpty)
            #expect(report.ending == .partial)
            world.exchange.reset()
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try world.phones().count == 2)
            try world.expectPlacedIsShown()
        }
    }

    @Test func `a change that the answer leaves out is of unknown outcome`() async throws {
        try await withTwo { world in
            world.exchange.afterApply = { batch, outcomes in
                outcomes.filter { $0.key == batch.changes[0].key }
            }
            let report = try await world.minutely()
            #expect(report.ending == .partial)
            #expect(report.outcomes.values.count { $0 == .unknown } == 1)
            #expect(try world.changes() == ["anna create done", "bo create unknown"])
            world.exchange.reset()
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try world.changes() == ["anna create done", "bo create found_done"])
        }
    }
}
