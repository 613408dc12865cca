/// One thing that is asked of the database: what is sent, what goes in, what comes out.
///
/// For example:
///
///     struct OpenRuns: Statement {
///         static let sql = "select run_id, opened_at from audit.open_runs where customer_id = $1"
///         static let columns = [Column("run_id", .bigint), Column("opened_at", .timestamptz)]
///         var customer: Int64
///         var parameters: [Parameter] { [Parameter(customer)] }
///
///         static func decode(_ row: inout RowReader) throws(PostgresError) -> OpenRun {
///             OpenRun(id: try row.int64(), openedAt: try row.date())
///         }
///     }
///
/// A statement without a result leaves `columns` and `decode` out.
public protocol Statement: Sendable {
    associatedtype Row = Void

    /// The text, with `$1`, `$2` … for the parameters.
    static var sql: String { get }

    /// The columns of the result, in order; none for a statement without a result.
    ///
    /// A test compares them with what the database reports.
    static var columns: [Column] { get }

    /// What stands for `$1`, `$2` …, in order.
    var parameters: [Parameter] { get }

    /// Reads one row: each column once, in order.
    static func decode(_ row: inout RowReader) throws(PostgresError) -> Row
}

extension Statement {
    public var parameters: [Parameter] { [] }
}

extension Statement where Row == Void {
    public static var columns: [Column] { [] }

    public static func decode(_ row: inout RowReader) throws(PostgresError) {}
}
