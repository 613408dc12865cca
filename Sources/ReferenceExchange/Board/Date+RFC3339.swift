import Foundation

extension Date {
    private nonisolated(unsafe) static let form =
        /(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|([+-])(\d\d):(\d\d))/
        .asciiOnlyDigits()

    /// An instant as RFC 3339 5.6 writes it, with any offset; a leap second is the next one.
    init?(rfc3339 text: String) {
        guard let parts = (try? Self.form.wholeMatch(in: text))?.output,
            let year = Int(parts.1), let month = Int(parts.2), let day = Int(parts.3),
            let hour = Int(parts.4), let minute = Int(parts.5), let second = Int(parts.6),
            1...12 ~= month, 1...Self.days(of: month, in: year) ~= day,
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var offset = 0
        if let sign = parts.9, let hours = parts.10.flatMap({ Int($0) }),
            let minutes = parts.11.flatMap({ Int($0) })
        {
            guard hours < 24, minutes < 60 else { return nil }
            offset = (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
        let days = Self.dayNumber(year, month, day)
        let seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset
        let fraction = parts.7.flatMap { Double("0\($0)") } ?? 0
        self.init(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// As in `2026-11-23T08:00:00Z`.
    var rfc3339: String { formatted(.iso8601) }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar, also before it was there.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
