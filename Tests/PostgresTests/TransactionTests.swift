import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
    @Test func `what succeeds is kept, and its value handed on`() throws {
        try withNumbers { connection in
            let value = try connection.transaction {
                try connection.command("insert into numbers values (1)")
                return "value"
            }
            #expect(value == "value")
            try expectStored([1], connection)
        }
    }

    @Test func `any error takes everything back, and is the one that is thrown`() throws {
        struct Mine: Error {}
        try withNumbers { connection in
            #expect(throws: Mine.self) {
                try connection.transaction {
                    try connection.command("insert into numbers values (1)")
                    throw Mine()
                }
            }
            let error = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.command("insert into numbers values (1)")
                    try connection.command("insert into numbers values (null)")
                }
            }
            #expect(error?.constraint == nil)
            #expect(error?.column == "number")
            try expectStored([], connection)
        }
    }

    @Test func `a constraint that waits for the end is refused at the commit`() throws {
        try withNumbers { connection in
            let error = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.command("insert into numbers values (1), (1)")
                }
            }
            #expect(error?.constraint == "numbers_number_key")
            try expectStored([], connection)
        }
    }

    @Test func `a constraint that waits for the end lets two rows change places`() throws {
        try withNumbers { connection in
            try connection.command("insert into numbers values (1), (2)")
            try connection.transaction {
                try connection.command("update numbers set number = 2 where number = 1")
                try connection.command("update numbers set number = 1 where ctid = '(0,2)'")
            }
            try expectStored([1, 2], connection)
        }
    }

    @Test func `an error swallowed inside is told at the commit`() throws {
        try withNumbers { connection in
            let error = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.command("insert into numbers values (1)")
                    try? connection.command("select 1 / 0")
                }
            }
            #expect(error?.code == .transactionAborted)
            try expectStored([], connection)
        }
    }

    @Test func `a transaction inside another is an error`() throws {
        try withNumbers { connection in
            let error = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.command("insert into numbers values (1)")
                    try connection.transaction {}
                }
            }
            #expect(error?.code == .nestedTransaction)
            try expectStored([], connection)
        }
    }

    @Test func `of two serializable transactions that need each other one fails`() throws {
        try withDatabase(.empty) { database in
            let first = try database.connect()
            let second = try database.connect()
            try first.command("create table numbers as select 1 as number")
            let insert = "insert into numbers select sum(number) from numbers"
            let error = #expect(throws: PostgresError.self) {
                try first.transaction(.serializable) {
                    try first.command(insert)
                    try second.transaction(.serializable) { try second.command(insert) }
                }
            }
            #expect(error?.isSerializationFailure == true)
        }
    }

    @Test func `a session that ends inside a transaction leaves nothing behind`() throws {
        try withNumbers { connection, database in
            let error = #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.command("insert into numbers values (1)")
                    let process = try #require(try connection.run(SessionProcess()).first)
                    try database.connect().execute(EndSession(process: process))
                }
            }
            #expect(error?.isConnectionLost == true)
            let other = try database.connect()
            try expectStored([], other)
        }
    }

    private func withNumbers(_ body: (Connection, TestDatabase) throws -> Void) throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            try connection.command(
                """
                create table numbers (
                    number bigint not null
                        constraint numbers_number_key unique deferrable initially deferred
                )
                """
            )
            try body(connection, database)
        }
    }

    private func withNumbers(_ body: (Connection) throws -> Void) throws {
        try withNumbers { connection, _ in try body(connection) }
    }

    private func expectStored(_ numbers: [Int64], _ connection: Connection) throws {
        let stored = try connection.run(Stored())
        #expect(stored == numbers)
    }

    private struct Stored: Statement {
        static let sql = "select number from numbers order by number"
        static let columns = [Column("number", .bigint)]

        static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
            try row.int64()
        }
    }
}
