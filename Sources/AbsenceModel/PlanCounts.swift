/// A plan in numbers, all of it, however much of it is at hand.
public struct PlanCounts: Hashable, Sendable {
    public var created = 0
    public var updated = 0
    public var withdrawn = 0
    /// Changes that are held back.
    public var held = 0
    /// Users of whom something is to be done.
    public var users = 0

    public init() {}

    public init(of plan: Plan) {
        self.init()
        add(plan)
    }

    /// What is to be carried out.
    public var changes: Int { created + updated + withdrawn }

    /// Adds the plan of other users.
    public mutating func add(_ part: Plan) {
        for change in part.changes {
            switch change.action {
            case .create: created += 1
            case .update: updated += 1
            case .withdraw: withdrawn += 1
            }
        }
        held += part.held.count
        users += Set(part.changes.map(\.user)).count
    }

    /// Takes into account that these changes, of these users, are held back after all.
    public mutating func holdBack(created: Int, updated: Int, withdrawn: Int, users: Int) {
        self.created -= created
        self.updated -= updated
        self.withdrawn -= withdrawn
        self.users -= users
        held += created + updated + withdrawn
    }
}
