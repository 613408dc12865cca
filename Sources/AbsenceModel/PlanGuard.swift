public import Foundation

/// Holds a plan against the limits while it is made, some users at a time (design principle 6).
///
/// Of what has passed by it keeps what takes something away, and how many phones close when.
public struct PlanGuard {
    private let limits: SafetyLimits
    private let approved: Set<String>
    private let asOf: Date
    private var taking: [Change] = []
    private var closing = ClosingPhones()

    /// - Parameter approved: the fingerprints of changes that a person let through.
    public init(
        _ limits: SafetyLimits,
        approved: Set<String>,
        asOf: Date
    ) {
        self.limits = limits
        self.approved = approved
        self.asOf = asOf
    }

    /// Looks at the changes of some users, each of them whole.
    public mutating func look(at changes: [Change]) {
        let candidates = unapproved(changes)
        taking += candidates.filter { $0.takesAway(after: asOf) }
        closing.add(candidates.filter { !$0.isDue }, asOf: asOf)
    }

    /// What the limits hold back of all that was looked at; nil where nothing.
    ///
    /// - Parameters:
    ///   - day: what they are held against; only asked for where something is to be held.
    ///   - again: gives all changes once more, where too many phones would close and it is to be
    ///     found whose they are.
    public func refusal(
        against day: () throws -> GuardedDay,
        _ again: (_ look: @escaping ([Change]) -> Void) throws -> Void
    ) rethrows -> PlanRefusal? {
        guard !taking.isEmpty || !closing.isEmpty else { return nil }
        let day = try day()
        let withdrawals = Withdrawals(in: taking, asOf: asOf, day: day, limits: limits)
        var concerned = withdrawals?.changes ?? []
        let crowd = closing.crowd(of: day, limits: limits)
        if let crowd {
            try again { changes in
                let candidates = unapproved(changes).filter { !$0.isDue }
                concerned += ClosingPhones.changes(in: candidates, meeting: crowd, asOf: asOf)
            }
        }
        guard !concerned.isEmpty else { return nil }
        return PlanRefusal(
            reasons: [withdrawals?.figures, crowd?.figures].compactMap(\.self),
            fingerprints: Set(concerned.map(\.fingerprint)).sorted(),
            users: Set(concerned.map(\.user))
        )
    }

    private func unapproved(_ changes: [Change]) -> [Change] {
        approved.isEmpty ? changes : changes.filter { !approved.contains($0.fingerprint) }
    }
}
