import Foundation

/// An instant as PostgreSQL keeps it: microseconds since 2000-01-01 00:00 UTC.
struct Timestamp: Hashable {
    var microsecondsSince2000: Int64

    /// 2000-01-01 to 2001-01-01, from which Foundation counts.
    private static let secondsTo2001 = 366.0 * 86_400
    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// What PostgreSQL takes for infinitely early and late.
    static let earliest = Timestamp(microsecondsSince2000: .min)
    static let latest = Timestamp(microsecondsSince2000: .max)

    init(microsecondsSince2000: Int64) {
        self.microsecondsSince2000 = microsecondsSince2000
    }

    /// To the nearest microsecond; infinite where no count of microseconds holds the date.
    ///
    /// A date is a Double and holds microseconds exactly in the years 1729 to 2273 alone.
    init(_ date: Date) {
        let seconds = date.timeIntervalSinceReferenceDate + Self.secondsTo2001
        if let microseconds = Int64(exactly: (seconds * 1_000_000).rounded()) {
            self.init(microsecondsSince2000: microseconds)
        } else {
            self = seconds < 0 ? .earliest : .latest
        }
    }

    var date: Date {
        // Whole seconds apart, so that both parts are exact.
        let (seconds, microseconds) = microsecondsSince2000.quotientAndRemainder(
            dividingBy: 1_000_000
        )
        return Date(
            timeIntervalSinceReferenceDate:
                Double(seconds) - Self.secondsTo2001 + Double(microseconds) / 1_000_000
        )
    }

    /// `2026-11-23 08:00:00.000001+00`, or `infinity`.
    var text: String {
        if self == .earliest { return "-infinity" }
        if self == .latest { return "infinity" }
        let perDay = Self.microsecondsPerDay
        var days = microsecondsSince2000 / perDay
        var rest = microsecondsSince2000 % perDay
        if rest < 0 {
            rest += perDay
            days -= 1
        }
        let day = CivilDate(daysSince2000: Int(days))
        let seconds = Int(rest / 1_000_000)
        let fraction = Int(rest % 1_000_000)

        // The era stands last in PostgreSQL's form, so the year is turned into a positive one.
        var civil = day
        civil.year = day.year > 0 ? day.year : 1 - day.year
        return "\(civil) \(padded(seconds / 3600, to: 2)):\(padded(seconds / 60 % 60, to: 2))"
            + ":\(padded(seconds % 60, to: 2))"
            + (fraction == 0 ? "" : ".\(padded(fraction, to: 6))")
            + "+00" + (day.year > 0 ? "" : " BC")
    }

    /// Reads what a session in UTC with ISO dates prints; nil for anything else, so also for
    /// infinity and for years before the first.
    init?(text: UnsafeRawBufferPointer) {
        var scanner = DigitScanner(text)
        guard let day = scanner.day(), scanner.take(" "),
            let hour = scanner.number(digits: 2...2), scanner.take(":"),
            let minute = scanner.number(digits: 2...2), scanner.take(":"),
            let second = scanner.number(digits: 2...2)
        else { return nil }
        var microseconds = 0
        if scanner.take(".") {
            let start = scanner.position
            guard let fraction = scanner.number(digits: 1...6) else { return nil }
            microseconds = fraction
            for _ in scanner.position - start..<6 { microseconds *= 10 }
        }
        guard scanner.take("+"), scanner.number(digits: 2...2) == 0, scanner.isAtEnd else {
            return nil
        }
        let seconds = hour * 3600 + minute * 60 + second
        microsecondsSince2000 =
            Int64(day.daysSince2000) * Self.microsecondsPerDay
            + Int64(seconds * 1_000_000 + microseconds)
    }
}

/// Reads numbers and marks off a text, byte by byte.
struct DigitScanner {
    private let text: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func number(digits: ClosedRange<Int>) -> Int? {
        let start = position
        var number = 0
        while position < text.count, position - start < digits.upperBound,
            case let digit = text[position] &- UInt8(ascii: "0"), digit < 10
        {
            number = number * 10 + Int(digit)
            position += 1
        }
        return digits.contains(position - start) ? number : nil
    }

    /// A day as `2026-11-23`.
    mutating func day() -> CivilDate? {
        guard let year = number(digits: 4...6), take("-"), let month = number(digits: 2...2),
            take("-"), let day = number(digits: 2...2), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}
