import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport

/// What people do on the telephone side stays as they left it (domain P-4, design principle 8).
@Suite struct HandEditTests {
    /// Anna has an absence at nine and one at eleven, both seen on the telephone side.
    private func withSeen(_ body: (World) async throws -> Void) async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            try await world.minutely()
            world.clock.now = at(7, 1)
            try await world.readBack()
            world.clock.now = at(7, 2)
            try await body(world)
        }
    }

    private func holds(_ world: World) throws -> [String] {
        try world.connection.ask(
            "select cause from telephony.holds order by held_from, cause"
        ).map { $0[0] }
    }

    private let deleteTheFirst = """
        delete from switchboard.absences where starts_at = '2026-11-23 09:00+01'
        """

    @Test func `a deletion counts once two whole read-backs miss it`() async throws {
        try await withSeen { world in
            try world.byHand(deleteTheFirst)
            #expect(try await world.readBack().holds == 0)
            #expect(try holds(world) == [])
            world.clock.now = at(7, 3)
            #expect(try await world.readBack().holds == 1)
            #expect(try holds(world) == ["deleted_by_hand"])
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.phones() == ["101 Mon 11:00-12:00 open meeting"])
            try world.expectPlacedIsShown()
        }
    }

    @Test func `what was deleted stays so until its booking changes`() async throws {
        try await withSeen { world in
            try world.byHand(deleteTheFirst)
            try await world.readBack()
            world.clock.now = at(7, 3)
            try await world.readBack()
            world.book("c", of: "anna", at(14), at(15))
            try await world.minutely()
            #expect(
                try world.phones() == [
                    "101 Mon 11:00-12:00 open meeting", "101 Mon 14:00-15:00 open meeting",
                ]
            )
            world.book("a", of: "anna", at(9, 30), at(10, 30))
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["create"])
            #expect(try world.phones().first == "101 Mon 09:30-10:30 open meeting")
        }
    }

    @Test func `a list that is cut off deletes nothing`() async throws {
        try await withSeen { world in
            for user in ["bo", "carin"] {
                world.book("a", of: user, at(9), at(10))
                world.book("b", of: user, at(11), at(12))
            }
            try await world.minutely()
            world.clock.now = at(7, 3)
            try await world.readBack()
            // It says that it is whole, and shows two of six.
            world.exchange.afterList = {
                ReadBack(entries: Array($0.entries.prefix(2)), isWhole: true)
            }
            for minute in 4...8 {
                world.clock.now = at(7, minute)
                try await world.readBack()
            }
            // It says that it is not, and shows all but one.
            world.exchange.afterList = {
                ReadBack(entries: Array($0.entries.dropFirst()), isWhole: false)
            }
            for minute in 9...12 {
                world.clock.now = at(7, minute)
                try await world.readBack()
            }
            #expect(try holds(world) == [])
            world.exchange.reset()
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.phones().count == 6)
        }
    }

    @Test func `a change by hand is kept until the booking changes, then it is one update`()
        async throws
    {
        try await withSeen { world in
            try world.byHand(
                """
                update switchboard.absences
                set ends_at = '2026-11-23 10:45+01', kind = 'direct', set_by = 'anna'
                where starts_at = '2026-11-23 09:00+01'
                """
            )
            #expect(try await world.readBack().holds == 1)
            #expect(try holds(world) == ["changed_by_hand"])
            for _ in 1...2 {
                let nightly = try await world.nightly()
                #expect(nightly.plan.changes.isEmpty)
                #expect(nightly.plan.held.map(\.because) == ["changed_by_hand"])
                #expect(nightly.ending == .done)
            }
            #expect(try world.phones().first == "101 Mon 09:00-10:45 direct meeting")
            try world.expectPlacedIsShown()

            world.book("a", of: "anna", at(9), at(9, 30))
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["update"])
            #expect(report.ending == .done)
            #expect(try world.phones().first == "101 Mon 09:00-09:30 open meeting")
            try world.expectPlacedIsShown()
        }
    }

    @Test func `what a person changed is withdrawn when its booking is gone`() async throws {
        try await withSeen { world in
            try world.byHand(
                """
                update switchboard.absences set ends_at = '2026-11-23 10:45+01'
                where starts_at = '2026-11-23 09:00+01'
                """
            )
            world.calendars.remove("a", from: "anna")
            // Nobody has looked since: the exchange says that a person was there.
            #expect(try await world.minutely().ending == .partial)
            #expect(try world.phones().count == 2)
            let next = try await world.minutely()
            #expect(next.ending == .done)
            #expect(try world.phones() == ["101 Mon 11:00-12:00 open meeting"])
            #expect(
                try world.changes().suffix(2) == [
                    "anna withdraw conflict", "anna withdraw done",
                ]
            )
        }
    }

    @Test func `a deletion that nobody saw gives way to the booking that moved`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            world.clock.now = at(7, 1)
            try world.byHand(deleteTheFirst)
            world.book("a", of: "anna", at(14), at(15))
            #expect(try await world.minutely().ending == .partial)
            world.clock.now = at(7, 2)
            #expect(try await world.minutely().ending == .done)
            world.clock.now = at(7, 3)
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try world.phones() == ["101 Mon 14:00-15:00 open meeting"])
            try world.expectPlacedIsShown()
            #expect(try world.touched() == [])
        }
    }

    @Test func `where a person was there, nothing else of that user is done at first`()
        async throws
    {
        try await withSeen { world in
            // Moved by hand to the afternoon, while the calendar gives its time to another.
            try world.byHand(
                """
                update switchboard.absences
                set starts_at = '2026-11-23 14:00+01', ends_at = '2026-11-23 15:00+01'
                where starts_at = '2026-11-23 09:00+01'
                """
            )
            world.book("a", of: "anna", at(10), at(10, 30))
            world.book("c", of: "anna", at(9), at(10), .outOfOffice)
            world.book("c", of: "bo", at(9), at(10))
            let first = try await world.minutely()
            #expect(first.ending == .partial)
            #expect(first.doneCount == 1)
            #expect(
                try world.phones() == [
                    "101 Mon 11:00-12:00 open meeting", "101 Mon 14:00-15:00 open meeting",
                    "102 Mon 09:00-10:00 open meeting",
                ]
            )
            world.clock.now = at(7, 3)
            let second = try await world.minutely()
            #expect(second.ending == .done)
            #expect(
                try world.phones().prefix(3) == [
                    "101 Mon 09:00-10:00 direct away", "101 Mon 10:00-10:30 open meeting",
                    "101 Mon 11:00-12:00 open meeting",
                ]
            )
            try world.expectPlacedIsShown()
            #expect(try world.touched() == [])
        }
    }

    @Test func `a person who clears a whole day is not fought, and what is new is placed`()
        async throws
    {
        try await World.run { world in
            for hour in 9...13 { world.book("m\(hour)", of: "anna", at(hour), at(hour, 30)) }
            try await world.minutely()
            world.clock.now = at(7, 1)
            try await world.readBack()
            try world.byHand("delete from switchboard.absences")
            for minute in 2...4 {
                world.clock.now = at(7, minute)
                try await world.nightly()
            }
            // All that there was is missing: the list is not believed, and nothing is done.
            #expect(try holds(world) == [])
            #expect(try world.phones() == [])
            // One of them moves, another takes its place, and a third is new.
            world.book("m9", of: "anna", at(15), at(15, 30))
            world.book("n", of: "anna", at(9), at(9, 20), .outOfOffice)
            world.book("o", of: "anna", at(16), at(16, 30))
            for minute in 5...7 {
                world.clock.now = at(7, minute)
                #expect(try await world.minutely().ending == .partial)
                #expect(try world.phones() == ["101 Mon 16:00-16:30 open meeting"])
                #expect(try world.number("select count(*) from absence.unsettled_users") == 0)
            }
        }
    }

    @Test func `an absence of ours that a person took over is not ours any more`() async throws {
        try await withSeen { world in
            try world.byHand(
                """
                update switchboard.absences set origin = 'person', set_by = 'anna'
                where starts_at = '2026-11-23 09:00+01'
                """
            )
            try await world.readBack()
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.phones().first == "101 Mon 09:00-10:00 open meeting person")
            world.calendars.remove("a", from: "anna")
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try world.phones().count == 2)
        }
    }
}
