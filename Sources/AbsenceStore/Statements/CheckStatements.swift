import Foundation
import Postgres

/// Schemas that the program needs and the database lacks. It names no table of ours, so that
/// it can be asked of any database.
struct MissingSchemas: Statement {
    static let sql = """
        select name from unnest(array['customer', 'roster', 'staging', 'calendar', 'telephony',
            'audit', 'intake', 'absence', 'watch']) as name
        where to_regnamespace(name) is null
        """
    static let columns = [Column("name", .text)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

struct ServerTime: Statement {
    static let sql = "select clock_timestamp() as server_time"
    static let columns = [Column("server_time", .timestamptz)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Date {
        try row.date()
    }
}

struct BackendPID: Statement {
    static let sql = "select pg_backend_pid() as pid"
    static let columns = [Column("pid", .integer)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}
