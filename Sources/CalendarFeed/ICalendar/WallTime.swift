import AbsenceModel

/// A date and a time of day as a clock on the wall shows them, of no time zone.
///
/// Recurrence is counted on the wall (RFC 5545 3.3.10), so this is what rules are expanded
/// in; a ``Zone`` makes instants of the result.
struct WallTime: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01 00:00 of the same wall.
    var seconds: Int

    static let secondsPerDay = 86_400

    init(seconds: Int) {
        self.seconds = seconds
    }

    /// Makes a wall time of its fields, or nil where the calendar has no such day or hour.
    ///
    /// The second 60 is a leap second and is read as 59 (RFC 5545 3.3.12).
    init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard
            (1...9999).contains(year), (1...12).contains(month),
            (1...WallTime.dayCount(ofMonth: month, year: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let days = WallTime.days(year: year, month: month, day: day)
        seconds =
            days * WallTime.secondsPerDay + hour * 3600 + minute * 60 + min(second, 59)
    }

    static func < (left: WallTime, right: WallTime) -> Bool {
        left.seconds < right.seconds
    }

    static func + (time: WallTime, seconds: Int) -> WallTime {
        WallTime(seconds: time.seconds + seconds)
    }

    /// The first moment of the same day.
    var midnight: WallTime {
        self + -secondOfDay
    }

    var isMidnight: Bool {
        secondOfDay == 0
    }

    var secondOfDay: Int {
        let remainder = seconds % WallTime.secondsPerDay
        return remainder < 0 ? remainder + WallTime.secondsPerDay : remainder
    }

    /// The day, by Howard Hinnant's `civil_from_days`.
    var date: LocalDate {
        let days = midnight.seconds / WallTime.secondsPerDay + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return LocalDate(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// As RFC 5545 3.3.4 writes a date: 20261123.
    var dateText: String {
        text(length: 8)
    }

    /// As RFC 5545 3.3.5 writes a local date and time: 20261123T080000.
    var dateTimeText: String {
        text(length: 15)
    }

    private func text(length: Int) -> String {
        let (date, second) = (date, secondOfDay)
        let digits = (date.year * 100 + date.month) * 100 + date.day
        let time = (second / 3600 * 100 + second / 60 % 60) * 100 + second % 60
        return String(unsafeUninitializedCapacity: length) { bytes in
            Self.write(digits, to: bytes[..<8])
            if length > 8 {
                bytes[8] = UInt8(ascii: "T")
                Self.write(time, to: bytes[9..<15])
            }
            return length
        }
    }

    /// Fills `places` with the last decimal digits of `number`.
    private static func write(_ number: Int, to places: Slice<UnsafeMutableBufferPointer<UInt8>>) {
        var rest = number.magnitude
        for place in places.indices.reversed() {
            places.base[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, by Howard Hinnant's `days_from_civil`.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
