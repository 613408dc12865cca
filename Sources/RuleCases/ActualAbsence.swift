public import AbsenceModel
public import Foundation

/// An absence that the rules gave.
public struct ActualAbsence: Equatable, Sendable {
    /// The user's id in the rule case.
    public var user: String
    public var reason: Reason
    public var kind: Kind
    public var start: Date
    public var end: Date
    /// The ids of the bookings behind it, the first one first.
    public var bookings: [String]
    /// What colleagues see, or nil.
    public var text: String?
    /// The return that callers hear.
    public var backAt: Date
    /// The reason that callers hear.
    public var announcedReason: Reason
    public var target: Absence.Target

    public init(
        user: String,
        reason: Reason,
        kind: Kind,
        start: Date,
        end: Date,
        bookings: [String],
        text: String?,
        backAt: Date,
        announcedReason: Reason,
        target: Absence.Target
    ) {
        self.user = user
        self.reason = reason
        self.kind = kind
        self.start = start
        self.end = end
        self.bookings = bookings
        self.text = text
        self.backAt = backAt
        self.announcedReason = announcedReason
        self.target = target
    }
}
