import AbsenceModel

/// What a batch can not have, because a person was there before.
struct Contest {
    /// What met something else than was expected.
    var changes: [Change]

    /// What is told of a change that has to wait.
    static let waitingReason = "a person changed what stood in its place before"

    /// What can not be carried out while these are not: it would stand, as far as is known,
    /// at one instant with them, or with something that has to wait itself.
    func waiting(in batch: [Change]) -> [Change] {
        let keys = Set(changes.map(\.key))
        var free = batch.filter { !keys.contains($0.key) && $0.after != nil }
        var waiting: [Change] = []
        var last = changes
        while !last.isEmpty {
            let standing = last
            last = free.filter { change in
                standing.contains { $0.user == change.user && change.needsPlace(of: $0) }
            }
            let found = Set(last.map(\.key))
            free.removeAll { found.contains($0.key) }
            waiting += last
        }
        return waiting
    }
}

extension Change {
    /// Whether this would stand at an instant at which the other one stands before it is changed.
    fileprivate func needsPlace(of other: Change) -> Bool {
        guard let after, let before = other.before else { return false }
        return after.startsAt < before.endsAt && before.startsAt < after.endsAt
    }
}
