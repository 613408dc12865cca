import AbsenceModel

/// Dates and times as RFC 3339 writes them, read byte by byte.
enum InternetTime {
    /// Reads `2026-11-23`; nil for everything else.
    static func date(_ bytes: UnsafeRawBufferPointer) -> WallTime? {
        guard bytes.count == 10 else { return nil }
        return day(bytes)
    }

    /// Reads `2026-11-23T09:00:00.000Z` or `2026-11-23T10:00:00+01:00`, in seconds since 1970
    /// with the fraction; nil for everything else, also where there is no offset.
    static func instant(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = day(bytes), let hour = number(bytes, 11..<13),
            let minute = number(bytes, 14..<16), let second = number(bytes, 17..<19),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        // A leap second is read as the one before it (RFC 3339 5.7).
        let wall = day.seconds + hour * 3600 + minute * 60 + min(second, 59)
        var place = 19
        var fraction = 0.0
        if bytes[place] == UInt8(ascii: ".") {
            var weight = 0.1
            place += 1
            while place < bytes.count, 0x30...0x39 ~= bytes[place] {
                fraction += Double(bytes[place] - 0x30) * weight
                weight /= 10
                place += 1
            }
            guard place > 20 else { return nil }
        }
        guard let offset = offset(bytes[place...]) else { return nil }
        return Double(wall - offset) + fraction
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        if bytes.count == 1, bytes[0] | 0x20 == UInt8(ascii: "z") { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
            let hours = number(bytes, 1..<3), let minutes = number(bytes, 4..<6),
            hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -hours * 3600 - minutes * 60
        default: return nil
        }
    }

    private static func day(_ bytes: UnsafeRawBufferPointer) -> WallTime? {
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes, 0..<4), let month = number(bytes, 5..<7),
            let day = number(bytes, 8..<10)
        else { return nil }
        return WallTime(year: year, month: month, day: day)
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ places: Range<Int>) -> Int? {
        var value = 0
        for place in places {
            guard 0x30...0x39 ~= bytes[place] else { return nil }
            value = value * 10 + Int(bytes[place] - 0x30)
        }
        return value
    }
}
