/// A column of a result or of a table that is copied into: its name and its type.
public struct Column: Hashable, Sendable {
    public var name: String
    public var type: SQLType

    public init(_ name: String, _ type: SQLType) {
        self.name = name
        self.type = type
    }
}

extension Column: CustomStringConvertible {
    public var description: String { "\(name) \(type)" }
}
