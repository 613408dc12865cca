/// A day of the calendar, without a time and without a zone: PostgreSQL's `date`.
public struct CivilDate: Hashable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days since 2000-01-01 in the proleptic Gregorian calendar, as PostgreSQL counts them.
    ///
    /// http://howardhinnant.github.io/date_algorithms.html, days_from_civil: a year begins in
    /// March there, so that the leap day is its last.
    var daysSince2000: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - Self.daysFromEraTo2000
    }

    /// The same backwards, civil_from_days.
    init(daysSince2000: Int) {
        let days = daysSince2000 + Self.daysFromEraTo2000
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// From 0000-03-01 to 2000-01-01.
    private static let daysFromEraTo2000 = 730_425
}

extension CivilDate: Comparable {
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// As PostgreSQL reads and writes it: 2026-11-23, and 0044-03-15 BC before the first year.
    public var description: String {
        let yearOfEra = year > 0 ? year : 1 - year
        return padded(yearOfEra, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
            + (year > 0 ? "" : " BC")
    }
}

func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
