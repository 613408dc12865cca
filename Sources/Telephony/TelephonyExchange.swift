public import AbsenceModel
public import Foundation

/// A telephone system that absences are placed on and read back from (telephony.md part 6).
///
/// Putting and removing may be repeated without harm. An exchange touches only what carries a
/// key of ours.
public protocol TelephonyExchange {
    /// What the system can express, asked of it; what it cannot is rendered to the nearest thing.
    ///
    /// - Throws: ``ExchangeError`` `unreachable` where it does not answer: nothing is planned then.
    func capabilities() async throws -> ExchangeCapabilities

    /// Reads back what stands there, where the system can be read: everything of these extensions
    /// that has not ended at `instant`, whoever made it; of all extensions where none are named.
    ///
    /// - Parameter body: is given the entries, part by part, each of them once.
    /// - Returns: whether this is all there is; only then is what is missing known to be missing.
    /// - Throws: what `body` throws, and where nothing could be read. An answer that may be cut
    ///   short says so.
    func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool

    /// Carries out a batch of whole users and says what came of each change.
    ///
    /// Where one of a user's changes meets a conflict, none that needs its place is carried out.
    ///
    /// - Throws: ``ExchangeError`` where it is certain that nothing was done, and any other
    ///   error where the outcome is unknown and must be observed.
    func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome]

    /// Carries out batches of which no two hold one user, and reports what came of them as the
    /// answers come: of a part of a batch where it goes in parts, of several at once where their
    /// answers come together.
    ///
    /// One after another, unless the exchange does several at once. Where the exchange seems dead
    /// the rest is not asked for. What is thrown by one of the two bodies ends it.
    ///
    /// - Parameter next: gives the next batch to be sent, or nil where there is none.
    func carryOut(
        _ next: () throws -> ChangeBatch?,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws

    /// Forgets absences of ours that ended before `instant`, where the system keeps them.
    func prune(endedBefore instant: Date) async throws
}

extension TelephonyExchange {
    /// Reads back as ``list(extensions:endingAfter:_:)`` does, and holds all of it at once: of few
    /// extensions.
    public func list(
        extensions: [String]?,
        endingAfter instant: Date
    ) async throws -> ReadBack {
        var entries: [ReadBack.Entry] = []
        let isWhole = try await list(extensions: extensions, endingAfter: instant) {
            entries += $0
        }
        return ReadBack(entries: entries, isWhole: isWhole)
    }
}

/// Changes of some users, each user whole, in the order in which they must happen.
public struct ChangeBatch: Sendable {
    /// The run's fencing number: an exchange refuses a batch of an older run (principle 13).
    public var fence: Int64
    /// The instant of the batch.
    public var at: Date
    public var phones: [Phone]
    public var changes: [Change]

    public init(fence: Int64, at: Date, phones: [Phone], changes: [Change]) {
        self.fence = fence
        self.at = at
        self.phones = phones
        self.changes = changes
    }
}

/// An extension and whose it is, as announcements need it.
public struct Phone: Hashable, Encodable, Sendable {
    /// The extension's digits.
    public var number: String
    public var displayName: String
    /// sv, no or en.
    public var language: String
    /// An IANA name.
    public var timeZone: String

    /// The columns of `switchboard.extensions`.
    private enum CodingKeys: String, CodingKey {
        case number = "extension"
        case displayName = "display_name"
        case language
        case timeZone = "time_zone"
    }

    public init(number: String, displayName: String, language: String, timeZone: String) {
        self.number = number
        self.displayName = displayName
        self.language = language
        self.timeZone = timeZone
    }
}

/// What came of one change.
public enum ChangeOutcome: Hashable, Sendable {
    /// It stands now, in this version of the exchange's own.
    case done(version: String?)
    /// It stood so already.
    case unchanged(version: String?)
    /// What stands there is not what was expected: a person was there. Nothing was done.
    case conflict
    /// The exchange will not have it, for this reason. Nothing was done.
    case refused(String)
    /// It may have been done or not: it must be observed before it is tried again.
    case unknown
}

/// An exchange that certainly did nothing.
public struct ExchangeError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        case unreachable, fenced, refused
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

/// What stood on the telephone side, and when it was seen.
public struct ReadBack: Sendable {
    public var entries: [Entry]
    /// Whether this is all there is; only then is what is missing known to be missing.
    public var isWhole: Bool

    public init(entries: [Entry], isWhole: Bool) {
        self.entries = entries
        self.isWhole = isWhole
    }

    /// One absence seen, whoever made it.
    public struct Entry: Hashable, Sendable {
        /// The exchange's own name for it.
        public var entryKey: String
        /// The key of ours that it carries, where it does.
        public var absenceKey: UUID?
        public var absence: Absence
        public var origin: Origin
        public var versionTag: String?
        public var setBy: String?
        public var setAt: Date?

        public init(
            entryKey: String,
            absenceKey: UUID?,
            absence: Absence,
            origin: Origin,
            versionTag: String? = nil,
            setBy: String? = nil,
            setAt: Date? = nil
        ) {
            self.entryKey = entryKey
            self.absenceKey = absenceKey
            self.absence = absence
            self.origin = origin
            self.versionTag = versionTag
            self.setBy = setBy
            self.setAt = setAt
        }
    }

    /// Who made an absence.
    public enum Origin: String, Hashable, Sendable {
        case calendar, person, attendant
    }
}
