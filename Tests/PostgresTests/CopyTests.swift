import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct CopyTests {
    @Test func `every kind of field arrives as its type`() throws {
        try withTarget { connection in
            let count = try connection.copyIn(Samples(), rows: [Sample.full])
            #expect(count == 1)
            let fields = try connection.run(Fields())
            #expect(
                fields == [
                    "bigint = -9223372036854775808",
                    "bool = true",
                    "bytes = \\x00ff",
                    "day = 2028-02-29",
                    "double = 0.1",
                    "fruit = pear",
                    "instant = 2026-11-23T08:00:00.000001+00:00",
                    "integer = -2147483648",
                    "json = {\"a\": 1}",
                    "length = 00:01:30.5",
                    "numbers = [1, -2]",
                    "text = å\"\\",
                    "texts = [\"a b\", \"\", \"NULL\"]",
                    "uuid = 0f0e0d0c-0b0a-4909-8807-060504030201",
                    "uuids = [\"0f0e0d0c-0b0a-4909-8807-060504030201\"]",
                ]
            )
        }
    }

    @Test func `nothing arrives as null, and an empty array as an empty array`() throws {
        try withTarget { connection in
            try connection.copyIn(Samples(), rows: [Sample()])
            let fields = try connection.run(Fields())
            #expect(fields == ["texts = []"])
        }
    }

    @Test func `many more rows than one buffer holds all arrive`() throws {
        try withTarget { connection in
            var sample = Sample.full
            sample.text = String(repeating: "x", count: 300)
            let rows = (0..<Int64(5_000)).lazy.map { number in
                var row = sample
                row.bigint = number
                return row
            }
            let count = try connection.copyIn(Samples(), rows: rows)
            let sums = try connection.run(Sums())
            #expect(count == 5_000)
            #expect(sums == [[5_000, 12_497_500, 1_500_000]])
        }
    }

    @Test func `a row that cannot be encoded calls the copy off, and the session goes on`() throws {
        try withTarget { connection in
            #expect(throws: Sample.Refused.self) {
                var bad = Sample()
                bad.isRefused = true
                return try connection.copyIn(Samples(), rows: [Sample.full, bad])
            }
            let sums = try connection.run(Sums())
            #expect(sums == [[0, 0, 0]])
        }
    }

    @Test func `a row that the server refuses is its error, and the session goes on`() throws {
        try withTarget { connection in
            var bad = Sample()
            bad.text = "a\0b"
            let error = #expect(throws: PostgresError.self) {
                _ = try connection.copyIn(Samples(), rows: [Sample.full, bad])
            }
            #expect(error?.sqlState == "22021")
            #expect(error?.statement == "Samples")
            let sums = try connection.run(Sums())
            #expect(sums == [[0, 0, 0]])
        }
    }

    @Test func `a row with a field too few never reaches the server`() throws {
        try withTarget { connection in
            let error = #expect(throws: PostgresError.self) {
                _ = try connection.copyIn(TooFew(), rows: [1])
            }
            #expect(error?.description == "TooFew: 2 columns named, 1 fields encoded")
        }
    }

    @Test func `a session that ends in the middle is a lost connection`() throws {
        try withTarget { connection, database in
            let process = try #require(try connection.run(SessionProcess()).first)
            let rows = (0..<20_000).lazy.map { number in
                if number == 10_000 {
                    _ = try? database.connect().execute(EndSession(process: process))
                }
                return Sample.full
            }
            let error = #expect(throws: PostgresError.self) {
                _ = try connection.copyIn(Samples(), rows: rows)
            }
            #expect(error?.code == .connectionLost)
            let sums = try database.connect().run(Sums())
            #expect(sums == [[0, 0, 0]])
        }
    }

    @Test func `no rows are no error`() throws {
        try withTarget { connection in
            let count = try connection.copyIn(Samples(), rows: [])
            #expect(count == 0)
        }
    }

    private func withTarget(_ body: (Connection, TestDatabase) throws -> Void) throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            try connection.command(
                """
                create type fruit as enum ('apple', 'pear');
                create table samples (
                    bigint bigint, integer integer, bool boolean, double double precision,
                    text text, fruit fruit, json jsonb, bytes bytea, uuid uuid,
                    instant timestamptz, day date, length interval, texts text[],
                    numbers bigint[], uuids uuid[]
                )
                """
            )
            try body(connection, database)
        }
    }

    private func withTarget(_ body: (Connection) throws -> Void) throws {
        try withTarget { connection, _ in try body(connection) }
    }

    /// The fields that are not null.
    private struct Fields: Statement {
        static let sql = """
            select field.key || ' = ' || field.value as field
            from samples, jsonb_each_text(to_jsonb(samples)) as field
            where field.value is not null order by field.key collate "C"
            """
        static let columns = [Column("field", .text)]

        static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
            try row.string()
        }
    }

    private struct Sums: Statement {
        static let sql = """
            select array[count(*), coalesce(sum(bigint), 0), coalesce(sum(length(text)), 0)]::bigint[]
                as sums from samples
            """
        static let columns = [Column("sums", .bigintArray)]

        static func decode(_ row: inout RowReader) throws(PostgresError) -> [Int64] {
            try row.int64Array()
        }
    }
}
