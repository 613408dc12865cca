public import Foundation

/// What a clock on the wall shows: a date and a time of day, of no time zone, in whole seconds.
///
/// Dates are of the Gregorian calendar, also before it was introduced.
public struct WallClock: Hashable, Comparable, Sendable {
    public var date: LocalDate
    public var hour: Int
    public var minute: Int
    public var second: Int

    public init(date: LocalDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// What the wall clock in `timeZone` shows at `instant`; parts of a second are dropped.
    public init(at instant: Date, in timeZone: TimeZone) {
        let offset = timeZone.secondsFromGMT(for: instant)
        self.init(secondsSince1970: Int(instant.timeIntervalSince1970.rounded(.down)) + offset)
    }

    /// The instant at which the wall clock in `timeZone` shows this.
    ///
    /// A time in the gap of a clock change, which no clock shows, takes the offset before the
    /// change; of the two in an overlap it is the first (RFC 5545 3.3.5). A part beyond its
    /// range counts on: 24:00 is 00:00 of the day after.
    public func instant(in timeZone: TimeZone) -> Date {
        instants(in: timeZone).first ?? instant(offset: offsets(in: timeZone).before)
    }

    /// All instants at which the wall clock in `timeZone` shows this, earliest first: none in
    /// the gap of a clock change, two in an overlap, else one.
    public func instants(in timeZone: TimeZone) -> [Date] {
        let offsets = offsets(in: timeZone)
        return Set([offsets.before, offsets.after])
            .filter { timeZone.secondsFromGMT(for: instant(offset: $0)) == $0 }
            .map(instant(offset:))
            .sorted()
    }

    /// The instant at which the wall clock in `timeZone` shows a year, month, day and time.
    ///
    /// As ``instant(in:)``.
    public static func instant(
        of year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int = 0,
        _ minute: Int = 0,
        _ second: Int = 0,
        in timeZone: TimeZone
    ) -> Date {
        let date = LocalDate(year: year, month: month, day: day)
        return WallClock(date: date, hour: hour, minute: minute, second: second)
            .instant(in: timeZone)
    }

    /// The instant at which a clock `offset` seconds ahead of UTC shows this.
    public func instant(offset: Int) -> Date {
        Date(timeIntervalSince1970: Double(secondsSince1970 - offset))
    }

    public static func < (left: WallClock, right: WallClock) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }

    private var secondsSince1970: Int {
        date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    }

    private init(secondsSince1970 seconds: Int) {
        let (day, second) = seconds.flooredDivision(by: 86_400)
        self.init(
            date: LocalDate(daysSince1970: day),
            hour: second / 3_600,
            minute: second / 60 % 60,
            second: second % 60
        )
    }

    /// The offsets well before and well after every instant that can show this.
    ///
    /// A day either way is more than the largest offset, 14 hours, and no zone changes its
    /// clock twice within the two.
    private func offsets(in timeZone: TimeZone) -> (before: Int, after: Int) {
        (
            timeZone.secondsFromGMT(for: instant(offset: 86_400)),
            timeZone.secondsFromGMT(for: instant(offset: -86_400))
        )
    }
}

extension WallClock: LosslessStringConvertible {
    /// Reads a date and a time as ISO 8601 writes them, 2026-11-23T09:00 or with seconds, or
    /// nil where `text` is anything else or no such day or time exists.
    public init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = LocalDate(String(parts[0])) else { return nil }
        let fields = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { Int(digits: $0, count: 2) }
        guard 2...3 ~= fields.count, numbers.count == fields.count else { return nil }
        let second = numbers.count == 3 ? numbers[2] : 0
        guard numbers[0] < 24, numbers[1] < 60, second < 60 else { return nil }
        self.init(date: date, hour: numbers[0], minute: numbers[1], second: second)
    }

    /// As ISO 8601 writes it: 2026-11-23T09:00, with seconds where there are any.
    public var description: String {
        let fields = second == 0 ? [hour, minute] : [hour, minute, second]
        return "\(date)T" + fields.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

extension LocalDate: LosslessStringConvertible {
    /// Reads a date as ISO 8601 writes it, 2026-11-23, or nil where `text` is anything else or
    /// no such day exists. As in PostgreSQL, there is no year 0.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3,
            let year = Int(digits: parts[0], count: 4),
            let month = Int(digits: parts[1], count: 2),
            let day = Int(digits: parts[2], count: 2)
        else { return nil }
        let date = LocalDate(year: year, month: month, day: day)
        guard year > 0, LocalDate(daysSince1970: date.daysSince1970) == date else { return nil }
        self = date
    }

    /// How many days after 1 January 1970 this is; a month or day beyond its range counts on.
    public var daysSince1970: Int {
        // Years from March, so that the leap day is the last; eras of 400 years, 146,097 days.
        let (years, monthIndex) = (month - 3).flooredDivision(by: 12)
        let (era, yearOfEra) = (year + years).flooredDivision(by: 400)
        let dayOfYear = (153 * monthIndex + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date so many days after 1 January 1970.
    public init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let leaps = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        self.init(
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthIndex + 2) / 5 + 1
        )
    }
}

extension Int {
    /// Reads exactly `count` ASCII digits, or nil.
    fileprivate init?(digits: Substring, count: Int) {
        guard digits.utf8.count == count, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            return nil
        }
        self.init(digits)
    }

    /// The quotient towards minus infinity, and the remainder from 0.
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
