import Foundation
import Postgres
import Telephony
import TestSupport

/// The exchange `table`: somebody at a screen, whose program writes into the switchboard.
struct TableSide: TelephoneSide {
    let exchange: any TelephonyExchange
    let connection: Connection

    var keepsStarts: Bool { true }

    init(_ database: TestDatabase) throws {
        connection = try database.connect()
        exchange = try World.table(database)
    }

    func setClock(_ instant: Date) {}

    func standing(at instant: Date) throws -> [StandingAbsence] {
        try Self.standing(at: instant, connection) { $0.origin == "calendar" }
    }

    /// What the switchboard holds.
    static func standing(
        at instant: Date,
        _ connection: Connection,
        isOurs: (StandingAbsence) -> Bool
    ) throws -> [StandingAbsence] {
        try connection.ask(
            """
            select absence_key, extension, extract(epoch from starts_at),
                extract(epoch from least(ends_at, '9999-01-01Z')), kind, reason, origin, set_by
            from switchboard.absences
            where ends_at > to_timestamp(\(instant.timeIntervalSince1970))
            """
        ).map { row in
            var absence = StandingAbsence(
                entryKey: row[0],
                phone: row[1],
                startsAt: Date(timeIntervalSince1970: Double(row[2]) ?? 0),
                endsAt: Date(timeIntervalSince1970: Double(row[3]) ?? 0),
                kind: row[4],
                reason: row[5],
                origin: row[6],
                setBy: row[7].isEmpty ? nil : row[7],
                isOurs: false
            )
            absence.isOurs = isOurs(absence)
            return absence
        }
    }

    func perform(_ edit: HandEdit, on phone: String) throws {
        let ours = "extension = '\(phone)' and origin = 'calendar'"
        switch edit {
        case .delete:
            try connection.command("delete from switchboard.absences where \(ours)")
        case .changeEnd:
            try change("ends_at = '2026-11-23 10:45+01', back_at = '2026-11-23 10:45+01'", ours)
        case .changeKind:
            try change("kind = 'open'", ours)
        case .ownOver:
            try create(phone, "09:20", "09:40")
        case .ownBeside:
            try create(phone, "10:00", "11:00")
        }
    }

    private func change(_ columns: String, _ ours: String) throws {
        try connection.command(
            """
            update switchboard.absences
            set \(columns), set_by = 'anna', set_at = '2026-11-23 09:05+01' where \(ours)
            """
        )
    }

    private func create(_ phone: String, _ start: String, _ end: String) throws {
        try connection.command(
            """
            insert into switchboard.absences (
                customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
                ends_at, back_at, origin, set_by, set_at
            )
            values (
                'prov', gen_random_uuid(), '\(phone)', 'open', 'errand', 'errand',
                '2026-11-23 \(start)+01', '2026-11-23 \(end)+01', '2026-11-23 \(end)+01',
                'person', 'anna', '2026-11-23 09:05+01'
            )
            """
        )
    }
}
