/// What an advisory lock stands for (PostgreSQL manual, 13.3.5).
///
/// The two forms are two spaces of keys that never meet.
public enum AdvisoryKey: Hashable, Sendable {
    case one(Int64)
    case two(Int32, Int32)

    var parameters: [Parameter] {
        switch self {
        case .one(let key): [Parameter(key)]
        case .two(let space, let key): [Parameter(space), Parameter(key)]
        }
    }

    /// The arguments of a lock function, with their types.
    var arguments: String {
        switch self {
        case .one: "$1::bigint"
        case .two: "$1::integer, $2::integer"
        }
    }
}
