/// What an absence does to a call (domain S0-6, S0-29, S0-30).
///
/// The order is the strength by which one of two absences decides an instant (domain P-11).
public enum Kind: String, CaseIterable, Codable, Comparable, Sendable {
    /// Attendants and colleagues see it; calls ring as usual.
    case information
    /// The phone rings for a while, then the caller hears the message.
    case open
    /// The caller hears the message at once; the phone does not ring.
    case direct

    public static func < (left: Kind, right: Kind) -> Bool {
        left.strength < right.strength
    }

    private var strength: Int {
        switch self {
        case .information: 1
        case .open: 2
        case .direct: 3
        }
    }
}
