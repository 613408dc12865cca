public import Foundation

/// One change of a plan, to one absence of one user.
public struct Change: Hashable, Sendable {
    /// The absence's key, minted when it was first planned.
    public var key: UUID
    public var user: UserID
    public var userKey: String
    public var action: Action
    public var versionTag: String?
    public var bookingKeys: [String]
    public var bookingMarks: [String]
    /// Whether it makes way for what a person set, and so takes nothing away.
    public var isForPerson: Bool
    /// What of the wanted absence the telephone system cannot express, by name.
    public var losses: [String]
    /// Whether it has long been wanted, and only its time has come: it closes no phone newly.
    public var isDue: Bool
    /// Whether nobody knows if what was there before stands: it is put, whatever stands there.
    public var isUnconfirmed: Bool
    /// Why it is withdrawn (`audit.changes.withdrawn_because`); nil for what is not.
    public var withdrawnBecause: String?

    public enum Action: Hashable, Sendable {
        case create(Absence)
        case update(from: Absence, to: Absence)
        case withdraw(Absence)
    }

    public init(
        key: UUID,
        user: UserID,
        userKey: String,
        action: Action,
        versionTag: String? = nil,
        bookingKeys: [String] = [],
        bookingMarks: [String] = [],
        isForPerson: Bool = false,
        losses: [String] = [],
        isDue: Bool = false,
        isUnconfirmed: Bool = false
    ) {
        self.key = key
        self.user = user
        self.userKey = userKey
        self.action = action
        self.versionTag = versionTag
        self.bookingKeys = bookingKeys
        self.bookingMarks = bookingMarks
        self.isForPerson = isForPerson
        self.losses = losses
        self.isDue = isDue
        self.isUnconfirmed = isUnconfirmed
    }

    public var before: Absence? {
        switch action {
        case .create: nil
        case .update(let before, _), .withdraw(let before): before
        }
    }

    public var after: Absence? {
        switch action {
        case .create(let after), .update(_, let after): after
        case .withdraw: nil
        }
    }

    /// The word for it in `audit.changes`.
    public var actionName: String {
        switch action {
        case .create: "create"
        case .update: "update"
        case .withdraw: "withdraw"
        }
    }

    /// The word for it to an exchange, where `create` puts an absence whether it stands or not.
    public var orderName: String {
        isUnconfirmed && after != nil ? "create" : actionName
    }

    /// Whether it takes something away at or after `instant`: a withdrawal, a shortening or a
    /// weakening (design principle 6).
    public func takesAway(after instant: Date) -> Bool {
        guard !isForPerson else { return false }
        return switch action {
        case .create:
            false
        case .withdraw(let before):
            before.endsAt > instant
        case .update(let before, let after):
            before.endsAt > instant
                && (after.kind < before.kind
                    || after.timeLeft(from: instant) < before.timeLeft(from: instant))
        }
    }

    /// What an approval names: the change with what it takes and what it leaves.
    ///
    /// The key of a new absence is another in every plan, so there the user stands for it.
    public var fingerprint: String {
        let subject =
            before == nil ? "for \(user.rawValue)" : key.uuidString.lowercased()
        return [actionName, subject, before?.outline, after?.outline]
            .compactMap(\.self)
            .joined(separator: " ")
    }

    /// Within a user: withdraw, shrink, move, create, so that a slot is free before it is taken.
    var rank: Int {
        switch action {
        case .withdraw: 0
        case .update(let before, let after):
            before.startsAt <= after.startsAt && after.endsAt <= before.endsAt ? 1 : 2
        case .create: 3
        }
    }
}

extension Absence {
    func timeLeft(from instant: Date) -> TimeInterval {
        max(0, endsAt.timeIntervalSince(max(startsAt, instant)))
    }

    fileprivate var outline: String {
        "\(Int(startsAt.timeIntervalSince1970))-\(Int(endsAt.timeIntervalSince1970))/\(kind.rawValue)"
    }
}
