public import Foundation

/// What is to be done to the telephone side, as a value: sorted, judged and printable before
/// anything happens.
///
/// | placed | wanted | change |
/// |---|---|---|
/// | – | yes | create |
/// | yes | another | update |
/// | not known | the same | update |
/// | yes | – | withdraw |
/// | changed by hand | any | held back |
public struct Plan: Hashable, Sendable {
    /// What is to be carried out, by user, within a user in the order in which it must happen.
    public private(set) var changes: [Change]
    /// What a person's hand edit keeps from happening, with the hold's cause.
    public private(set) var held: [HeldChange]
    /// What stands as it should, with other bookings behind it: to be remembered, not done.
    public private(set) var adoptions: [Difference] = []
    /// Why the limits keep some users back, where they do.
    public private(set) var refusal: PlanRefusal?
    /// The instant that the plan takes for now.
    public let asOf: Date

    public struct HeldChange: Hashable, Sendable {
        public var change: Change
        public var because: String

        public init(change: Change, because: String) {
            self.change = change
            self.because = because
        }
    }

    /// A plan that was made before.
    public init(changes: [Change], held: [HeldChange], asOf: Date) {
        self.changes = changes
        self.held = held
        self.asOf = asOf
    }

    /// Plans the changes that make the telephony side show what is wanted at `asOf`.
    ///
    /// Of no user does it depend on another: a large plan is made of parts, users whole.
    ///
    /// - Parameter mintKey: gives the key of each new absence.
    public init(for differences: [Difference], asOf: Date, mintKey: () -> UUID) {
        var changes: [Change] = []
        var held: [HeldChange] = []
        for difference in differences.sorted(by: Plan.precedes) {
            let action: Change.Action
            switch (difference.before, difference.after) {
            case (nil, nil): continue
            case (let before?, let after?) where before == after && !difference.isUnconfirmed:
                adoptions.append(difference)
                continue
            case (nil, let after?): action = .create(after)
            case (let before?, nil): action = .withdraw(before)
            case (let before?, let after?): action = .update(from: before, to: after)
            }
            let change = Change(
                key: difference.key ?? mintKey(),
                user: difference.user,
                userKey: difference.userKey,
                action: action,
                // The version that was told last may not be the one that stands.
                versionTag: difference.isUnconfirmed ? nil : difference.versionTag,
                bookingKeys: difference.bookingKeys,
                bookingMarks: difference.bookingMarks,
                isForPerson: difference.isForPerson,
                losses: difference.losses,
                isDue: difference.isDue,
                isUnconfirmed: difference.isUnconfirmed
            )
            if let hold = difference.hold {
                held.append(HeldChange(change: change, because: hold))
            } else {
                changes.append(change)
            }
        }
        self.changes = changes.inOrder
        self.held = held.sorted { Change.precedes($0.change, $1.change) }
        self.asOf = asOf
    }

    /// Holds back the users concerned, whole, where the plan goes beyond the limits; the others
    /// go on.
    ///
    /// - Parameter approved: the fingerprints of changes that a person let through.
    public mutating func check(
        against limits: SafetyLimits,
        day: GuardedDay,
        approved: Set<String> = []
    ) {
        var guards = PlanGuard(limits, approved: approved, asOf: asOf)
        guards.look(at: changes)
        if let refusal = guards.refusal(against: { day }, { look in look(changes) }) {
            holdBack(refusal)
        }
    }

    /// Holds back the users whom a refusal concerns.
    public mutating func holdBack(_ refusal: PlanRefusal) {
        held += changes.filter { refusal.users.contains($0.user) }
            .map { HeldChange(change: $0, because: "limits") }
        changes.removeAll { refusal.users.contains($0.user) }
        self.refusal = refusal
    }

    /// Goes on with the plan of users that come after its own, as far as it shall hold that much.
    public mutating func append(_ part: Plan, upTo count: Int) {
        changes += part.changes.prefix(max(0, count - changes.count))
        held += part.held.prefix(max(0, count - held.count))
        adoptions += part.adoptions.prefix(max(0, count - adoptions.count))
    }

    /// The plan with some of its changes alone, to be shown as examples.
    public func showing(only keys: Set<UUID>) -> Plan {
        var part = self
        part.changes = changes.filter { keys.contains($0.key) }
        return part
    }

    /// The bookings behind what closes a phone, each once.
    public var closingBookings: [String] {
        let closing = (changes + held.map(\.change)).filter { $0.after?.kind == .direct }
        return Set(closing.flatMap(\.bookingKeys)).sorted()
    }

    /// Says of each withdrawal why it is one.
    ///
    /// - Parameter cause: of the absence with a key; what makes way for a person needs none.
    public mutating func explainWithdrawals(_ cause: (UUID) -> String?) {
        func explain(_ change: inout Change) {
            guard change.after == nil else { return }
            change.withdrawnBecause = change.isForPerson ? "for_person" : cause(change.key)
        }
        for index in changes.indices { explain(&changes[index]) }
        for index in held.indices { explain(&held[index].change) }
    }

    /// Whether nothing is to be done and nothing is held back.
    public var isEmpty: Bool { changes.isEmpty && held.isEmpty }

    /// The order in which keys are minted: that of users and starts, whatever the database's.
    private static func precedes(_ left: Difference, _ right: Difference) -> Bool {
        if left.user != right.user { return left.user < right.user }
        let leftStart = (left.before ?? left.after)?.startsAt ?? .distantPast
        let rightStart = (right.before ?? right.after)?.startsAt ?? .distantPast
        if leftStart != rightStart { return leftStart < rightStart }
        return (left.key?.uuidString ?? "") < (right.key?.uuidString ?? "")
    }
}

extension [Change] {
    /// By user, within a user in the order in which they must happen: withdraw, shrink, move, create.
    public var inOrder: [Change] { sorted(by: Change.precedes) }
}

extension Change {
    fileprivate static func precedes(_ left: Change, _ right: Change) -> Bool {
        if left.user != right.user { return left.user < right.user }
        if left.rank != right.rank { return left.rank < right.rank }
        let leftStart = (left.before ?? left.after)?.startsAt ?? .distantPast
        let rightStart = (right.before ?? right.after)?.startsAt ?? .distantPast
        if leftStart != rightStart { return leftStart < rightStart }
        return left.key.uuidString < right.key.uuidString
    }
}

/// Why the limits kept users back, in figures.
public struct PlanRefusal: Hashable, Sendable, CustomStringConvertible {
    public var reasons: [String]
    /// The changes that an approval must name, sorted; their digest is what a person types.
    public var fingerprints: [String]
    public var users: Set<UserID>

    public var userCount: Int { users.count }

    public var description: String {
        reasons.joined(separator: "; ")
    }
}
