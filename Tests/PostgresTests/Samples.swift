import Foundation
import Postgres

/// A row with a field of every type that COPY is used for.
struct Sample {
    var bigint: Int64?
    var integer: Int32?
    var bool: Bool?
    var double: Double?
    var text: String?
    var fruit: Fruit?
    var json: String?
    var bytes: Data?
    var uuid: UUID?
    var instant: Date?
    var day: CivilDate?
    var length: Duration?
    var texts: [String]? = []
    var numbers: [Int64]?
    var uuids: [UUID]?
    var isRefused = false

    struct Refused: Error {}

    static let full: Sample = {
        let uuid = UUID(
            uuid: (15, 14, 13, 12, 11, 10, 0x49, 9, 0x88, 7, 6, 5, 4, 3, 2, 1)
        )
        return Sample(
            bigint: .min,
            integer: .min,
            bool: true,
            double: 0.1,
            text: #"å"\"#,
            fruit: .pear,
            json: #"{"a":1}"#,
            bytes: Data([0, 255]),
            uuid: uuid,
            instant: Date(timeIntervalSince1970: 1_795_420_800.000001),
            day: CivilDate(year: 2028, month: 2, day: 29),
            length: .milliseconds(90_500),
            texts: ["a b", "", "NULL"],
            numbers: [1, -2],
            uuids: [uuid]
        )
    }()
}

struct Samples: CopyTarget {
    static let sql = "copy samples from stdin with (format binary)"
    static let columns = [
        Column("bigint", .bigint), Column("integer", .integer), Column("bool", .boolean),
        Column("double", .doublePrecision), Column("text", .text), Column("fruit", "fruit"),
        Column("json", .jsonb), Column("bytes", .bytea), Column("uuid", .uuid),
        Column("instant", .timestamptz), Column("day", .date), Column("length", .interval),
        Column("texts", .textArray), Column("numbers", .bigintArray),
        Column("uuids", .uuidArray),
    ]

    static func encode(_ row: Sample, into fields: inout BinaryRow) throws {
        if row.isRefused { throw Sample.Refused() }
        fields.bigint(row.bigint)
        fields.integer(row.integer)
        fields.bool(row.bool)
        fields.doublePrecision(row.double)
        fields.text(row.text)
        fields.label(row.fruit)
        fields.jsonb(row.json)
        fields.bytea(row.bytes)
        fields.uuid(row.uuid)
        fields.timestamptz(row.instant)
        fields.date(row.day)
        fields.interval(row.length)
        fields.textArray(row.texts)
        fields.bigintArray(row.numbers)
        fields.uuidArray(row.uuids)
    }
}

struct TooFew: CopyTarget {
    static let sql = "copy samples (bigint, integer) from stdin with (format binary)"
    static let columns = [Column("bigint", .bigint), Column("integer", .integer)]

    static func encode(_ row: Int64, into fields: inout BinaryRow) {
        fields.bigint(row)
    }
}
