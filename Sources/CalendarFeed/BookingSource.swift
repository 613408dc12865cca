public import AbsenceModel
public import Foundation
public import Web

/// A calendar system that bookings are read from.
///
/// One call reads one user's calendar address. It never throws away what it could not read:
/// what is broken is named in ``LoadAnswer/broken``, and what was not covered is left out of
/// ``LoadAnswer/coverage``, so that nothing stored is taken for gone (design principle 5).
public protocol BookingSource: Sendable {
    /// Reads the bookings that overlap `request.window`.
    ///
    /// - Throws: ``RemoteFailure`` where nothing of this calendar could be read. Failures of a
    ///   part are told in the answer.
    func load(_ request: LoadRequest) async throws -> LoadAnswer

    /// How many calendars may be asked at the same time with profit. What a server can bear is
    /// the source's own care.
    var calendarsAtOnce: Int { get }

    /// What was asked and got so far.
    var counts: TrafficCounts.Numbers { get }
}

extension BookingSource {
    public var calendarsAtOnce: Int { 8 }
    public var counts: TrafficCounts.Numbers { TrafficCounts.Numbers() }
}

/// What is to be read.
public struct LoadRequest: Sendable {
    /// Which calendar, in the source's own terms: a folder, a file, a URL, a user name.
    public var address: String
    /// The user's time zone, for floating times (RFC 5545 3.3.5).
    public var timeZone: TimeZone
    /// The user's own mail addresses, lower case, to find the answer among the attendees.
    public var mailAddresses: [String]
    /// Bookings that overlap this are wanted.
    public var window: Range<Date>
    /// Where the last load ended, or nil for a full load.
    public var cursor: String?
    /// The version mark of each resource that is stored; empty for a full load.
    public var knownResources: [String: String]

    public init(
        address: String,
        timeZone: TimeZone,
        mailAddresses: [String] = [],
        window: Range<Date>,
        cursor: String? = nil,
        knownResources: [String: String] = [:]
    ) {
        self.address = address
        self.timeZone = timeZone
        self.mailAddresses = mailAddresses
        self.window = window
        self.cursor = cursor
        self.knownResources = knownResources
    }
}

/// What was read, and of what it is the whole.
public struct LoadAnswer: Sendable {
    public var bookings: [Booking] = []
    /// A stored booking that overlaps the window, lies within this and was not delivered
    /// has vanished from the calendar.
    public var coverage: [Coverage] = []
    /// What could not be read. What is stored of these resources stays as it is.
    public var broken: [BrokenBooking] = []
    /// Parts of the calendar that failed, in a sentence each, without booking text.
    public var failures: [String] = []
    /// Where the next incremental load starts, or nil where only a full load can follow.
    public var cursor: String?
    /// The version marks of the resources read now, but of those whose one booking tells it. What
    /// is covered and has no mark is gone.
    public var resources: [String: String] = [:]
    /// Bytes received, for the log.
    public var byteCount = 0

    public init() {}
}

/// A part of a calendar that an answer tells whole.
public enum Coverage: Hashable, Sendable {
    /// Everything behind the address.
    case everything
    /// All resources whose name begins so: one collection among several.
    case collection(String)
    /// One resource, read or known to be removed.
    case resource(String)
}

/// A resource, or one booking of it, that could not be read.
public struct BrokenBooking: Hashable, Sendable {
    public var resource: String
    /// The booking's key where it could be told; nil means the whole resource.
    public var key: String?
    /// What is wrong, for an administrator; quotes no subject, location or body.
    public var reason: String
    /// True where bookings were delivered all the same, with less than the whole meaning.
    public var isDegraded: Bool

    public init(resource: String, key: String? = nil, reason: String, isDegraded: Bool = false) {
        self.resource = resource
        self.key = key
        self.reason = reason
        self.isDegraded = isDegraded
    }
}
