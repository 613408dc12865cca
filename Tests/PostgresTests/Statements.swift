import Foundation
import Postgres

/// Sends a value, lets the database cast it to a type, and takes its text back.
struct Echo<Kind: EchoKind>: Statement {
    static var sql: String { "select ($1::\(Kind.type))::text" }
    static var columns: [Column] { [Column("text", .text)] }
    var value: Parameter
    var parameters: [Parameter] { [value] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String? {
        try row.optionalString()
    }
}

protocol EchoKind: Sendable {
    static var type: SQLType { get }
}

enum OfText: EchoKind { static let type = SQLType.text }
enum OfTextArray: EchoKind { static let type = SQLType.textArray }
enum OfBigint: EchoKind { static let type = SQLType.bigint }
enum OfBigintArray: EchoKind { static let type = SQLType.bigintArray }
enum OfUUIDArray: EchoKind { static let type = SQLType.uuidArray }
enum OfTimestamptz: EchoKind { static let type = SQLType.timestamptz }
enum OfInterval: EchoKind { static let type = SQLType.interval }
enum OfJSONB: EchoKind { static let type = SQLType.jsonb }
enum OfBytea: EchoKind { static let type = SQLType.bytea }
enum OfDate: EchoKind { static let type = SQLType.date }

/// One whole number.
struct Number: Statement {
    static let sql = "select $1::bigint as number"
    static let columns = [Column("number", .bigint)]
    var number: Int64
    var parameters: [Parameter] { [Parameter(number)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
        try row.int64()
    }
}

/// Ends another session from the server's side.
struct EndSession: Statement {
    static let sql = "select pg_terminate_backend($1::integer, 5000)"
    static let columns = [Column("pg_terminate_backend", .boolean)]
    var process: Int
    var parameters: [Parameter] { [Parameter(process)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Bool {
        try row.bool()
    }
}

/// The process that serves a session.
struct SessionProcess: Statement {
    static let sql = "select pg_backend_pid()"
    static let columns = [Column("pg_backend_pid", .integer)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

enum Fruit: String {
    case apple
    case pear
}
