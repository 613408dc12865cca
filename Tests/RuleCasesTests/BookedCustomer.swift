import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Settings
import Testing
import TestSupport

/// A customer in a real database with users, who have one calendar each.
struct BookedCustomer {
    let customer: Customer
    let store: AbsenceStore
    /// For looking.
    let connection: Connection
    private let calendars: [String: CalendarName]

    /// What is told in files.
    struct Setting {
        var key = "prov"
        var system: PhoneSystem
        /// As in a customer file, in braces.
        var rules = "{}"
        /// Keys of users, in order.
        var users = ["anna"]
        /// Of every user, as in a preferences file, in braces.
        var preferences = "{}"

        fileprivate var customerFile: String {
            """
            customer: \(key)
            name: Prov AB
            system: \(system.rawValue)
            timezone: Europe/Stockholm
            rules: \(rules)
            calendars: [{ name: fake, kind: ics, folder: /nowhere }]
            """
        }

        fileprivate var roster: String {
            "key,name,extension,calendar,services\n"
                + users.enumerated().map { number, user in
                    "\(user),\(user),\(1001 + number),fake:\(user),calendar diversion\n"
                }
                .joined()
        }

        fileprivate var preferencesFile: String {
            users.map { "\($0): \(preferences)\n" }.joined()
        }
    }

    init(_ setting: Setting, in database: TestDatabase, at instant: Date) throws {
        connection = try database.connect()
        store = AbsenceStore(try database.connect(applicationName: "store"))
        let file = try CustomerFile(Data(setting.customerFile.utf8), file: "customer.yaml")
        _ = try store.apply(file, by: "test", at: instant)
        customer = try store.customer(setting.key)
        let roster = try RosterFile(
            Data(setting.roster.utf8),
            file: "roster.csv",
            sources: ["fake"],
            timeZone: try #require(TimeZone(identifier: "Europe/Stockholm")),
            language: .swedish
        )
        _ = try store.apply(roster, to: customer, by: "test", at: instant)
        let preferences = try PreferencesFile(
            Data(setting.preferencesFile.utf8),
            file: "preferences.yaml"
        )
        _ = try store.apply(preferences, to: customer, by: "test", at: instant)
        calendars = Dictionary(
            try store.calendarsToLoad(of: customer, source: "fake").map {
                ($0.userKey, CalendarName(user: $0.user, calendarID: $0.calendarID))
            }
        ) { first, _ in first }
    }

    /// Where a user's bookings stand.
    func calendar(of user: String) throws -> CalendarName {
        try #require(calendars[user])
    }

    /// Loads bookings, in this order; others that stand are left as they are.
    @discardableResult
    func load(_ bookings: [(user: String, booking: Booking)], at instant: Date) throws -> LoadTally
    {
        let days = 400.0 * 86_400
        let window = instant.addingTimeInterval(-days)..<instant.addingTimeInterval(days)
        let lease = try #require(
            try store.takeLease(on: .load(source: "fake"), of: customer, by: "test", at: instant)
        )
        defer { try? store.give(back: lease) }
        _ = try store.openLoad(lease, source: "fake", isFull: false, window: window, at: instant)
        let byUser = Dictionary(grouping: bookings, by: \.user)
        let batch = LoadBatch(
            calendars: try byUser.map { user, bookings in
                LoadedCalendar(
                    name: try calendar(of: user),
                    userKey: user,
                    bookings: bookings.map(\.booking),
                    coverage: bookings.map { .init(name: $0.booking.resource, isPrefix: false) },
                    resources: [:],
                    quarantine: [],
                    generation: 0,
                    cursor: nil,
                    byteCount: 0,
                    failures: []
                )
            }
        )
        let tally = try store.takeIn(
            batch,
            of: lease,
            window: window,
            startedAt: instant,
            at: instant
        )
        try store.endLoad(lease, startedAt: instant, traffic: LoadTraffic(), at: instant)
        return tally
    }

    /// The rows of a question about this customer at an instant; `$customer` and `$instant` in
    /// `sql` stand for the two.
    func ask(_ sql: String, at instant: Date) throws -> [[String]] {
        try connection.ask(
            sql.replacing("$customer", with: "\(customer.id.rawValue)")
                .replacing("$instant", with: "'\(instant.formatted(.iso8601))'::timestamptz")
        )
    }
}
