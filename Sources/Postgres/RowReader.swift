import CLibPQ
public import Foundation

/// One row of a result, read column by column from the left.
///
/// Errors name the statement, the column and what kind of thing came, never the value.
public struct RowReader: ~Copyable {
    private let result: OpaquePointer
    private let row: Int32
    private let statement: String
    private var column: Int32 = 0

    init(_ result: OpaquePointer, row: Int32, statement: String) {
        self.result = result
        self.row = row
        self.statement = statement
    }

    public mutating func string() throws(PostgresError) -> String { try value() }
    public mutating func optionalString() throws(PostgresError) -> String? { try optional() }

    public mutating func int() throws(PostgresError) -> Int { try value() }
    public mutating func optionalInt() throws(PostgresError) -> Int? { try optional() }

    public mutating func int64() throws(PostgresError) -> Int64 { try value() }
    public mutating func optionalInt64() throws(PostgresError) -> Int64? { try optional() }

    /// Of `double precision` or `numeric`.
    public mutating func double() throws(PostgresError) -> Double { try value() }
    public mutating func optionalDouble() throws(PostgresError) -> Double? { try optional() }

    public mutating func bool() throws(PostgresError) -> Bool { try value() }
    public mutating func optionalBool() throws(PostgresError) -> Bool? { try optional() }

    public mutating func uuid() throws(PostgresError) -> UUID { try value() }
    public mutating func optionalUUID() throws(PostgresError) -> UUID? { try optional() }

    /// An instant, of `timestamptz`. Infinity is an error: select null for an open end.
    public mutating func date() throws(PostgresError) -> Date { try value() }
    public mutating func optionalDate() throws(PostgresError) -> Date? { try optional() }

    /// A day, of `date`.
    public mutating func day() throws(PostgresError) -> CivilDate { try value() }
    public mutating func optionalDay() throws(PostgresError) -> CivilDate? { try optional() }

    /// Of `bytea`.
    public mutating func data() throws(PostgresError) -> Data { try value() }
    public mutating func optionalData() throws(PostgresError) -> Data? { try optional() }

    /// Of an array without nulls, as are the two below.
    public mutating func stringArray() throws(PostgresError) -> [String] { try value() }
    public mutating func optionalStringArray() throws(PostgresError) -> [String]? {
        try optional()
    }

    public mutating func int64Array() throws(PostgresError) -> [Int64] { try value() }
    public mutating func optionalInt64Array() throws(PostgresError) -> [Int64]? { try optional() }

    public mutating func uuidArray() throws(PostgresError) -> [UUID] { try value() }
    public mutating func optionalUUIDArray() throws(PostgresError) -> [UUID]? { try optional() }

    /// A label that is one of `type`'s raw values.
    public mutating func enumeration<E: RawRepresentable<String>>(
        _ type: E.Type = E.self
    ) throws(PostgresError) -> E {
        guard let value = try optionalEnumeration(type) else { throw unexpectedNull() }
        return value
    }

    public mutating func optionalEnumeration<E: RawRepresentable<String>>(
        _ type: E.Type = E.self
    ) throws(PostgresError) -> E? {
        guard let label = try optionalString() else { return nil }
        guard let value = E(rawValue: label) else {
            throw error("is a label that \(E.self) does not have")
        }
        return value
    }

    /// Of `json` or `jsonb` in text form, by Foundation's decoder with its own forms of dates and data.
    public mutating func json<T: Decodable>(_ type: T.Type = T.self) throws(PostgresError) -> T {
        guard let value = try optionalJSON(type) else { throw unexpectedNull() }
        return value
    }

    public mutating func optionalJSON<T: Decodable>(
        _ type: T.Type = T.self
    ) throws(PostgresError) -> T? {
        guard let bytes = try next() else { return nil }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw self.error("is JSON that does not make a \(T.self)")
        }
    }
}

extension RowReader {
    private mutating func value<T: ColumnValue>() throws(PostgresError) -> T {
        guard let value: T = try optional() else { throw unexpectedNull() }
        return value
    }

    private mutating func optional<T: ColumnValue>() throws(PostgresError) -> T? {
        guard let bytes = try next() else { return nil }
        if PQfformat(result, column - 1) == 0 {
            guard let value = T(columnText: bytes) else {
                throw error("is a text of \(bytes.count) bytes that does not read as \(T.self)")
            }
            return value
        }
        guard let value = T(columnBinary: bytes) else {
            throw error("is \(bytes.count) bytes that do not read as \(T.self)")
        }
        return value
    }

    /// The bytes of the next column, which hold as long as the result; nil is null.
    private mutating func next() throws(PostgresError) -> UnsafeRawBufferPointer? {
        guard column < PQnfields(result) else {
            throw PostgresError(
                .decoding,
                "only \(column) columns came and one more is read",
                statement: statement
            )
        }
        defer { column += 1 }
        guard PQgetisnull(result, row, column) == 0 else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
    }

    func checkAllRead() throws(PostgresError) {
        guard column == PQnfields(result) else {
            throw PostgresError(
                .decoding,
                "\(PQnfields(result)) columns came and only \(column) were read",
                statement: statement
            )
        }
    }

    private func unexpectedNull() -> PostgresError {
        error("is null, and a value is expected")
    }

    /// About the column that was read last.
    private func error(_ fact: String) -> PostgresError {
        let name = PQfname(result, column - 1).map { String(cString: $0) } ?? "?"
        return PostgresError(
            .decoding,
            "row \(row + 1), column \(name) \(fact)",
            statement: statement,
            column: name
        )
    }
}
