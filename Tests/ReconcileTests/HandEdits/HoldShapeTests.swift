import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Testing
import TestSupport

/// What a person deleted or changed stays so while the bookings behind it are as they were, also
/// where merging or rules give the absence another shape (domain P-4).
@Suite struct HoldShapeTests {
    private static let trio = World.Setting(system: "trio", limits: World.Setting.noLimits)

    private func book(_ world: World, _ key: String, _ start: Date, _ end: Date) {
        world.book(key, of: "anna", start, end, subject: "SAM: planering")
    }

    /// Everything is placed and seen; then somebody does something, and it is seen twice.
    private func byHand(_ world: World, _ sql: String) async throws {
        try await world.minutely()
        world.clock.now = at(7, 1)
        try await world.readBack()
        try world.byHand(sql)
        for minute in [2, 3] {
            world.clock.now = at(7, minute)
            try await world.readBack()
        }
        world.clock.now = at(7, 4)
        try await world.minutely()
    }

    /// The passes agree that this is how it is to be.
    private func expectStanding(_ phones: [String], _ world: World) async throws {
        try await world.minutely()
        #expect(try world.phones() == phones)
        #expect(try await world.nightly().plan.changes.isEmpty)
        #expect(try world.phones() == phones)
        try world.expectPlacedIsShown()
    }

    @Test func `a meeting that joins a deleted one does not bring it back`() async throws {
        try await World.run(Self.trio) { world in
            book(world, "a", at(9), at(10))
            try await byHand(world, "delete from switchboard.absences")
            book(world, "b", at(10, 3), at(11))
            try await expectStanding(["101 Mon 10:00-11:00 direct meeting"], world)
            book(world, "z", at(8), at(8, 57))
            try await expectStanding(
                ["101 Mon 08:00-09:00 direct meeting", "101 Mon 10:00-11:00 direct meeting"],
                world
            )
            // It ends earlier: the booking decides again, and the gap with it.
            book(world, "a", at(9), at(9, 30))
            try await expectStanding(
                ["101 Mon 08:00-09:30 direct meeting", "101 Mon 10:03-11:00 direct meeting"],
                world
            )
        }
    }

    @Test func `a chain that was deleted stays so when a link comes or goes elsewhere`()
        async throws
    {
        try await World.run(Self.trio) { world in
            book(world, "a", at(9), at(10))
            book(world, "b", at(10, 3), at(11))
            try await byHand(world, "delete from switchboard.absences")
            try await expectStanding([], world)
            book(world, "c", at(11, 2), at(12))
            try await expectStanding(["101 Mon 11:00-12:00 direct meeting"], world)
            world.calendars.remove("c", from: "anna")
            try await expectStanding([], world)
            // One of the two behind it changes.
            book(world, "b", at(14), at(15))
            try await expectStanding(
                ["101 Mon 09:00-10:00 direct meeting", "101 Mon 14:00-15:00 direct meeting"],
                world
            )
        }
    }

    @Test func `a chain that a person made longer stays so when another joins it`() async throws {
        try await World.run(Self.trio) { world in
            book(world, "a", at(9), at(10))
            try await byHand(
                world,
                """
                update switchboard.absences
                set ends_at = '2026-11-23 10:30+01', back_at = '2026-11-23 10:30+01',
                    set_by = 'anna'
                """
            )
            book(world, "b", at(10, 3), at(11))
            try await expectStanding(
                ["101 Mon 09:00-10:30 direct meeting", "101 Mon 10:30-11:00 direct meeting"],
                world
            )
        }
    }

    @Test func `rules that no longer join what was deleted bring back neither`() async throws {
        try await World.run(Self.trio) { world in
            book(world, "a", at(9), at(10))
            book(world, "b", at(10, 3), at(11))
            try await byHand(world, "delete from switchboard.absences")
            try world.apply(World.Setting(system: "trio", mergeGap: "none"))
            try await expectStanding([], world)
        }
    }

    @Test func `rules that make another kind of it bring it back no more`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            try await byHand(
                world,
                "delete from switchboard.absences where starts_at = '2026-11-23 09:00+01'"
            )
            try world.apply(World.Setting(rules: "ring_seconds: 30, return_time: leave_end"))
            try await expectStanding(["101 Mon 11:00-12:00 open meeting"], world)
            try world.apply(World.Setting(busy: "{ reason: busy, kind: direct }"))
            try await expectStanding(["101 Mon 11:00-12:00 direct busy"], world)
            // The rules go on and want nothing of it; then they want it again.
            try world.apply(World.Setting(busy: "skip"))
            try await expectStanding([], world)
            try world.apply(World.Setting())
            try await expectStanding(["101 Mon 11:00-12:00 open meeting"], world)
        }
    }

    @Test func `rules that make another kind of it leave what a person changed`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            try await byHand(
                world,
                """
                update switchboard.absences set kind = 'information', set_by = 'anna'
                where starts_at = '2026-11-23 09:00+01'
                """
            )
            try world.apply(World.Setting(busy: "{ reason: busy, kind: direct }"))
            try await expectStanding(
                ["101 Mon 09:00-10:00 information meeting", "101 Mon 11:00-12:00 direct busy"],
                world
            )
        }
    }
}
