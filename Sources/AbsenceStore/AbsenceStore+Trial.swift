public import AbsenceModel
public import Foundation
import Postgres
public import Settings

extension AbsenceStore {
    /// What rules would give for some users and bookings, by the same functions and views as
    /// ever, in a transaction that is taken back whole.
    public func trial(
        of system: PhoneSystem,
        rules: RulesDocument,
        users: [TrialUser],
        bookings: [(user: String, booking: Booking)],
        at instant: Date
    ) throws -> TrialResult {
        // Of some users and bookings, answers take far less time than plans. Those are thrown away
        // with the schema of temporary tables, where the transaction is the first to have one.
        try connection.command("create temporary table if not exists trials ()")
        do {
            try transaction {
                try connection.command("set local plan_cache_mode to force_generic_plan")
                let ids = try connection.run(
                    TakeInCustomer(settings: TrialUser.customer, at: instant, by: "trial")
                )
                guard let id = ids.first else { return }
                _ = try connection.run(
                    TakeInRuleSet(
                        customer: id,
                        system: system.rawValue,
                        overrides: rules.json,
                        at: instant,
                        by: "trial"
                    )
                )
                let keys = try takeIn(users, customer: id, at: instant)
                try takeIn(bookings, keys: keys, customer: id, at: instant)
                let names = Dictionary(uniqueKeysWithValues: keys.map { ($1, $0) })
                throw TrialOver(
                    result: TrialResult(
                        absences: try connection.runPrepared(
                            DesiredWithin(customer: id, asOf: instant)
                        )
                        .map { (names[$0.user] ?? "", $0.absence, $0.bookings) },
                        skipped: try connection.runPrepared(
                            OutcomesWithin(customer: id, asOf: instant, users: nil)
                        )
                        .compactMap { row in row.because.map { (row.bookingKey, $0) } }
                    )
                )
            }
        } catch let over as TrialOver {
            return over.result
        }
        throw StoreError(.damagedSettings, "the customer of the trial was not taken in")
    }

    private func takeIn(
        _ users: [TrialUser],
        customer: CustomerID,
        at instant: Date
    ) throws -> [String: UserID] {
        try connection.copyIn(
            StagedRoster(),
            rows: users.enumerated().map { (customer, $0.element.rosterUser(row: $0.offset + 1)) }
        )
        _ = try connection.run(
            TakeInRoster(customer: customer, count: users.count, at: instant, by: "trial")
        )
        var keys: [String: UserID] = [:]
        for user in users {
            guard let id = try connection.run(UserByKey(customer: customer, key: user.id)).first?.id
            else { continue }
            keys[user.id] = id
            _ = try connection.run(
                TakeInPreferences(
                    customer: customer,
                    user: id,
                    settings: user.preferences.json,
                    at: instant,
                    by: "trial"
                )
            )
        }
        return keys
    }

    private func takeIn(
        _ bookings: [(user: String, booking: Booking)],
        keys: [String: UserID],
        customer: CustomerID,
        at instant: Date
    ) throws {
        let stage = Stage(customer: customer, load: 1)
        let rows = bookings.compactMap { row in
            keys[row.user].map { (stage, CalendarName(user: $0, calendarID: 1), row.booking) }
        }
        let count = try connection.copyIn(StagedBookings(), rows: rows)
        _ = try connection.run(TakeIn(customer: customer, load: 1, count: count, at: instant))
    }
}

/// A user of a trial.
public struct TrialUser: Hashable, Sendable {
    public var id: String
    public var timeZone: TimeZone
    public var hasCalendar: Bool
    public var hasDiversion: Bool
    public var preferences: PreferencesDocument

    public init(
        id: String,
        timeZone: TimeZone,
        hasCalendar: Bool,
        hasDiversion: Bool,
        preferences: PreferencesDocument
    ) {
        self.id = id
        self.timeZone = timeZone
        self.hasCalendar = hasCalendar
        self.hasDiversion = hasDiversion
        self.preferences = preferences
    }

    fileprivate func rosterUser(row: Int) -> RosterUser {
        RosterUser(
            row: row,
            line: row,
            key: id,
            name: id,
            extension: String(1000 + row),
            calendars: [CalendarAddress(source: "trial", address: id)],
            timeZone: timeZone,
            language: .swedish,
            mailAddresses: [],
            hasCalendar: hasCalendar,
            hasDiversion: hasDiversion
        )
    }

    /// A customer whose key no customer file can have.
    fileprivate static let customer = """
        {"customer": "TRIAL", "name": "Trial", "timezone": "Europe/Stockholm", "language": "sv",
         "calendars": [], "exchange": {"kind": "table"}, "contract": null,
         "limits": {"withdrawn_share": 1, "withdrawn_share_from": 1, "withdrawn_count": 1,
                    "newly_direct_share": 1, "newly_direct_from": 1, "newly_direct_count": 1}}
        """
}

/// What rules gave in a trial.
public struct TrialResult: Sendable {
    /// Each with the id of its user and the keys of the bookings behind it.
    public var absences: [(user: String, absence: Absence, bookings: [String])]
    /// The bookings that gave nothing, and why.
    public var skipped: [(booking: String, because: String)]
}

/// Ends a trial with its result, and its transaction with nothing.
private struct TrialOver: Error {
    var result: TrialResult
}
