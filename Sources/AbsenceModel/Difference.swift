public import Foundation

/// What is wanted for a user beside what was placed: a row of `absence.differences_within`.
public struct Difference: Hashable, Sendable {
    public var user: UserID
    /// The user's key in the roster, for people.
    public var userKey: String
    /// The key of the placed absence; nil where none is placed.
    public var key: UUID?
    /// The exchange's own mark of the version that it acknowledged.
    public var versionTag: String?
    /// What was placed.
    public var before: Absence?
    /// What is wanted.
    public var after: Absence?
    /// The bookings behind it, the deciding one first.
    public var bookingKeys: [String]
    /// Their versions.
    public var bookingMarks: [String]
    /// Whether it makes way for what a person set on the telephone side (design principle 8).
    public var isForPerson: Bool
    /// The hand edit that it is held back for, where there is one (domain P-4).
    public var hold: String?
    /// What of the wanted absence the telephone system cannot express, by name.
    public var losses: [String]
    /// Whether nobody knows if what was placed stands: it is placed once more.
    public var isUnconfirmed: Bool
    /// Whether it has been wanted for a day and only its time has come, on a system that knows no
    /// other time than now.
    public var isDue: Bool

    public init(
        user: UserID,
        userKey: String,
        key: UUID? = nil,
        versionTag: String? = nil,
        before: Absence? = nil,
        after: Absence? = nil,
        bookingKeys: [String] = [],
        bookingMarks: [String] = [],
        isForPerson: Bool = false,
        hold: String? = nil,
        losses: [String] = [],
        isUnconfirmed: Bool = false,
        isDue: Bool = false
    ) {
        self.user = user
        self.userKey = userKey
        self.key = key
        self.versionTag = versionTag
        self.before = before
        self.after = after
        self.bookingKeys = bookingKeys
        self.bookingMarks = bookingMarks
        self.isForPerson = isForPerson
        self.hold = hold
        self.losses = losses
        self.isUnconfirmed = isUnconfirmed
        self.isDue = isDue
    }
}
