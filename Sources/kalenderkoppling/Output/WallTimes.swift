import Foundation

/// Times for people, on the wall of one time zone.
struct WallTimes {
    let zone: TimeZone

    init(_ identifier: String) {
        zone = TimeZone(identifier: identifier) ?? .gmt
    }

    /// 2026-11-23 09:00
    func minute(_ date: Date) -> String {
        "\(day(date)) \(time(date))"
    }

    /// 2026-11-23 09:00-10:00, with the second date where it is another one.
    func stretch(_ start: Date, _ end: Date) -> String {
        day(start) == day(end)
            ? "\(minute(start))-\(time(end))" : "\(minute(start)) - \(minute(end))"
    }

    func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
    }

    func time(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(timeZone: zone).time(includingFractionalSeconds: false)
        let text = date.formatted(style)
        return text.hasSuffix(":00") ? String(text.dropLast(3)) : text
    }
}
