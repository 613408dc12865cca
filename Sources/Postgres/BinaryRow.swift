public import Foundation

/// The fields of one row in the binary form of COPY, appended in the order of the columns.
///
/// Each function is named as the SQL type that its bytes are for; nil is null.
public struct BinaryRow {
    private(set) var bytes: [UInt8] = []
    private(set) var fieldCount: Int16 = 0
    private var startOfRow = 0

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    public mutating func null() {
        fieldCount += 1
        append(Int32(-1))
    }

    public mutating func bigint(_ value: Int64?) {
        guard let value else { return null() }
        fieldCount += 1
        let (high, low) = (Int32(truncatingIfNeeded: value >> 32), Int32(truncatingIfNeeded: value))
        append(inMemory: (Int32(8).bigEndian, high.bigEndian, low.bigEndian))
    }

    public mutating func integer(_ value: Int32?) {
        guard let value else { return null() }
        fieldCount += 1
        append(inMemory: (Int32(4).bigEndian, value.bigEndian))
    }

    public mutating func bool(_ value: Bool?) {
        guard let value else { return null() }
        fieldCount += 1
        append(Int32(1))
        bytes.append(value ? 1 : 0)
    }

    public mutating func doublePrecision(_ value: Double?) {
        field(value) { $0.append($1.bitPattern) }
    }

    public mutating func text(_ value: String?) {
        guard var value else { return null() }
        fieldCount += 1
        value.withUTF8 {
            append(Int32(clamping: $0.count))
            bytes.append(contentsOf: $0)
        }
    }

    /// The label of a value of an enum type.
    public mutating func label(_ value: (some RawRepresentable<String>)?) {
        text(value?.rawValue)
    }

    public mutating func jsonb(_ json: String?) {
        field(json) { row, json in
            row.bytes.append(1)  // The version of the form.
            row.bytes.append(contentsOf: json.utf8)
        }
    }

    public mutating func bytea(_ value: Data?) {
        field(value) { $0.bytes.append(contentsOf: $1) }
    }

    public mutating func uuid(_ value: UUID?) {
        field(value) { row, value in
            withUnsafeBytes(of: value.uuid) { row.bytes.append(contentsOf: $0) }
        }
    }

    /// An instant, to the nearest microsecond.
    public mutating func timestamptz(_ value: Date?) {
        bigint(value.map { Timestamp($0).microsecondsSince2000 })
    }

    public mutating func date(_ value: CivilDate?) {
        integer(value.map { Int32(clamping: $0.daysSince2000) })
    }

    /// A length of time, to the microsecond, as hours and not as days or months.
    public mutating func interval(_ value: Duration?) {
        field(value) { row, value in
            row.append(value.microseconds)
            row.append(Int32(0))  // days
            row.append(Int32(0))  // months
        }
    }

    public mutating func textArray(_ values: [String]?) {
        array(values, elementType: 25) { $0.bytes.append(contentsOf: $1.utf8) }
    }

    public mutating func bigintArray(_ values: [Int64]?) {
        array(values, elementType: 20) { $0.append($1) }
    }

    public mutating func uuidArray(_ values: [UUID]?) {
        array(values, elementType: 2950) { row, value in
            withUnsafeBytes(of: value.uuid) { row.bytes.append(contentsOf: $0) }
        }
    }
}

extension BinaryRow {
    mutating func beginRow() {
        startOfRow = bytes.count
        fieldCount = 0
        append(Int16(0))
    }

    mutating func endRow() {
        patch(fieldCount, at: startOfRow)
    }

    mutating func append(raw: some Sequence<UInt8>) {
        bytes.append(contentsOf: raw)
    }

    mutating func append(_ number: some FixedWidthInteger & BitwiseCopyable) {
        append(inMemory: number.bigEndian)
    }

    /// Appends a value as it lies in memory; it has no gaps.
    private mutating func append<Value: BitwiseCopyable>(inMemory value: Value) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func field<Value>(
        _ value: Value?,
        _ appendValue: (inout BinaryRow, Value) -> Void
    ) {
        guard let value else {
            null()
            return
        }
        fieldCount += 1
        appendSized { appendValue(&$0, value) }
    }

    /// The form of `array_recv`: dimensions, whether nulls occur, element type, then length and
    /// lower bound of the dimension, and each element with its size. An empty array has none.
    private mutating func array<Element>(
        _ values: [Element]?,
        elementType: Int32,
        _ appendElement: (inout BinaryRow, Element) -> Void
    ) {
        field(values) { row, values in
            row.append(Int32(values.isEmpty ? 0 : 1))
            row.append(Int32(0))
            row.append(elementType)
            guard !values.isEmpty else { return }
            row.append(Int32(clamping: values.count))
            row.append(Int32(1))
            for value in values {
                row.appendSized { appendElement(&$0, value) }
            }
        }
    }

    /// What `body` appends, with its size before it.
    private mutating func appendSized(_ body: (inout BinaryRow) -> Void) {
        let start = bytes.count
        append(Int32(0))
        body(&self)
        patch(Int32(clamping: bytes.count - start - 4), at: start)
    }

    private mutating func patch<Number: FixedWidthInteger & BitwiseCopyable>(
        _ number: Number,
        at position: Int
    ) {
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: number.bigEndian, toByteOffset: position, as: Number.self)
        }
    }
}
