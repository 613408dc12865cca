/// A date of the proleptic Gregorian calendar, of no time zone.
struct Day: Hashable, Comparable, Strideable, Sendable {
    /// Days since 1970-01-01.
    var number: Int

    init(_ number: Int) {
        self.number = number
    }

    /// Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `2026-11-23`.
    init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, 1...12 ~= parts[1], 1...31 ~= parts[2] else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }

    /// Civil from days, as above.
    var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 0 is Monday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 }

    static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    func distance(to other: Day) -> Int { other.number - number }
    func advanced(by days: Int) -> Day { Day(number + days) }
}

/// A time on the wall in some time zone.
struct WallTime: Hashable, Comparable, Sendable {
    var day: Day
    /// Minutes since midnight, 0 to 1439.
    var minute: Int

    init(_ day: Day, minute: Int = 0) {
        self.day = day
        self.minute = minute
    }

    static func < (left: WallTime, right: WallTime) -> Bool {
        (left.day, left.minute) < (right.day, right.minute)
    }

    /// Later by minutes on the wall.
    func advanced(minutes: Int) -> WallTime {
        let total = day.number * 1440 + minute + minutes
        let number = total >= 0 ? total / 1440 : (total - 1439) / 1440
        return WallTime(Day(number), minute: total - number * 1440)
    }
}
