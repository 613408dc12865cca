/// A table that rows are copied into, in PostgreSQL's binary form.
public protocol CopyTarget: Sendable {
    associatedtype Row

    /// `copy staging.bookings (user_id, subject) from stdin with (format binary)`
    static var sql: String { get }

    /// The columns that `sql` names, in its order. A test compares them with the database.
    static var columns: [Column] { get }

    /// Appends one field for each column, in order.
    ///
    /// The binary form converts nothing: a `bigint` column takes ``BinaryRow/bigint(_:)`` and not
    /// ``BinaryRow/integer(_:)``.
    static func encode(_ row: Row, into fields: inout BinaryRow) throws
}
