import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct RowReaderTests {
    @Test func `a row is read column by column`() throws {
        try withDatabase(.empty) { database in
            let rows = try database.connect().run(Everything())
            let row = try #require(rows.first)
            #expect(rows.count == 1)
            #expect(row.text == "å")
            #expect(row.numbers == [.max, .min])
            #expect(row.share == 0.1)
            #expect(row.isTrue)
            #expect(row.uuid.uuidString == "0F0E0D0C-0B0A-4909-8807-060504030201")
            #expect(row.instant == Date(timeIntervalSince1970: 1_795_420_800.5))
            #expect(row.day == CivilDate(year: 2028, month: 2, day: 29))
            #expect(row.bytes == Data([0, 255]))
            #expect(row.texts == ["a b", "", "NULL", #"q"\"#])
            #expect(row.fruit == .pear)
            #expect(row.point == Point(x: 1, y: -1))
            #expect(row.missing == nil)
        }
    }

    @Test(
        arguments: [
            "2026-11-23 08:00:00.123456+00", "1999-12-31 23:59:59.999999+00",
            "1970-01-01 00:00:00+00", "1969-12-31 23:59:59.9+00", "0001-01-01 00:00:00+00",
            "2000-02-29 12:00:00.000001+00", "2100-03-01 00:00:00+00",
            "9999-12-31 23:59:59+00", "12026-01-01 00:00:00+00",
        ]
    )
    func `an instant goes there and back to the microsecond`(text: String) throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let read = try connection.run(Instant(text: text))
            let instant = try #require(read.first)
            let back = try connection.run(Echo<OfTimestamptz>(value: Parameter(instant)))
            #expect(back == [text])
        }
    }

    @Test func `infinity is no instant`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let error = #expect(throws: PostgresError.self) {
                _ = try connection.run(Instant(text: "infinity"))
            }
            #expect(error?.code == .decoding)
            #expect(
                error?.description
                    == "Instant: row 1, column instant is a text of 8 bytes that does not read as Date"
            )
        }
    }

    @Test func `what does not read is named, and not quoted`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let null = #expect(throws: PostgresError.self) { _ = try connection.run(Null()) }
            #expect(
                null?.description
                    == "Null: row 1, column number is null, and a value is expected"
            )
            let label = #expect(throws: PostgresError.self) { _ = try connection.run(Label()) }
            #expect(
                label?.description
                    == "Label: row 1, column fruit is a label that Fruit does not have"
            )
        }
    }

    @Test func `a column too many or too few is an error`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let tooFew = #expect(throws: PostgresError.self) { _ = try connection.run(ReadsOne()) }
            #expect(
                tooFew?.description == "ReadsOne: 2 columns came and only 1 were read"
            )
            let tooMany = #expect(throws: PostgresError.self) {
                _ = try connection.run(ReadsTwo())
            }
            #expect(
                tooMany?.description == "ReadsTwo: only 1 columns came and one more is read"
            )
            let unlike = #expect(throws: PostgresError.self) { _ = try connection.run(Unlike()) }
            #expect(unlike?.description == "Unlike: 2 columns expected, 1 came")
        }
    }
}

private struct Point: Decodable, Equatable {
    var x: Int
    var y: Int
}

private struct Everything: Statement {
    static let sql = """
        select
            'å' as text,
            array[9223372036854775807, -9223372036854775808] as numbers,
            0.1 as share,
            true as is_true,
            uuid '0f0e0d0c-0b0a-4909-8807-060504030201' as uuid,
            timestamptz '2026-11-23 09:00:00.5+01' as instant,
            date '2028-02-29' as day,
            bytea '\\x00ff' as bytes,
            array['a b', '', 'NULL', 'q"\\'] as texts,
            'pear' as fruit,
            jsonb '{"x": 1, "y": -1}' as point,
            null::bigint as missing
        """
    static let columns: [Column] = [
        Column("text", .text), Column("numbers", .bigintArray), Column("share", .numeric),
        Column("is_true", .boolean), Column("uuid", .uuid), Column("instant", .timestamptz),
        Column("day", .date), Column("bytes", .bytea), Column("texts", .textArray),
        Column("fruit", .text), Column("point", .jsonb), Column("missing", .bigint),
    ]

    struct Row {
        var text: String
        var numbers: [Int64]
        var share: Double
        var isTrue: Bool
        var uuid: UUID
        var instant: Date
        var day: CivilDate
        var bytes: Data
        var texts: [String]
        var fruit: Fruit
        var point: Point
        var missing: Int64?
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Row {
        Row(
            text: try row.string(),
            numbers: try row.int64Array(),
            share: try row.double(),
            isTrue: try row.bool(),
            uuid: try row.uuid(),
            instant: try row.date(),
            day: try row.day(),
            bytes: try row.data(),
            texts: try row.stringArray(),
            fruit: try row.enumeration(),
            point: try row.json(),
            missing: try row.optionalInt64()
        )
    }
}

private struct Instant: Statement {
    static let sql = "select $1::timestamptz as instant"
    static let columns = [Column("instant", .timestamptz)]
    var text: String
    var parameters: [Parameter] { [Parameter(text)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Date { try row.date() }
}

private struct Null: Statement {
    static let sql = "select null::bigint as number"
    static let columns = [Column("number", .bigint)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 { try row.int64() }
}

private struct Label: Statement {
    static let sql = "select 'banana' as fruit"
    static let columns = [Column("fruit", .text)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Fruit {
        try row.enumeration()
    }
}

private struct ReadsOne: Statement {
    static let sql = "select 1::bigint as one, 2::bigint as two"
    static let columns = [Column("one", .bigint), Column("two", .bigint)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 { try row.int64() }
}

private struct ReadsTwo: Statement {
    static let sql = "select 1::bigint as one"
    static let columns = [Column("one", .bigint)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> [Int64] {
        [try row.int64(), try row.int64()]
    }
}

private struct Unlike: Statement {
    static let sql = "select 1::bigint as one"
    static let columns = [Column("one", .bigint), Column("two", .bigint)]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 { try row.int64() }
}
