/// A type as `format_type()` prints it, which is how ``Connection/describe(_:)`` reports it.
///
/// A type of a schema of our own is written with its schema: `SQLType(rawValue: "audit.action")`.
public struct SQLType: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    public static let bigint: SQLType = "bigint"
    public static let boolean: SQLType = "boolean"
    public static let bytea: SQLType = "bytea"
    public static let date: SQLType = "date"
    public static let doublePrecision: SQLType = "double precision"
    public static let integer: SQLType = "integer"
    public static let interval: SQLType = "interval"
    public static let json: SQLType = "json"
    public static let jsonb: SQLType = "jsonb"
    public static let numeric: SQLType = "numeric"
    public static let smallint: SQLType = "smallint"
    public static let text: SQLType = "text"
    public static let timestamptz: SQLType = "timestamp with time zone"
    public static let tstzrange: SQLType = "tstzrange"
    public static let uuid: SQLType = "uuid"
    public static let void: SQLType = "void"

    public static let bigintArray = array(of: .bigint)
    public static let dateArray = array(of: .date)
    public static let integerArray = array(of: .integer)
    public static let textArray = array(of: .text)
    public static let timestamptzArray = array(of: .timestamptz)
    public static let uuidArray = array(of: .uuid)

    public static func array(of element: SQLType) -> SQLType {
        SQLType(rawValue: element.rawValue + "[]")
    }
}

extension SQLType: CustomStringConvertible {
    public var description: String { rawValue }
}
