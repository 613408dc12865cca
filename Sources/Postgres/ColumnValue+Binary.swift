import Foundation

extension String {
    init?(columnBinary: UnsafeRawBufferPointer) {
        self.init(decoding: columnBinary, as: UTF8.self)
    }
}

extension Int64 {
    /// Of `bigint`, `integer` or `smallint`.
    init?(columnBinary: UnsafeRawBufferPointer) {
        switch columnBinary.count {
        case 8: self = columnBinary.number(at: 0)
        case 4: self = Int64(columnBinary.number(at: 0) as Int32)
        case 2: self = Int64(columnBinary.number(at: 0) as Int16)
        default: return nil
        }
    }
}

extension Int {
    init?(columnBinary: UnsafeRawBufferPointer) {
        guard let number = Int64(columnBinary: columnBinary) else { return nil }
        self.init(exactly: number)
    }
}

extension Double {
    /// Of `double precision`; `numeric` has a form of its own.
    init?(columnBinary: UnsafeRawBufferPointer) {
        guard columnBinary.count == 8 else { return nil }
        self.init(bitPattern: columnBinary.number(at: 0))
    }
}

extension Bool {
    init?(columnBinary: UnsafeRawBufferPointer) {
        guard columnBinary.count == 1 else { return nil }
        self = columnBinary[0] != 0
    }
}

extension UUID {
    init?(columnBinary: UnsafeRawBufferPointer) {
        guard columnBinary.count == 16 else { return nil }
        self.init(uuid: columnBinary.loadUnaligned(as: uuid_t.self))
    }
}

extension Date {
    init?(columnBinary: UnsafeRawBufferPointer) {
        guard columnBinary.count == 8 else { return nil }
        let timestamp = Timestamp(microsecondsSince2000: columnBinary.number(at: 0))
        guard timestamp != .earliest, timestamp != .latest else { return nil }
        self = timestamp.date
    }
}

extension CivilDate {
    init?(columnBinary: UnsafeRawBufferPointer) {
        guard columnBinary.count == 4 else { return nil }
        let days: Int32 = columnBinary.number(at: 0)
        guard days != .min, days != .max else { return nil }
        self.init(daysSince2000: Int(days))
    }
}

extension Data {
    init?(columnBinary: UnsafeRawBufferPointer) {
        self.init(columnBinary)
    }
}

extension Array where Element: ColumnValue {
    /// The form of `array_send`: dimensions, whether nulls occur, element type, then length and
    /// lower bound of each dimension, and each element with its size. An empty array has none.
    init?(columnBinary: UnsafeRawBufferPointer) {
        self.init()
        guard columnBinary.count >= 12 else { return nil }
        let dimensions: Int32 = columnBinary.number(at: 0)
        guard dimensions != 0 else { return }
        guard dimensions == 1, columnBinary.count >= 20,
            columnBinary.number(at: 16) as Int32 == 1
        else { return nil }
        let count: Int32 = columnBinary.number(at: 12)
        reserveCapacity(Int(count))
        var position = 20
        for _ in 0..<count {
            guard position + 4 <= columnBinary.count else { return nil }
            let size = Int(columnBinary.number(at: position) as Int32)
            position += 4
            guard size >= 0, position + size <= columnBinary.count,
                let element = Element(
                    columnBinary: UnsafeRawBufferPointer(
                        rebasing: columnBinary[position..<position + size]
                    )
                )
            else { return nil }
            append(element)
            position += size
        }
    }
}

extension UnsafeRawBufferPointer {
    /// A number in network order.
    fileprivate func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at position: Int
    ) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: position, as: Number.self))
    }
}
