/// Work of which one run at a time does it, for a customer (design principle 13).
public enum Work: Hashable, Sendable {
    /// Loading one calendar source.
    case load(source: String)
    /// Reconciling, and reading back.
    case reconcile
    /// Publishing presence.
    case presence

    /// Its name in `customer.work`.
    public var name: String {
        switch self {
        case .load(let source): "load \(source)"
        case .reconcile: "reconcile"
        case .presence: "presence"
        }
    }
}

/// The right to write for some work, until another run takes it.
public struct Lease: Hashable, Sendable {
    public var customer: Customer
    public var work: Work
    /// The run's fencing number.
    public var fence: Int64
}
