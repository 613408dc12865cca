import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Testing
import TestSupport

/// Bookings that follow one another, and the time that passes over them.
@Suite struct ChainTests {
    @Test(arguments: ["one-x", "trio"])
    func `while a chain goes on no change is planned, at any minute of the day`(
        system: String
    ) async throws {
        try await World.run(World.Setting(system: system)) { world in
            // Adjacent, overlapping, a few minutes apart, and one below the others.
            world.book("a", of: "anna", at(8), at(9), subject: "SAM: a")
            world.book("b", of: "anna", at(9), at(10), subject: "SAM: b")
            world.book("c", of: "anna", at(9, 30), at(11), .outOfOffice, subject: "SAM; c")
            world.book("d", of: "anna", at(11, 4), at(12), subject: "TJÄ: d")
            world.book("e", of: "anna", at(7, 30), at(17), subject: "LDG; e")
            world.book("f", of: "anna", at(17, 5), at(19), subject: "LDG; f")
            world.book("a", of: "bo", at(0), at(0, day: 1), .outOfOffice, subject: "SEM: a")
            world.book("b", of: "bo", at(0, day: 1), at(0, day: 2), .outOfOffice, subject: "SEM: b")
            world.clock.now = at(0, day: -1)
            try await world.minutely()
            let rows = try world.physicalRows()
            #expect(rows.count > 5)
            #expect(
                try world.connection.ask(
                    """
                    select minute, differing.user_key
                    from generate_series(
                        timestamptz '2026-11-22 00:00+01', '2026-11-25 00:00+01', '1 minute'
                    ) as minute
                    cross join absence.differences_within(1, minute) as differing
                    """
                ) == []
            )
            for quarter in 0..<96 {
                world.clock.now = at(0, quarter * 15)
                let report =
                    quarter % 8 == 0
                    ? try await world.nightly() : try await world.reconcile(.everybody)
                #expect(report.plan.isEmpty, "\(world.clock.now)")
            }
            #expect(try world.physicalRows() == rows)
        }
    }

    @Test func `what ends expires: nothing is withdrawn, nothing is written`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            try await world.minutely()
            let rows = try world.physicalRows()
            world.clock.now = at(10)
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.phones() == [])
            #expect(try world.physicalRows() == rows)
            // Also where the calendar forgets them afterwards.
            world.calendars.remove("a", from: "anna")
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.physicalRows() == rows)
        }
    }

    @Test func `a morning when 30,000 absences simply end is no withdrawal`() async throws {
        try await World.run { world in
            try world.byHand(Self.thirtyThousand)
            world.clock.now = at(7)
            let placing = try await world.reconcile()
            #expect(placing.doneCount == 30_000)
            #expect(placing.ending == .done)
            #expect(try world.number("select count(*) from switchboard.absences") == 30_000)

            world.clock.now = at(8)
            let morning = try await world.reconcile(.everybody)
            #expect(morning.plan.isEmpty)
            #expect(morning.plan.refusal == nil)
            #expect(try world.number("select count(*) from switchboard.absences") == 30_000)
            #expect(try world.number("select count(*) from audit.changes where is_guarded") == 0)

            // One withdrawal is one withdrawal: what ended does not count beside it.
            world.book("late", of: "anna", at(9), at(10))
            _ = try await world.minutely()
            world.calendars.remove("late", from: "anna")
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["withdraw"])
            #expect(report.ending == .done)
        }
    }

    /// 30,000 users with a booking each, out of office until eight, taken in by the function that
    /// a load calls, a thousand at a time. Without the diversion service, for so many phones that
    /// close would be refused.
    private static let thirtyThousand = """
        insert into roster.users (customer_id, user_id, user_key, name, extension, time_zone,
            language, has_calendar, has_diversion, held_from)
        select 1, number, 'u' || number, 'U', (100000 + number)::text, 'Europe/Stockholm', 'sv',
            true, false, '2026-11-23 00:00+01'
        from generate_series(4, 30003) as number;
        insert into roster.calendars (customer_id, user_id, calendar_id, source, address)
        select 1, number, 1, 'made', 'u' || number from generate_series(4, 30003) as number;
        do $$
        begin
            for thousand in 0..29 loop
                insert into staging.bookings (customer_id, load_id, user_id, calendar_id,
                    booking_key, resource_key, starts_at, ends_at, show_as, sensitivity,
                    response, is_cancelled, is_choice, is_choice_skip)
                select 1, 900000, 4 + thousand * 1000 + number, 1, 'night', 'night',
                    '2026-11-22 20:00+01', '2026-11-23 08:00+01', 'out_of_office', 'normal',
                    'organizer', false, false, false
                from generate_series(0, 999) as number;
                perform intake.take_in(1, 900000, 1000, '2026-11-23 06:00+01');
                if thousand = 0 then
                    analyze;
                end if;
            end loop;
        end
        $$;
        delete from calendar.touched where user_id <= 3;
        analyze;
        """
}
