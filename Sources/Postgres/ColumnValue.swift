import Foundation

/// A type that a column can be read as.
protocol ColumnValue {
    /// Reads the binary form, which `…send()` of the type makes; nil for anything else.
    init?(columnBinary: UnsafeRawBufferPointer)

    /// Reads the form that a session of ``Connection`` prints; nil for anything else.
    init?(columnText: UnsafeRawBufferPointer)
}

extension String: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        self.init(decoding: columnText, as: UTF8.self)
    }
}

extension Int64: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        guard let first = columnText.first else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        let digits = isNegative ? columnText.dropFirst() : columnText[...]
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            // Counted downwards, because the lowest number has no positive counterpart.
            let (next, isTooSmall) = tens.subtractingReportingOverflow(Int64(digit))
            guard digit < 10, !isTooLarge, !isTooSmall else { return nil }
            number = next
        }
        if !isNegative {
            guard number != .min else { return nil }
            number = -number
        }
        self = number
    }
}

extension Int: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        guard let number = Int64(columnText: columnText) else { return nil }
        self.init(exactly: number)
    }
}

extension Double: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        self.init(String(decoding: columnText, as: UTF8.self))
    }
}

extension Bool: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        guard columnText.count == 1 else { return nil }
        switch columnText[0] {
        case UInt8(ascii: "t"): self = true
        case UInt8(ascii: "f"): self = false
        default: return nil
        }
    }
}

extension UUID: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        guard columnText.count == 36 else { return nil }
        self.init(uuidString: String(decoding: columnText, as: UTF8.self))
    }
}

extension Date: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        guard let timestamp = Timestamp(text: columnText) else { return nil }
        self = timestamp.date
    }
}

extension CivilDate: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        var scanner = DigitScanner(columnText)
        guard let day = scanner.day(), scanner.isAtEnd else { return nil }
        self = day
    }
}

extension Data: ColumnValue {
    /// Reads the form `\x0fff`.
    init?(columnText: UnsafeRawBufferPointer) {
        guard columnText.count >= 2, columnText.count.isMultiple(of: 2),
            columnText.starts(with: #"\x"#.utf8)
        else { return nil }
        self.init(capacity: columnText.count / 2 - 1)
        for index in stride(from: 2, to: columnText.count, by: 2) {
            guard let high = Self.digit(columnText[index]),
                let low = Self.digit(columnText[index + 1])
            else { return nil }
            append(high << 4 | low)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension Array: ColumnValue where Element: ColumnValue {
    init?(columnText: UnsafeRawBufferPointer) {
        guard let texts = ArrayText.elements(of: columnText) else { return nil }
        self.init()
        reserveCapacity(texts.count)
        for text in texts {
            guard let element = text.withUnsafeBytes({ Element(columnText: $0) }) else {
                return nil
            }
            append(element)
        }
    }
}
