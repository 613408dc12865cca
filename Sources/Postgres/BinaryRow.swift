public import Foundation

/// The fields of one row in the binary form of COPY, appended in the order of the columns.
///
/// Each function is named as the SQL type that its bytes are for; nil is null.
public struct BinaryRow: ~Copyable {
    private var memory: UnsafeMutableRawBufferPointer
    private(set) var byteCount = 0
    private(set) var fieldCount: Int16 = 0

    init(capacity: Int) {
        memory = .allocate(byteCount: max(capacity, 64), alignment: 8)
    }

    deinit {
        memory.deallocate()
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
        append(UInt8(value ? 1 : 0))
    }

    public mutating func doublePrecision(_ value: Double?) {
        field(value) { $0.append($1.bitPattern) }
    }

    public mutating func text(_ value: String?) {
        guard let value else { return null() }
        fieldCount += 1
        append(Int32(clamping: value.utf8.count))
        append(utf8: value)
    }

    /// A text by its bytes in UTF-8.
    public mutating func text(_ bytes: UnsafeRawBufferPointer?) {
        guard let bytes else { return null() }
        fieldCount += 1
        append(Int32(clamping: bytes.count))
        append(raw: bytes)
    }

    /// The label of a value of an enum type.
    @inlinable
    public mutating func label(_ value: (some RawRepresentable<String>)?) {
        text(value?.rawValue)
    }

    public mutating func jsonb(_ json: String?) {
        field(json) { row, json in
            row.append(UInt8(1))  // The version of the form.
            row.append(utf8: json)
        }
    }

    public mutating func bytea(_ value: Data?) {
        field(value) { row, value in value.withUnsafeBytes { row.append(raw: $0) } }
    }

    public mutating func uuid(_ value: UUID?) {
        field(value) { row, value in
            withUnsafeBytes(of: value.uuid) { row.append(raw: $0) }
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
        array(values, elementType: 25) { $0.append(utf8: $1) }
    }

    public mutating func bigintArray(_ values: [Int64]?) {
        array(values, elementType: 20) { $0.append($1) }
    }

    public mutating func uuidArray(_ values: [UUID]?) {
        array(values, elementType: 2950) { row, value in
            withUnsafeBytes(of: value.uuid) { row.append(raw: $0) }
        }
    }
}

extension BinaryRow {
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<byteCount]) }

    /// Appends the row whose fields `encode` appends; nothing where it says that there is none.
    mutating func appendRow(_ encode: (inout BinaryRow) throws -> Bool) rethrows -> Bool {
        let start = byteCount
        fieldCount = 0
        append(Int16(0))
        guard try encode(&self) else {
            byteCount = start
            return false
        }
        patch(fieldCount, at: start)
        return true
    }

    mutating func append(_ number: some FixedWidthInteger & BitwiseCopyable) {
        append(inMemory: number.bigEndian)
    }

    mutating func append(raw bytes: UnsafeRawBufferPointer) {
        makeRoom(for: bytes.count)
        guard let start = bytes.baseAddress, let end = memory.baseAddress else { return }
        (end + byteCount).copyMemory(from: start, byteCount: bytes.count)
        byteCount += bytes.count
    }

    private mutating func append(utf8 text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
            append(raw: UnsafeRawBufferPointer($0))
        }
        if isDone == nil { for byte in text.utf8 { append(byte) } }
    }

    /// Appends a value as it lies in memory; it has no gaps.
    @inline(__always)
    private mutating func append<Value: BitwiseCopyable>(inMemory value: Value) {
        makeRoom(for: MemoryLayout<Value>.size)
        memory.storeBytes(of: value, toByteOffset: byteCount, as: Value.self)
        byteCount += MemoryLayout<Value>.size
    }

    @inline(__always)
    private mutating func makeRoom(for count: Int) {
        if byteCount + count > memory.count { grow(to: byteCount + count) }
    }

    private mutating func grow(to count: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(2 * memory.count, count),
            alignment: 8
        )
        larger.copyMemory(from: bytes)
        memory.deallocate()
        memory = larger
    }

    mutating func removeAll() {
        byteCount = 0
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
        let start = byteCount
        append(Int32(0))
        body(&self)
        patch(Int32(clamping: byteCount - start - 4), at: start)
    }

    private mutating func patch<Number: FixedWidthInteger & BitwiseCopyable>(
        _ number: Number,
        at position: Int
    ) {
        memory.storeBytes(of: number.bigEndian, toByteOffset: position, as: Number.self)
    }
}
