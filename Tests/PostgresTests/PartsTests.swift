import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct PartsTests {
    @Test(arguments: [1, 3, 7, 100])
    func `rows come in parts and in order, and read in binary form as in text`(
        count: Int
    ) throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let whole = try connection.run(Series())
            var parts: [[Series.Row]] = []
            try connection.transaction {
                try connection.run(Series(), inPartsOf: count) { parts.append($0) }
                // The session is free for another question.
                parts.removeAll()
                try connection.run(Series(), inPartsOf: count) { parts.append($0) }
            }
            #expect(Array(parts.joined()) == whole)
            #expect(whole.count == 7)
            #expect(parts.allSatisfy { $0.count <= count })
        }
    }

    @Test func `what is thrown at a part ends it`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            struct Enough: Error {}
            #expect(throws: Enough.self) {
                try connection.transaction {
                    try connection.run(Series(), inPartsOf: 2) { _ in throw Enough() }
                }
            }
            #expect(try connection.run(Number(number: 1)) == [1])
        }
    }

    @Test func `what is kept prepared reads as ever, also after a failure`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            try connection.command("set plan_cache_mode to force_generic_plan")
            for number in [1, 2, 3] as [Int64] {
                #expect(try connection.runPrepared(Number(number: number)) == [number])
            }
            #expect(try connection.runPrepared(Series()) == connection.run(Series()))
            #expect(throws: PostgresError.self) {
                try connection.transaction {
                    _ = try connection.runPrepared(Number(number: 4))
                    _ = try connection.runPrepared(Nonsense())
                }
            }
            #expect(try connection.runPrepared(Number(number: 5)) == [5])
        }
    }

    @Test func `what was sent is received, also where it failed`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            try connection.send(Number(number: 7))
            #expect(try connection.received(Number.self) == [7])
            try connection.send(Nonsense())
            #expect(throws: PostgresError.self) { try connection.received(Nonsense.self) }
            #expect(try connection.run(Number(number: 1)) == [1])
        }
    }
}

private struct Nonsense: Statement {
    static let sql = "select 1 / 0 as nothing"
    static let columns = [Column("nothing", .integer)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

/// Seven rows with values of every type that has a binary form here, and nulls.
private struct Series: Statement {
    static let sql = """
        select
            n::bigint * -3000000000 as large,
            n::integer as number,
            n::smallint as small,
            n / 3.0::double precision as share,
            n > 3 as is_late,
            md5(n::text)::uuid as key,
            timestamptz '1999-12-31 23:59:59.999999+00' + n * interval '1.5 s' as instant,
            date '1999-12-30' + n as day,
            repeat('å', n) as text,
            case when n > 1 then array['a', '', n::text, 'NULL'] else '{}' end as texts,
            array[n, -n]::bigint[] as numbers,
            decode(repeat('00ff', n), 'hex') as bytes,
            nullif(n, 4)::bigint as maybe
        from generate_series(1, 7) as n
        order by n
        """
    static let columns = [
        Column("large", .bigint), Column("number", .integer), Column("small", .smallint),
        Column("share", .doublePrecision), Column("is_late", .boolean), Column("key", .uuid),
        Column("instant", .timestamptz), Column("day", .date), Column("text", .text),
        Column("texts", .textArray), Column("numbers", .bigintArray), Column("bytes", .bytea),
        Column("maybe", .bigint),
    ]

    struct Row: Hashable {
        var large: Int64
        var number: Int
        var small: Int
        var share: Double
        var isLate: Bool
        var key: UUID
        var instant: Date
        var day: CivilDate
        var text: String
        var texts: [String]
        var numbers: [Int64]
        var bytes: Data
        var maybe: Int64?
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Row {
        Row(
            large: try row.int64(),
            number: try row.int(),
            small: try row.int(),
            share: try row.double(),
            isLate: try row.bool(),
            key: try row.uuid(),
            instant: try row.date(),
            day: try row.day(),
            text: try row.string(),
            texts: try row.stringArray(),
            numbers: try row.int64Array(),
            bytes: try row.data(),
            maybe: try row.optionalInt64()
        )
    }
}
