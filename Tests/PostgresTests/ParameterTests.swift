import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct ParameterTests {
    @Test func `texts arrive as they are`() throws {
        let texts = ["", "å\"\\'{},$1\n\t", "NULL", "😀", String(repeating: "lång ", count: 50_000)]
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            for text in texts {
                let echoed = try connection.run(Echo<OfText>(value: Parameter(text)))
                #expect(echoed == [text])
            }
            let null = try connection.run(Echo<OfText>(value: .null))
            #expect(null == [nil])
        }
    }

    @Test func `a text with a NUL is refused, not cut off`() throws {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let error = #expect(throws: PostgresError.self) {
                _ = try connection.run(Echo<OfText>(value: Parameter("a\0b")))
            }
            #expect(error?.code == .encoding)
        }
    }

    @Test func `an array keeps quotes, backslashes, commas and empty texts`() throws {
        let texts = ["", "a,b", "{}", #"a"b\c"#, "NULL", " ", "å\n"]
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            let rows = try connection.run(Texts(texts: texts))
            #expect(rows == [texts])
            let none = try connection.run(Texts(texts: []))
            #expect(none == [[]])
        }
    }

    @Test func `every kind of value reads as its type`() throws {
        let uuid = try #require(UUID(uuidString: "0F0E0D0C-0B0A-4909-8807-060504030201"))
        let instant = Date(timeIntervalSince1970: 1_795_420_800.000001)
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            func echo<Kind: EchoKind>(_: Kind.Type, _ value: Parameter) throws -> String? {
                try connection.run(Echo<Kind>(value: value)).first ?? "no row"
            }
            func expect<Kind: EchoKind>(
                _ kind: Kind.Type,
                _ value: Parameter,
                _ wanted: String?
            ) throws {
                let came = try echo(kind, value)
                #expect(came == wanted)
            }
            try expect(OfBigint.self, Parameter(Int64.min), "-9223372036854775808")
            try expect(OfBigint.self, Parameter(Int?.none), nil)
            try expect(OfBigintArray.self, Parameter([Int64(1), -2]), "{1,-2}")
            try expect(OfBigintArray.self, Parameter([Int64(1), nil]), "{1,NULL}")
            try expect(OfTextArray.self, Parameter([Fruit.apple, .pear]), "{apple,pear}")
            try expect(OfText.self, Parameter(Fruit.pear), "pear")
            try expect(OfText.self, Parameter(true), "true")
            try expect(
                OfUUIDArray.self,
                Parameter([uuid]),
                "{0f0e0d0c-0b0a-4909-8807-060504030201}"
            )
            try expect(OfTimestamptz.self, Parameter(instant), "2026-11-23 08:00:00.000001+00")
            try expect(
                OfTimestamptz.self,
                Parameter(Date.distantPast),
                "0001-12-30 00:00:00+00 BC"
            )
            try expect(
                OfTimestamptz.self,
                Parameter(Date(timeIntervalSince1970: -.infinity)),
                "-infinity"
            )
            try expect(OfInterval.self, Parameter(Duration.seconds(90)), "00:01:30")
            try expect(OfJSONB.self, Parameter(json: #"{"a":1}"#), #"{"a": 1}"#)
            try expect(OfBytea.self, Parameter(Data([0, 15, 255])), #"\x000fff"#)
            try expect(
                OfDate.self,
                Parameter(CivilDate(year: 2028, month: 2, day: 29)),
                "2028-02-29"
            )
        }
    }

    private struct Texts: Statement {
        static let sql = "select $1::text[] as texts"
        static let columns = [Column("texts", .textArray)]
        var texts: [String]
        var parameters: [Parameter] { [Parameter(texts)] }

        static func decode(_ row: inout RowReader) throws(PostgresError) -> [String] {
            try row.stringArray()
        }
    }
}
