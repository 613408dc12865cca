import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Telephony
import Testing
import TestSupport

/// A pass acts on what it finds, and marks keep whoever must be looked at (design principle 4).
@Suite struct LevelTests {
    @Test func `what comes within the horizon is placed by the next minute`() async throws {
        try await World.run { world in
            world.book("far", of: "anna", at(9, day: 30), at(10, day: 30))
            world.book("over", of: "bo", at(9, day: 20), at(10, day: 40))
            try await world.minutely()
            #expect(try world.phones() == ["102 Sun 09:00-10:00 open meeting"])
            world.clock.now = at(8, 59)
            try await world.minutely()
            #expect(try world.phones().count == 1)
            #expect(try world.touched() == [])
            world.clock.now = at(9, 1)
            let report = try await world.minutely()
            #expect(report.doneCount == 1)
            #expect(try world.phones().first == "101 Wed 09:00-10:00 open meeting")
            #expect(try world.touched() == [])
        }
    }

    @Test func `what a stronger one uncovers at the horizon is placed as well`() async throws {
        try await World.run { world in
            world.book("weak", of: "anna", at(9, day: 29), at(17, day: 31))
            world.book("strong", of: "anna", at(9, day: 29), at(12, day: 30), .outOfOffice)
            try await world.minutely()
            #expect(try world.phones().count == 1)
            world.clock.now = at(11, 59)
            try await world.minutely()
            #expect(try world.phones().count == 1)
            world.clock.now = at(12, 1)
            try await world.minutely()
            #expect(try world.phones().last == "101 Wed 12:00-17:00 open meeting")
        }
    }

    @Test func `whoever leaves the roster loses the absences, and gets them back with it`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            try await world.minutely()
            let whole = World.Setting().roster
            try world.enroll(
                whole.replacing("anna,Anna,101,fake:anna,calendar diversion\n", with: "")
            )
            let leaving = try await world.minutely()
            #expect(leaving.plan.changes.map(\.actionName) == ["withdraw"])
            #expect(try world.phones() == ["102 Mon 09:00-10:00 open meeting"])
            try world.enroll(whole)
            try await world.minutely()
            #expect(try world.phones().count == 2)
            #expect(try await world.nightly().plan.isEmpty)
        }
    }

    @Test func `whoever loses the service is treated as gone`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            try world.enroll(
                World.Setting().roster.replacing(
                    "fake:anna,calendar diversion",
                    with: "fake:anna,"
                )
            )
            try await world.minutely()
            #expect(try world.phones() == [])
        }
    }

    @Test func `a change of the rules reaches everybody within the minute`() async throws {
        try await World.run { world in
            for user in ["anna", "bo", "carin"] { world.book("a", of: user, at(9), at(10)) }
            try await world.minutely()
            try world.apply(World.Setting(rules: "ring_seconds: 40"))
            #expect(try world.touched().count == 3)
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["update", "update", "update"])
            #expect(
                try world.number(
                    "select count(*) from switchboard.absences where ring_seconds = 40"
                ) == 3
            )
            #expect(try await world.nightly().plan.isEmpty)
            // The same file again changes nothing.
            try world.apply(World.Setting(rules: "ring_seconds: 40"))
            #expect(try world.touched() == [])
        }
    }

    @Test func `marks stay until what they are for is done`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            _ = try await world.load()
            let marks = try world.touched()
            #expect(marks.contains("anna booking"))
            world.exchange.beforeApply = { _ in throw Down.error }
            try await world.reconcile()
            #expect(try world.touched() == (marks + ["anna planned", "bo planned"]).sorted())
            world.exchange.reset()
            try await world.minutely()
            #expect(try world.touched() == [])
        }
    }

    @Test func `a name that changes reaches the telephone side, sooner or later`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            try world.enroll(World.Setting().roster.replacing("Anna", with: "Anna Ek"))
            world.exchange.beforeApply = { _ in throw Down.error }
            let report = try await world.minutely()
            #expect(report.plan.isEmpty)
            #expect(report.ending == .partial)
            #expect(try world.touched() == ["anna roster"])
            world.exchange.reset()
            #expect(try await world.minutely().ending == .done)
            #expect(
                try world.connection.askOne(
                    "select display_name from switchboard.extensions where extension = '101'"
                ) == "Anna Ek"
            )
            #expect(try world.touched() == [])
        }
    }

    @Test func `a mark that is made again while the pass runs stays`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.exchange.beforeApply = { _ in
                try world.connection.command(
                    "select intake.touch(1, '{1}', 'booking', '2026-11-23 07:00+01')"
                )
            }
            try await world.minutely()
            #expect(try world.touched() == ["anna booking"])
            world.exchange.reset()
            try await world.minutely()
            #expect(try world.touched() == [])
        }
    }

    @Test func `a booking that changes while the pass runs is not forgotten`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            _ = try await world.load()
            let other = AbsenceStore(try world.database.connect())
            world.exchange.beforeApply = { _ in
                let lease = try #require(
                    try other.takeLease(
                        on: .load(source: "fake"),
                        of: world.customer,
                        by: "other",
                        at: at(7)
                    )
                )
                var batch = LoadBatch()
                batch.calendars = [Self.moved]
                _ = try other.takeIn(
                    batch,
                    of: lease,
                    window: at(0)..<at(0, day: 30),
                    startedAt: at(7),
                    at: at(7)
                )
                try other.give(back: lease)
            }
            try await world.reconcile()
            #expect(try world.phones() == ["101 Mon 09:00-10:00 open meeting"])
            world.exchange.reset()
            try await world.reconcile()
            #expect(try world.phones() == ["101 Mon 14:00-15:00 open meeting"])
        }
    }

    private static let moved = LoadedCalendar(
        name: CalendarName(user: UserID(rawValue: 1), calendarID: 1),
        userKey: "anna",
        bookings: [Booking(key: "a", resource: "a", time: .timed(start: at(14), end: at(15)))],
        coverage: [LoadedCalendar.Scope(name: "a", isPrefix: false)],
        resources: ["a": "other"],
        quarantine: [],
        generation: 0,
        cursor: "cursor",
        byteCount: 1,
        failures: []
    )

    @Test func `an extension that changes takes its absences along, as one update each`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            world.book("c", of: "bo", at(9), at(10))
            try await world.minutely()
            try world.enroll(World.Setting().roster.replacing("Anna,101", with: "Anna,109"))
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["update", "update"])
            #expect(
                try world.phones() == [
                    "102 Mon 09:00-10:00 open meeting", "109 Mon 09:00-10:00 open meeting",
                    "109 Mon 11:00-12:00 open meeting",
                ]
            )
            try world.expectPlacedIsShown()
        }
    }

    @Test(arguments: [1000, 1])
    func `two users who swap extensions swap their absences, however small the batches`(
        batchSize: Int
    ) async throws {
        try await World.run { world in
            world.exchange.batchSize = batchSize
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(11))
            try await world.minutely()
            try world.enroll(
                World.Setting().roster
                    .replacing("Anna,101", with: "Anna,x").replacing("Bo,102", with: "Bo,101")
                    .replacing("Anna,x", with: "Anna,102")
            )
            #expect(try await world.minutely().ending == .done)
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-11:00 open meeting", "102 Mon 09:00-10:00 open meeting",
                ]
            )
            try world.expectPlacedIsShown()
        }
    }

    @Test func `an extension goes over to another user with nothing of the first`() async throws {
        try await World.run { world in
            world.book("a", of: "carin", at(9), at(10))
            world.book("b", of: "anna", at(9), at(11), .outOfOffice)
            try await world.minutely()
            try world.enroll(
                "key,name,extension,calendar,services\nanna,Anna,103,fake:anna,calendar diversion\n"
            )
            #expect(try await world.minutely().ending == .done)
            #expect(try world.phones() == ["103 Mon 09:00-11:00 direct away"])
            try world.expectPlacedIsShown()
        }
    }

    @Test func `two absences swap places in one batch`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(10), at(12), .outOfOffice)
            try await world.minutely()
            world.book("a", of: "anna", at(11), at(12))
            world.book("b", of: "anna", at(9), at(11), .outOfOffice)
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["update", "update"])
            #expect(report.ending == .done)
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-11:00 direct away", "101 Mon 11:00-12:00 open meeting",
                ]
            )
            try world.expectPlacedIsShown()
        }
    }

    @Test func `neither side ever holds two of ours at one instant`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            for table in ["switchboard.absences", "telephony.placed"] {
                let copy = """
                    insert into \(table)
                    select (jsonb_populate_record(t, jsonb_build_object('absence_key',
                        gen_random_uuid()))).*
                    from \(table) as t
                    """
                let error = #expect(throws: PostgresError.self) { try world.byHand(copy) }
                #expect(error?.constraint?.hasSuffix("one_at_a_time_excl") == true)
                // Judged at the end, so that two may pass each other on the way.
                try world.byHand("begin; \(copy); delete from \(table); rollback")
            }
        }
    }
}
