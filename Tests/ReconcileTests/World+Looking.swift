import AbsenceModel
import Foundation
import Postgres
import Testing
import TestSupport

extension World {
    /// What stands on the telephone side and has not ended, whoever made it, a line each:
    /// `101 Mon 09:00-10:00 open meeting`, and the origin where it is not the calendar.
    func phones() throws -> [String] {
        try connection.ask(
            """
            select extension || ' ' || to_char(starts_at at time zone 'Europe/Stockholm',
                    'Dy HH24:MI') || '-' || to_char(ends_at at time zone 'Europe/Stockholm',
                    'HH24:MI') || ' ' || kind || ' ' || reason
                || case when origin <> 'calendar' then ' ' || origin else '' end
            from switchboard.absences
            where ends_at > '\(clock.now.formatted(.iso8601))'
            order by extension, starts_at, origin
            """
        ).map { $0[0] }
    }

    /// Whether what was acknowledged is what stands on the telephone side, by key and content.
    func expectPlacedIsShown(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let differing = try connection.ask(
            """
            select coalesce(placed.absence_key, shown.absence_key), placed.starts_at,
                shown.starts_at, placed.ends_at, shown.ends_at
            from telephony.placed
            full join (select * from switchboard.absences where origin = 'calendar') as shown
                on placed.absence_key = shown.absence_key
            where (
                placed.extension, placed.kind::text, placed.reason, placed.announced_reason,
                placed.starts_at, placed.ends_at, placed.back_at, placed.shown_text,
                placed.target, placed.ring_seconds, placed.version_tag
            ) is distinct from (
                shown.extension, shown.kind::text, shown.reason, shown.announced_reason,
                shown.starts_at, shown.ends_at, shown.back_at, shown.shown_text, shown.target,
                shown.ring_seconds, shown.version::text
            )
            """
        )
        #expect(differing == [], sourceLocation: sourceLocation)
    }

    /// The marks that stand: `anna booking`.
    func touched() throws -> [String] {
        try connection.ask(
            """
            select user_key || ' ' || cause
            from calendar.touched inner join roster.users using (customer_id, user_id)
            order by user_key, cause
            """
        ).map { $0[0] }
    }

    /// What the audit says of changes, oldest first: `anna create done`.
    func changes() throws -> [String] {
        try connection.ask(
            """
            select user_key || ' ' || action || ' '
                || coalesce(outcome::text, held_because, 'unknown')
            from audit.changes inner join roster.users using (customer_id, user_id)
            order by run_id, user_id, absence_key
            """
        ).map { $0[0] }
    }

    /// Where each row of the telephone side lies, and who wrote it: another after any write.
    func physicalRows() throws -> [[String]] {
        try connection.ask(
            """
            select 'absences', ctid, xmin, version from switchboard.absences
            union all
            select 'extensions', ctid, xmin, null from switchboard.extensions
            order by 1, 2
            """
        )
    }

    /// A count, or any other number, that a query gives.
    func number(_ query: String) throws -> Int {
        Int(try connection.askOne(query)) ?? -1
    }

    /// Does what a person does on the telephone side.
    func byHand(_ sql: String) throws {
        try connection.command(sql)
    }

    /// A person sets an absence of their own.
    func ownAbsence(_ phone: String, _ start: Date, _ end: Date) throws {
        try byHand(
            """
            insert into switchboard.absences (
                customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
                ends_at, back_at, origin, set_by, set_at
            )
            values (
                'prov', gen_random_uuid(), '\(phone)', 'direct', 'errand', 'errand',
                to_timestamp(\(start.timeIntervalSince1970)),
                to_timestamp(\(end.timeIntervalSince1970)),
                to_timestamp(\(end.timeIntervalSince1970)), 'person', 'them', now()
            )
            """
        )
    }
}
