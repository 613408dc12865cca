import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Settings
import Telephony
import Testing
import TestSupport

@Suite struct ReconcilePassTests {
    @Test func `the first run places what the calendars say`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(9, 30), at(11), .outOfOffice)
            world.book("c", of: "bo", at(9), at(10), .free)
            world.book("d", of: "bo", at(13), at(14))
            let report = try await world.minutely()
            #expect(report.ending == .done)
            #expect(report.doneCount == 3)
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-09:30 open meeting", "101 Mon 09:30-11:00 direct away",
                    "102 Mon 13:00-14:00 open meeting",
                ]
            )
            try world.expectPlacedIsShown()
            #expect(
                try world.changes() == [
                    "anna create done", "anna create done", "bo create done",
                ]
            )
            #expect(
                try world.connection.ask(
                    """
                    select mode, scope, touched_count, planned_count, done_count, failed_count,
                        ended_at > started_at
                    from audit.runs
                    """
                ) == [["apply", "touched", "3", "3", "3", "0", "true"]]
            )
        }
    }

    @Test func `a second run changes nothing and writes nothing to the telephone side`()
        async throws
    {
        try await World.run { world in
            for user in ["anna", "bo", "carin"] {
                world.book("a", of: user, at(9), at(10))
                world.book("b", of: user, at(10), at(12), .outOfOffice)
            }
            try await world.minutely()
            let rows = try world.physicalRows()
            #expect(rows.count == 9)
            for report in [
                try await world.minutely(), try await world.reconcile(.everybody),
                try await world.nightly(), try await world.minutely(),
            ] {
                #expect(report.plan.isEmpty)
                #expect(report.plan.adoptions.isEmpty)
                #expect(report.ending == .done)
            }
            #expect(try world.physicalRows() == rows)
            #expect(try world.number("select count(*) from audit.changes") == 6)
        }
    }

    @Test(arguments: PhoneSystem.allCases)
    func `a busy week, loaded and reconciled again, is found as it should be`(
        system: PhoneSystem
    ) async throws {
        try await World.run(.init(system: system.rawValue)) { world in
            var week = BusyWeek(seed: 6)
            for user in ["anna", "bo", "carin"] {
                for booking in week.bookings(60) { world.calendars.put(booking, in: user) }
            }
            let first = try await world.nightly()
            #expect(first.ending == .done)
            #expect(first.doneCount >= 20)
            let rows = try world.physicalRows()
            let reports = [
                try await world.nightly(), try await world.minutely(),
                try await world.reconcile(.everybody),
            ]
            #expect(reports.allSatisfy { $0.plan.isEmpty && $0.plan.adoptions.isEmpty })
            #expect(try world.physicalRows() == rows)
            #expect(try world.touched() == [])
            try world.expectPlacedIsShown()
        }
    }

    @Test func `whoever converged is marked no more, and an idle minute leaves no trace`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            #expect(try world.touched() == [])
            let runs = try world.number("select count(*) from audit.runs")
            try await world.minutely()
            #expect(try world.number("select count(*) from audit.runs") == runs)
            #expect(world.exchange.batches.count == 1)
        }
    }

    @Test func `a moved booking is one update, a deleted one is one withdrawal`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(13), at(14))
            try await world.minutely()
            world.book("a", of: "anna", at(15), at(16))
            world.calendars.remove("b", from: "anna")
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["withdraw", "update"])
            #expect(try world.phones() == ["101 Mon 15:00-16:00 open meeting"])
            #expect(try world.number("select max(version) from switchboard.absences") == 2)
            try world.expectPlacedIsShown()
        }
    }

    @Test func `a dry run writes its plan down and nothing else`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            try await world.minutely()
            world.calendars.remove("a", from: "anna")
            world.book("b", of: "bo", at(11), at(12))
            _ = try await world.load()
            // One change is of unknown outcome, and something has come within the horizon.
            try world.connection.command(
                "update audit.changes set outcome = null, ended_at = null where user_id = 2"
            )
            let before = try world.everythingButTheAudit()
            for scope in [RunScope.touched, .everybody] {
                let report = try await world.reconcile(scope, mode: .dryRun)
                #expect(report.plan.changes.map(\.actionName) == ["withdraw"])
                #expect(report.outcomes.isEmpty)
                #expect(report.unobservedUserCount == 1)
            }
            #expect(try world.everythingButTheAudit() == before)
            #expect(
                try world.number("select count(*) from audit.runs where mode = 'dry_run'") == 2
            )
            #expect(
                try world.changes() == [
                    "anna create done", "bo create unknown", "anna withdraw not_carried_out",
                    "anna withdraw not_carried_out",
                ]
            )
            // And nothing of it counts as under way afterwards.
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["withdraw", "update"])
            #expect(report.ending == .done)
            #expect(try world.phones() == ["102 Mon 11:00-12:00 open meeting"])
        }
    }

    @Test func `one plan of many users is carried out in batches of whole users`() async throws {
        try await World.run(World.Setting("a b c d e f g")) { world in
            world.exchange.batchSize = 3
            for user in ["a", "b", "c", "d", "e", "f", "g"] {
                world.book("m", of: user, at(9), at(10))
                world.book("n", of: user, at(11), at(12))
            }
            let report = try await world.minutely()
            #expect(report.doneCount == 14)
            let batches = world.exchange.batches.map { $0.changes.map(\.user) }
            #expect(batches.map(\.count) == [4, 4, 4, 2])
            #expect(Set(batches.flatMap { Set($0) }).count == 7)
            #expect(batches.reduce(0) { $0 + Set($1).count } == 7)
            try world.expectPlacedIsShown()
        }
    }

    @Test func `another customer's absences are nobody's business`() async throws {
        try await World.run { world in
            try world.byHand(
                """
                insert into switchboard.absences (customer_key, absence_key, extension, kind,
                    reason, announced_reason, starts_at, ends_at, back_at, origin, set_at)
                select 'other', gen_random_uuid(), '101', 'direct', 'away', 'away',
                    '2026-11-23 09:00+01', '2026-11-23 10:00+01', '2026-11-23 10:00+01',
                    'calendar', now()
                """
            )
            world.book("a", of: "anna", at(9), at(10))
            try await world.nightly()
            try await world.nightly()
            #expect(
                try world.number(
                    "select count(*) from switchboard.absences where customer_key = 'other'"
                ) == 1
            )
            #expect(try world.number("select count(*) from telephony.shown") == 1)
            #expect(try world.number("select count(*) from telephony.placed") == 1)
        }
    }
}

extension World {
    /// Every row of every table that holds state, but for the audit and who holds which work.
    fileprivate func everythingButTheAudit() throws -> [[String]] {
        let tables = try connection.ask(
            """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname in (
                'customer', 'roster', 'staging', 'calendar', 'telephony', 'switchboard'
            ) and tablename <> 'work'
            order by 1
            """
        )
        return try tables.map { table in
            [table[0]]
                + (try connection.ask(
                    "select to_jsonb(t) - 'fence' from \(table[0]) as t order by 1"
                ).map { $0[0] })
        }
    }
}
