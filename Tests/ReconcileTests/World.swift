import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Settings
import Synchronization
import Telephony
import Testing
import TestSupport

/// A customer with its database, calendars and telephone side, and a clock that the test sets.
///
/// The passes, the store and the exchange are the real ones, the exchange `table` unless another
/// is given; the calendars are in memory, and between the pass and the exchange a test may stand.
final class World {
    let database: TestDatabase
    /// For looking, and for doing what people do by hand.
    let connection: Connection
    let store: AbsenceStore
    let exchange: WatchedExchange
    let calendars = FakeCalendars()
    let clock: Clock
    private(set) var customer: Customer
    private(set) var events: [PassEvent] = []

    /// What `kalenderkoppling` is told in files.
    struct Setting {
        /// Users by key; the first has the extension 101.
        var users = ["anna", "bo", "carin"]
        var system = "one-x"
        /// Rules beside the table that makes busy open and out of office direct.
        var rules = ""
        var limits = ""

        /// Lets everything through.
        static let noLimits = "withdrawn_share: 1, withdrawn_count: 100000, newly_direct_share: 1"

        /// What is shown as busy gives.
        var busy: String
        /// For systems other than One X, whose template has none.
        var mergeGap: String

        init(
            _ users: String = "anna bo carin",
            system: String = "one-x",
            rules: String = "",
            limits: String = "",
            busy: String = "{ reason: meeting, kind: open }",
            mergeGap: String = "5m"
        ) {
            self.users = users.split(separator: " ").map(String.init)
            self.system = system
            self.rules = rules
            self.limits = limits
            self.busy = busy
            self.mergeGap = mergeGap
        }

        var customerFile: String {
            """
            customer: prov
            name: Prov AB
            system: \(system)
            timezone: Europe/Stockholm
            rules: { \(rules.isEmpty ? "" : rules + ", ")\
            \(system == "one-x" ? table : "merge_gap: \(mergeGap)") }
            calendars: [{ name: fake, kind: ics, folder: /nowhere }]
            limits: { \(limits) }
            """
        }

        private var table: String {
            "show_as: { busy: \(busy), out_of_office: { reason: away, kind: direct } }"
        }

        var roster: String {
            "key,name,extension,calendar,services\n"
                + users.enumerated().map { number, key in
                    "\(key),\(key.capitalized),\(101 + number),fake:\(key),calendar diversion\n"
                }
                .joined()
        }
    }

    /// Makes a world's exchange.
    typealias ExchangeMaker = (TestDatabase, Clock) throws -> any TelephonyExchange

    /// The exchange `table`, over the world's own database.
    static func table(_ database: TestDatabase, _: Clock? = nil) throws -> any TelephonyExchange {
        TableExchange(
            customerKey: "prov",
            connection: try database.connect(applicationName: "exchange")
        )
    }

    private init(
        _ setting: Setting,
        from start: Date,
        database: TestDatabase,
        exchange: ExchangeMaker
    ) throws {
        self.database = database
        clock = Clock(start)
        connection = try database.connect()
        store = AbsenceStore(try database.connect(applicationName: "store")) {
            try database.connect(applicationName: "reader")
        }
        self.exchange = WatchedExchange(try exchange(database, clock))
        let file = try CustomerFile(Data(setting.customerFile.utf8), file: "customer.yaml")
        _ = try store.apply(file, by: "test", at: clock.tick())
        customer = try store.customer("prov")
        try enroll(setting.roster)
    }

    /// Runs `body` in a world of its own, at seven on Monday 23 November 2026 unless another
    /// instant is given.
    static func run(
        _ setting: Setting = Setting(),
        from start: Date = at(7),
        exchange: ExchangeMaker = World.table,
        _ body: (World) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            try await body(
                try World(setting, from: start, database: database, exchange: exchange)
            )
        }
    }

    /// Takes a roster in: rows under `key,name,extension,calendar,services`.
    func enroll(_ roster: String) throws {
        let file = try RosterFile(
            Data(roster.utf8),
            file: "roster.csv",
            sources: ["fake"],
            timeZone: TimeZone(identifier: "Europe/Stockholm")!,
            language: .swedish
        )
        _ = try store.apply(file, to: customer, by: "test", at: clock.tick())
    }

    /// Takes the customer's file in again.
    func apply(_ setting: Setting) throws {
        let file = try CustomerFile(Data(setting.customerFile.utf8), file: "customer.yaml")
        _ = try store.apply(file, by: "test", at: clock.tick())
    }

    // MARK: Calendars

    /// Writes a booking into a user's calendar, between two instants.
    func book(
        _ key: String,
        of user: String,
        _ start: Date,
        _ end: Date,
        _ showAs: Booking.ShowAs = .busy,
        sensitivity: Booking.Sensitivity = .normal,
        subject: String? = nil,
        calendar: String? = nil
    ) {
        calendars.put(
            Booking(
                key: key,
                resource: key,
                time: .timed(start: start, end: end),
                showAs: showAs,
                sensitivity: sensitivity,
                subject: subject
            ),
            in: calendar ?? user
        )
    }

    // MARK: Runs

    @discardableResult
    func load(
        isFull: Bool = false,
        _ change: (inout LoadPass) -> Void = { _ in }
    ) async throws -> LoadTally {
        try await holding(.load(source: "fake")) { lease in
            var pass = LoadPass(
                store: store,
                source: calendars,
                sourceName: "fake",
                isFull: isFull,
                now: clock.tick,
                report: { self.events.append($0) }
            )
            change(&pass)
            return try await pass.run(lease)
        }
    }

    @discardableResult
    func reconcile(
        _ scope: RunScope = .touched,
        mode: RunMode = .apply,
        approve digest: String? = nil
    ) async throws -> RunReport {
        try await holding(.reconcile) { lease in
            try await pass.run(
                lease,
                mode: mode,
                scope: scope,
                approval: digest.map { Approval(digest: $0, by: "a person") }
            )
        }
    }

    /// The pass as `reconcile` would be made of.
    var pass: ReconcilePass<WatchedExchange> {
        ReconcilePass(
            store: store,
            exchange: exchange,
            now: clock.tick,
            report: { self.events.append($0) }
        )
    }

    @discardableResult
    func readBack() async throws -> ReadBackTally {
        try #require(try await readBackIfReadable())
    }

    /// - Returns: nil where the telephone system cannot be read.
    @discardableResult
    func readBackIfReadable() async throws -> ReadBackTally? {
        try await holding(.reconcile) { lease in
            try await ReadBackPass(store: store, exchange: exchange, now: clock.tick).run(lease)
        }
    }

    /// What `jobs/minutely` does.
    @discardableResult
    func minutely() async throws -> RunReport {
        _ = try await load()
        return try await reconcile()
    }

    /// What `jobs/nightly` does, without forgetting anything.
    @discardableResult
    func nightly() async throws -> RunReport {
        _ = try await load(isFull: true)
        _ = try await readBackIfReadable()
        return try await reconcile(.everybody)
    }

    func holding<R>(_ work: Work, _ body: (Lease) async throws -> R) async throws -> R {
        let lease = try store.takeLease(on: work, of: customer, by: "test", at: clock.tick())
        guard let lease else { throw Taken() }
        do {
            let result = try await body(lease)
            try store.give(back: lease)
            return result
        } catch {
            try? store.give(back: lease)
            throw error
        }
    }

    /// Somebody else has the work.
    struct Taken: Error {}

    func takeEvents() -> [PassEvent] {
        defer { events = [] }
        return events
    }
}

/// The only clock: what it says moves on by a hundredth of a second at each look.
final class Clock: Sendable {
    private let instant: Mutex<Date>

    init(_ now: Date) {
        instant = Mutex(now)
    }

    var now: Date {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }

    @Sendable func tick() -> Date {
        instant.withLock { instant in
            instant.addTimeInterval(0.01)
            return instant
        }
    }
}

/// An instant on the wall in Stockholm: of Monday 23 November 2026, or so many days later.
func at(_ hour: Int, _ minute: Int = 0, day: Int = 0) -> Date {
    // 2026-11-23 00:00 there; no clock changes until the end of March.
    let midnight = Date(timeIntervalSince1970: 1_795_388_400)
    return midnight.addingTimeInterval(Double(day * 86400 + hour * 3600 + minute * 60))
}
