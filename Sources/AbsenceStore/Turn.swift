/// What runs side by side share out: each goes from customer to customer, and whose turn one run
/// has had the others leave out.
public struct Turn: Hashable, Sendable {
    /// Its name in `customer.turns`.
    public var name: String
    /// The names of those that do as much or more.
    public var coveredBy: [String]
    /// What runs that began together call themselves; nil for one alone.
    public var shift: String?

    /// Reconciling: who looks at everybody looks at the touched ones as well.
    public static func reconcile(_ scope: RunScope) -> Turn {
        let everybody = "reconcile everybody"
        let touched = "reconcile touched"
        return switch scope {
        case .everybody: Turn(name: everybody, coveredBy: [everybody])
        case .touched: Turn(name: touched, coveredBy: [touched, everybody])
        }
    }

    /// Loading a source: who reads everything reads what changed as well.
    public static func load(source: String, isFull: Bool) -> Turn {
        let all = "load all of \(source)"
        let changed = "load changes of \(source)"
        return isFull
            ? Turn(name: all, coveredBy: [all])
            : Turn(name: changed, coveredBy: [changed, all])
    }

    /// Reading back what stands on the telephone side.
    public static let readBack = Turn(name: "read back", coveredBy: ["read back"])
}

extension Turn {
    /// The same, of a run that began together with others.
    public func of(shift: String?) -> Turn {
        var turn = self
        turn.shift = shift
        return turn
    }
}

/// What became of the wish to take a turn.
public enum TurnOffer: Sendable {
    case mine(Lease)
    /// Another run of the shift, or one that began since, has had it or has it: nothing is left.
    case anothers
    /// The work is held for something else, or since before.
    case held
}
