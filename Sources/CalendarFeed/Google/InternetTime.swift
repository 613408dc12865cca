import AbsenceModel

/// Dates and times as RFC 3339 writes them, read byte by byte.
enum InternetTime {
    /// Reads `2026-11-23`; nil for everything else.
    static func date(_ bytes: UnsafeRawBufferPointer) -> WallTime? {
        bytes.count == 10 ? WallTime(date: bytes) : nil
    }

    /// Reads `2026-11-23T09:00:00.000Z` or `2026-11-23T10:00:00+01:00`, in seconds since 1970
    /// with the fraction; nil for everything else, also where there is no offset.
    static func instant(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"),
            let wall = WallTime(dateTime: bytes)
        else { return nil }
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
        return Double(wall.seconds - offset) + fraction
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        if bytes.count == 1, bytes[0] | 0x20 == UInt8(ascii: "z") { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
            let hours = bytes.number(1..<3), let minutes = bytes.number(4..<6),
            hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -hours * 3600 - minutes * 60
        default: return nil
        }
    }
}
