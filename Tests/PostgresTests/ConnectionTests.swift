import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct ConnectionTests {
    @Test func `the session is one whose answers can be read`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect(applicationName: "kalenderkoppling load")
            let settings = try connection.run(Settings())
            #expect(settings == ["UTC", "ISO, YMD", "UTF8", "warning", "kalenderkoppling load"])
        }
    }

    @Test func `execute counts the rows`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            try connection.command("create table numbers (number bigint)")
            let count = try connection.execute(InsertUpTo(last: 7))
            #expect(count == 7)
        }
    }

    @Test func `a description names columns and their types, and runs nothing`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            try connection.command(
                """
                create schema audit;
                create type audit.action as enum ('create', 'delete');
                create table audit.changes (action audit.action, share numeric(5, 2), at date[]);
                """
            )
            let columns = try connection.describe(
                "insert into audit.changes values ($1, $2, $3) returning *, ctid::text, 1::bigint"
            )
            #expect(
                columns == [
                    Column("action", "audit.action"), Column("share", "numeric(5,2)"),
                    Column("at", .dateArray), Column("ctid", .text), Column("int8", .bigint),
                ]
            )
            let types = try connection.parameterTypes(
                of: "insert into audit.changes values ($1, $2, $3)"
            )
            #expect(types == ["audit.action", .numeric, .dateArray])
            let count = try connection.run(Count())
            #expect(count == [0])
        }
    }

    @Test func `a lock is one session's until it gives it back or ends`() throws {
        try withDatabase(.empty) { database in
            let first = try database.connect()
            var second: Connection? = try database.connect()
            let key = AdvisoryKey.two(1, -7)
            #expect(try first.tryAdvisoryLock(key))
            #expect(try second?.tryAdvisoryLock(key) == false)
            #expect(try second?.tryAdvisoryLock(.one(-7)) == true)
            #expect(try first.advisoryUnlock(key))
            #expect(try first.advisoryUnlock(key) == false)
            #expect(try second?.tryAdvisoryLock(key) == true)
            second = nil
            // The server takes a moment to see that the session has ended.
            #expect(
                try waiting { try first.tryAdvisoryLock(key) },
                "the lock of a session that has ended"
            )
        }
    }

    @Test func `a session that the server ended is seen to be dead`() throws {
        try withDatabase(.empty) { database in
            let victim = try database.connect()
            #expect(victim.isAlive)
            let process = try #require(try victim.run(SessionProcess()).first)
            try database.connect().execute(EndSession(process: process))
            #expect(try waiting { !victim.isAlive })
        }
    }

    @Test func `a command on a dead session says that the connection was lost`() throws {
        try withDatabase(.empty) { database in
            let victim = try database.connect()
            let process = try #require(try victim.run(SessionProcess()).first)
            try database.connect().execute(EndSession(process: process))
            let error = #expect(throws: PostgresError.self) {
                _ = try victim.run(Number(number: 1))
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.isConnectionLost == true)
        }
    }

    /// Whether `condition` comes true within five seconds.
    private func waiting(for condition: () throws -> Bool) throws -> Bool {
        for _ in 1...500 {
            if try condition() { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }

    private struct Settings: Statement {
        static let sql = """
            select current_setting(name) from unnest(array['timezone', 'datestyle',
            'client_encoding', 'client_min_messages', 'application_name']) as names (name)
            """
        static let columns = [Column("current_setting", .text)]

        static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
            try row.string()
        }
    }

    private struct InsertUpTo: Statement {
        static let sql = "insert into numbers select generate_series(1, $1::bigint)"
        var last: Int64
        var parameters: [Parameter] { [Parameter(last)] }
    }

    private struct Count: Statement {
        static let sql = "select count(*) from audit.changes"
        static let columns = [Column("count", .bigint)]

        static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
            try row.int64()
        }
    }
}
