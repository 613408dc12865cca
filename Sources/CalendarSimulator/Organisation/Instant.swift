import HTTPServing

/// Whole seconds since 1970-01-01T00:00:00Z.
struct Instant: Hashable, Comparable, Sendable {
    var seconds: Int

    init(_ seconds: Int) {
        self.seconds = seconds
    }

    static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

    /// Reads ISO 8601: `2026-11-23T09:00:00Z`, with a fraction, an offset, or none of them, which
    /// is taken for UTC; or a date, which is its midnight in UTC.
    init?(iso text: String) {
        guard let day = Day(iso: text.prefix(10)) else { return nil }
        seconds = day.number * 86400
        var rest = text.dropFirst(10)
        guard let separator = rest.popFirst() else { return }
        guard separator == "T" || separator == " " else { return nil }
        let clock = rest.prefix { $0.isNumber || $0 == ":" }
        let parts = clock.split(separator: ":").compactMap { Int($0) }
        guard parts.count >= 2 else { return nil }
        seconds += parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
        rest = rest.dropFirst(clock.count)
        if rest.first == "." { rest = rest.drop { $0 == "." || $0.isNumber } }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return }
        let digits = rest.dropFirst().filter(\.isNumber)
        guard digits.count == 4, let number = Int(digits) else { return nil }
        seconds -= (sign == "-" ? -1 : 1) * (number / 100 * 3600 + number % 100 * 60)
    }

    /// The wall time in UTC; seconds are dropped.
    var utc: WallTime {
        let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        return WallTime(Day(day), minute: (seconds - day * 86400) / 60)
    }
}

extension [UInt8] {
    /// Appends `2026-11-23`.
    mutating func append(_ day: Day) {
        let (year, month, number) = day.civil
        appendDigits(year, 4)
        append(UInt8(ascii: "-"))
        appendDigits(month, 2)
        append(UInt8(ascii: "-"))
        appendDigits(number, 2)
    }

    /// Appends `2026-11-23T09:00:00`.
    mutating func append(_ wall: WallTime) {
        append(wall.day)
        append(UInt8(ascii: "T"))
        appendDigits(wall.minute / 60, 2)
        append(UInt8(ascii: ":"))
        appendDigits(wall.minute % 60, 2)
        append(contentsOf: [0x3A, 0x30, 0x30])
    }
}

extension Day: CustomStringConvertible {
    /// As ISO 8601 writes it.
    var description: String {
        var bytes: [UInt8] = []
        bytes.append(self)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension WallTime: CustomStringConvertible {
    /// As ISO 8601 writes it, without an offset.
    var description: String {
        var bytes: [UInt8] = []
        bytes.append(self)
        return String(decoding: bytes, as: UTF8.self)
    }
}
