public import AbsenceModel

/// What a load brought of some calendars: taken in in one transaction, or not at all.
public struct LoadBatch: Sendable {
    public var calendars: [LoadedCalendar]
    public var failures: [FailedCalendar]

    public init(calendars: [LoadedCalendar] = [], failures: [FailedCalendar] = []) {
        self.calendars = calendars
        self.failures = failures
    }

    /// How many calendars it tells of.
    public var count: Int { calendars.count + failures.count }
    public var isEmpty: Bool { count == 0 }
    public var bookingCount: Int { calendars.reduce(0) { $0 + $1.bookings.count } }
}

/// One calendar that answered.
public struct LoadedCalendar: Sendable {
    public var name: CalendarName
    /// The user's key in the roster, for people.
    public var userKey: String
    public var bookings: [Booking]
    public var coverage: [Scope]
    /// The version marks of those whose booking does not tell it.
    public var resources: [String: String]
    public var quarantine: [QuarantinedBooking]
    /// Of the calendar, when this load began.
    public var generation: Int64
    public var cursor: String?
    public var byteCount: Int
    /// Parts of it that failed, in a sentence each.
    public var failures: [String]

    public init(
        name: CalendarName,
        userKey: String,
        bookings: [Booking],
        coverage: [Scope],
        resources: [String: String],
        quarantine: [QuarantinedBooking],
        generation: Int64,
        cursor: String?,
        byteCount: Int,
        failures: [String]
    ) {
        self.name = name
        self.userKey = userKey
        self.bookings = bookings
        self.coverage = coverage
        self.resources = resources
        self.quarantine = quarantine
        self.generation = generation
        self.cursor = cursor
        self.byteCount = byteCount
        self.failures = failures
    }

    /// A part of the calendar that was told whole: all resources whose name begins so, or one.
    public struct Scope: Hashable, Sendable {
        public var name: String
        public var isPrefix: Bool

        public init(name: String, isPrefix: Bool) {
            self.name = name
            self.isPrefix = isPrefix
        }
    }
}

/// What could not be read, or not with its whole meaning.
public struct QuarantinedBooking: Hashable, Sendable {
    public var resource: String
    public var key: String?
    public var reason: String
    public var isDegraded: Bool

    public init(resource: String, key: String?, reason: String, isDegraded: Bool) {
        self.resource = resource
        self.key = key
        self.reason = reason
        self.isDegraded = isDegraded
    }
}

/// One calendar that did not answer.
public struct FailedCalendar: Hashable, Sendable {
    public var name: CalendarName
    public var userKey: String
    public var failure: String

    public init(name: CalendarName, userKey: String, failure: String) {
        self.name = name
        self.userKey = userKey
        self.failure = failure
    }
}

/// What came of a load, in numbers.
public struct LoadTally: Hashable, Sendable {
    public var calendars = 0
    public var failed = 0
    public var bookings = 0
    public var added = 0
    public var changed = 0
    public var vanished = 0
    public var broken = 0
    public var bytes = 0

    public init() {}

    public static func += (left: inout LoadTally, right: LoadTally) {
        left.calendars += right.calendars
        left.failed += right.failed
        left.bookings += right.bookings
        left.added += right.added
        left.changed += right.changed
        left.vanished += right.vanished
        left.broken += right.broken
        left.bytes += right.bytes
    }
}

/// What a load asked of its source, in numbers.
public struct LoadTraffic: Hashable, Sendable {
    public var requests = 0
    /// Requests that were sent again.
    public var retries = 0
    /// How often a request waited, asked to by the server or for its turn.
    public var waits = 0
    /// How long, all waits together.
    public var waitedMilliseconds = 0

    public init() {}
}
