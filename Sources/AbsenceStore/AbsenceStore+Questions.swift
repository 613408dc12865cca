public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// What became of each booking of a user, and why nothing did.
    public func outcomes(
        of user: UserID,
        customer: Customer,
        asOf instant: Date
    ) throws -> [BookingOutcome] {
        try connection.run(OutcomesWithin(customer: customer.id, asOf: instant, users: [user]))
    }

    /// What was wanted, placed and shown for a user at an instant, each as it was known then; of
    /// an instant ahead, as it is known now. Sick leave is not told.
    public func state(of user: UserID, customer: Customer, at instant: Date) throws -> UserState {
        let rows = try connection.run(StateAt(customer: customer.id, user: user, at: instant))
        let absences = Dictionary(grouping: rows, by: \.state).mapValues { $0.map(\.absence) }
        return UserState(
            wanted: absences["wanted"] ?? [],
            placed: absences["placed"] ?? [],
            shown: absences["shown"] ?? []
        )
    }

    /// What of a user's bookings has to make way for what.
    public func suppressions(of user: UserID, customer: Customer) throws -> [Suppression] {
        try connection.run(Suppressions(customer: customer.id, user: user))
    }

    /// Of coded bookings, how many phones each closes (domain S2-18).
    public func closedPhones(by bookings: [String], of customer: Customer) throws
        -> [String: Int]
    {
        guard !bookings.isEmpty else { return [:] }
        return Dictionary(
            try connection.run(CodedMeetings(customer: customer.id, bookings: bookings)),
            uniquingKeysWith: max
        )
    }

    /// Why what is wanted for a user at an instant is not placed, where the telephone system cannot
    /// express it; nil where it can, or nothing is wanted.
    public func withheld(of user: UserID, customer: Customer, at instant: Date) throws -> String? {
        try connection.run(
            WithheldAt(customer: customer.id, at: instant, users: [user])
        ).first
    }

    /// Absences of ours that are placed for anybody, by start.
    public func placedAbsences(of customer: Customer, endingAfter instant: Date) throws
        -> [PhoneAbsence]
    {
        try connection.run(AbsencesAhead(customer: customer.id, after: instant))
    }

    /// What a person deleted or changed by hand and stays so (domain P-4).
    public func standingHolds(of user: UserID, customer: Customer) throws -> [StandingHold] {
        try connection.run(StandingHolds(customer: customer.id, user: user))
    }

    /// The newest changes of a user's absences that overlap an instant, newest last.
    public func history(
        of user: UserID,
        customer: Customer,
        at instant: Date
    ) throws -> [ChangeRecord] {
        try connection.run(ChangesAt(customer: customer.id, user: user, at: instant))
    }

    /// The labels of reasons in a language: sv, no or en.
    public func labels(of customer: Customer, language: String) throws -> [String: String] {
        let rows = try connection.run(ReasonLabels(customer: customer.id, language: language))
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// The server's own clock, to compare with this machine's.
    public func serverTime() throws -> Date? {
        try connection.run(ServerTime()).first
    }

    /// Whether the session keeps what it is told: a transaction pooler would not.
    public func isPooled() throws -> Bool {
        let pids = try [connection.run(BackendPID()).first, connection.run(BackendPID()).first]
        return pids[0] != pids[1]
    }
}

/// An absence on the telephone side.
public struct PhoneAbsence: Hashable, Sendable {
    public var userKey: String
    public var name: String
    public var phone: String
    public var startsAt: Date
    public var endsAt: Date
    public var kind: Kind
    public var reason: String
    public var backAt: Date
    public var shownText: String?
    /// calendar, person or attendant.
    public var origin: String
    public var bookingKeys: [String]
    public var acknowledgedAt: Date?
}

/// A change as it was written down.
public struct ChangeRecord: Hashable, Sendable {
    public var run: Int64
    public var plannedAt: Date
    public var action: String
    public var heldBecause: String?
    public var withdrawnBecause: String?
    public var outcome: String?
    public var endedAt: Date?
}

/// What a person deleted or changed by hand, until the bookings behind it change.
public struct StandingHold: Hashable, Sendable {
    /// deleted_by_hand or changed_by_hand.
    public var cause: String
    public var startsAt: Date
    public var endsAt: Date
    /// When it was found.
    public var heldFrom: Date
    /// Who did it, where the telephone side tells.
    public var setBy: String?
    /// When, where the telephone side tells.
    public var setAt: Date?
}
