public import AbsenceModel
public import Foundation

/// What a run is for. Only for the record: a dry run is the same code up to the carrying out.
public enum RunMode: String, Sendable {
    case dryRun = "dry_run"
    case apply
    case withdraw
}

/// Whom a run looks at.
public enum RunScope: String, Sendable {
    case everybody, touched
}

/// A mark on a user, as it was seen: `calendar.touched`.
public struct TouchMark: Hashable, Sendable {
    public var user: UserID
    public var cause: String
    /// How often it was made; a mark made again since stays. Nil where nobody else makes it.
    public var times: Int?
    /// When it was first made.
    public var since: Date

    /// The mark of who has something planned, which the run that planned it takes away.
    public static func planned(_ user: UserID, at instant: Date) -> TouchMark {
        TouchMark(user: user, cause: "planned", times: nil, since: instant)
    }
}

/// A run whose plan is written down, and how.
public struct PlannedRun: Sendable {
    public var lease: Lease
    public var mode: RunMode
    public var scope: RunScope
    /// When it began, which it takes for now.
    public var asOf: Date
    /// The fingerprints of what a person let through; nil where all of it is asked for by name.
    public var approved: Set<String>?

    public init(
        _ lease: Lease,
        mode: RunMode,
        scope: RunScope,
        asOf: Date,
        approved: Set<String>?
    ) {
        self.lease = lease
        self.mode = mode
        self.scope = scope
        self.asOf = asOf
        self.approved = approved
    }

    func isApproved(_ change: Change) -> Bool {
        guard let approved else { return true }
        return !approved.isEmpty && approved.contains(change.fingerprint)
    }
}

/// A change as it is written down, and why it is held back, where it is.
public struct PlannedChange: Hashable, Sendable {
    public var change: Change
    public var heldBecause: String?
}

/// A change as it stands written, and what came of it.
public struct WrittenChange: Sendable {
    public var change: Change
    public var heldBecause: String?
    /// A value of `audit.outcome`; nil where it is unknown, or was held back.
    public var outcome: String?
    public var failure: String?
}

/// What came of one change, as it is written down. An unknown outcome is not written.
public struct RecordedOutcome: Hashable, Sendable {
    public var user: UserID
    public var key: UUID
    /// A value of `audit.outcome`.
    public var outcome: String
    public var version: String?
    public var failure: String?

    public init(
        of change: Change,
        _ outcome: String,
        version: String? = nil,
        failure: String? = nil
    ) {
        user = change.user
        key = change.key
        self.outcome = outcome
        self.version = version
        self.failure = failure
    }
}

/// A user's extension, and what announcements need.
public struct PhoneOfUser: Hashable, Sendable {
    public var user: UserID
    public var phone: String
    public var name: String
    public var language: String
    /// An IANA name.
    public var timeZone: String
}

/// Changes that the limits refused, as a person may let them through.
public struct RefusedSet: Hashable, Sendable {
    public var digest: String
    /// Their fingerprints, sorted.
    public var changes: [String]
}
