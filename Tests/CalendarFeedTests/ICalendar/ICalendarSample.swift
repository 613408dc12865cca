import AbsenceModel
import Foundation

@testable import CalendarFeed

/// An iCalendar stream of a test, and what the reader makes of it.
struct ICalendarSample {
    var zone = "Europe/Stockholm"
    /// UTC.
    var window = ("20260101T000000", "20280101T000000")
    var mailAddresses = ["anna@example.se"]
    /// Lines of the calendar, outside of its events.
    var calendarLines: [String] = []
    /// Lines of each event, without BEGIN and END.
    var events: [[String]] = []

    /// One event of the UID `a`.
    init(_ lines: String...) {
        events = [["UID:a"] + lines]
    }

    /// Events of the UID `a`: a series and what replaces single occurrences.
    init(series: [String], _ others: [String]...) {
        events = ([series] + others).map { ["UID:a"] + $0 }
    }

    func with(_ change: (inout ICalendarSample) -> Void) -> ICalendarSample {
        var copy = self
        change(&copy)
        return copy
    }

    var text: String {
        let bodies = events.map { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
        let lines =
            ["BEGIN:VCALENDAR", "VERSION:2.0"] + calendarLines + bodies.joined()
            + ["END:VCALENDAR", ""]
        return lines.joined(separator: "\r\n")
    }

    var reader: ICalendarReader {
        get throws {
            guard let timeZone = TimeZone(identifier: zone),
                let start = DateText(window.0.utf8), let end = DateText(window.1.utf8)
            else { throw CocoaError(.formatting) }
            return ICalendarReader(
                timeZone: timeZone,
                mailAddresses: mailAddresses,
                window: Date(
                    timeIntervalSince1970: Double(start.wall.seconds)
                )..<Date(
                    timeIntervalSince1970: Double(end.wall.seconds)
                )
            )
        }
    }

    func read() throws -> ICalendarContent {
        try reader.read(Array(text.utf8), resource: "r.ics")
    }

    /// The times of the bookings, in order: `20261123T080000Z/20261123T090000Z`, or dates.
    func times() throws -> [String] {
        try read().bookings.map(\.time.text).sorted()
    }

    /// The same, only the starts.
    func starts() throws -> [String] {
        try times().map { String($0.prefix { $0 != "/" }) }
    }

    /// What is broken: `key reason`, with a tilde before what is degraded.
    func broken() throws -> [String] {
        try read().broken.map { ($0.isDegraded ? "~" : "") + "\($0.key ?? "-") \($0.reason)" }
    }

    func onlyBooking() throws -> Booking {
        let bookings = try read().bookings
        guard let booking = bookings.first, bookings.count == 1 else {
            throw CocoaError(.formatting)
        }
        return booking
    }
}

extension Booking.Time {
    var text: String {
        switch self {
        case .timed(let start, let end):
            [start, end].map { date in
                WallTime(seconds: Int(date.timeIntervalSince1970)).dateTimeText + "Z"
            }.joined(separator: "/")
        case .allDay(let start, let end): "\(start)/\(end)"
        }
    }
}
