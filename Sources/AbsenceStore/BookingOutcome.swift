public import AbsenceModel
public import Foundation

/// What became of one booking.
public struct BookingOutcome: Hashable, Sendable {
    public var user: UserID
    public var bookingKey: String
    /// The mark of its version.
    public var mark: String
    /// Since when the calendar has held it so, as far as loads have told.
    public var since: Date
    public var startsAt: Date
    public var endsAt: Date
    public var showAs: String?
    /// The code in its subject; empty for a bare sign.
    public var code: String?
    /// The version of the rules that it was judged by.
    public var ruleSetVersion: Int
    public var reason: String?
    public var kind: Kind?
    /// What decided: choice, code, user, administrator or template; nil where nothing did.
    public var decidedBy: String?
    /// Whether a diversion became information for want of the service (domain P-2).
    public var isWeakened: Bool
    /// The other bookings of the same absence.
    public var mergedWith: [String]
    /// Stronger bookings that take some of its time, or all.
    public var suppressedBy: [String]
    /// Why it gave nothing; nil where it stands behind an absence.
    public var because: String?
}

/// Time of a booking that a stronger one takes.
public struct Suppression: Hashable, Sendable {
    public var bookingKey: String
    public var by: String
    public var startsAt: Date
    public var endsAt: Date
}

/// What was wanted for a user at an instant, what was believed to stand of ours, and what was seen
/// on the telephone side: what ran then, as it was known then.
public struct UserState: Hashable, Sendable {
    public var wanted: [StoodAbsence]
    public var placed: [StoodAbsence]
    /// By the last read-back up to the instant, whoever made it.
    public var shown: [StoodAbsence]

    /// What counted for a call, as far as was known: people's own first, then ours.
    public var stood: [StoodAbsence] { shown.filter { $0.origin != "calendar" } + placed }
}

/// An absence that was wanted, placed or shown.
public struct StoodAbsence: Hashable, Sendable {
    /// calendar, person or attendant.
    public var origin: String
    public var phone: String
    public var kind: Kind
    public var reason: String
    public var announcedReason: String
    public var startsAt: Date
    public var endsAt: Date
    public var backAt: Date
    public var target: String?
    public var bookingKeys: [String]
    public var bookingMarks: [String]
    /// What of it the telephone system cannot express, by name.
    public var losses: [String]
    /// The run that planned what was placed.
    public var run: Int64?
    public var plannedAt: Date?
    /// When the telephone side acknowledged it; of a person's own, when it was set.
    public var acknowledgedAt: Date?
    /// Who set it, where a person did and the telephone side tells.
    public var setBy: String?
}
