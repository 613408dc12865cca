import AbsenceModel
import Foundation
import Web

/// Makes rows of the items of `events.list` (calendar-apis.md 3.2).
struct GoogleEventReader: Sendable {
    var window: Range<Date>
    /// The user's, in which whole days are days. The calendar's own zone is not asked: dates are
    /// the user's as booked (domain P-9).
    var zone: Zone
    /// The private extended property that holds a choice for a booking.
    var choiceProperty: String?

    /// The row, or nil where the item has no id, so that nobody can tell what it is about.
    func row(_ item: JSONElement) -> GoogleRow? {
        guard let id = item["id"]?.string, !id.isEmpty else { return nil }
        let series = item["recurringEventId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        return GoogleRow(
            id: id,
            series: series,
            updated: item["updated"]?.bytes.flatMap(InternetTime.instant),
            content: content(item, resource: GoogleRow.resource(id, of: series))
        )
    }

    private func content(_ item: JSONElement, resource: String) -> GoogleRow.Content {
        if item["status"]?.reads("cancelled") == true { return .cancelled }
        let time: Booking.Time
        do {
            time = try self.time(item)
        } catch {
            return .broken(error.description)
        }
        guard overlapsWindow(time) else { return .outside }
        var booking = Booking(
            key: resource,
            resource: resource,
            time: time,
            showAs: Self.showAs(item),
            sensitivity: Self.sensitivity(item),
            response: Self.response(item),
            subject: item["summary"]?.string,
            location: item["location"]?.string,
            body: item["description"]?.string
        )
        guard let choiceProperty,
            let choice = item["extendedProperties"]?["private"]?.member(choiceProperty)
        else { return .booking(booking, note: nil) }
        booking.choice = choice.string.flatMap(BookingDetails.choice)
        return .booking(
            booking,
            note: booking.choice == nil
                ? "its property \(choiceProperty) is not `skip` or `reason=...;kind=...`, "
                    + "and no choice was read" : nil
        )
    }

    // MARK: Time

    /// Start and end. An event whose end is unspecified has one for compatibility, the one that
    /// calendars show; where there is none at all it ends as RFC 5545 3.6.1 says.
    private func time(_ item: JSONElement) throws(EventFault) -> Booking.Time {
        guard let start = item["start"] else { throw EventFault("it has no start") }
        let end = item["end"]
        if let date = start["date"] {
            guard let first = date.bytes.flatMap(InternetTime.date) else {
                throw EventFault("its start is no date")
            }
            var last = first
            if let end {
                guard let date = end["date"]?.bytes.flatMap(InternetTime.date) else {
                    throw EventFault("its end is no date, and its start is one")
                }
                last = date
            }
            guard last >= first else { throw EventFault("it ends before it starts") }
            if last == first { last = first + WallTime.secondsPerDay }
            return .allDay(start: first.date, end: last.date)
        }
        guard let first = start["dateTime"]?.bytes.flatMap(InternetTime.instant) else {
            throw EventFault("its start is no time with an offset")
        }
        var last = first
        if let end {
            guard let time = end["dateTime"]?.bytes.flatMap(InternetTime.instant) else {
                throw EventFault("its end is no time with an offset")
            }
            last = time
        }
        guard last >= first else { throw EventFault("it ends before it starts") }
        return .timed(
            start: Date(timeIntervalSince1970: first.rounded(.down)),
            end: Date(timeIntervalSince1970: last.rounded(.down))
        )
    }

    private func overlapsWindow(_ time: Booking.Time) -> Bool {
        switch time {
        case .timed(let start, let end):
            return start < window.upperBound && end > window.lowerBound
        case .allDay(let start, let end):
            guard let first = midnight(start), let last = midnight(end) else { return false }
            return first < window.upperBound && last > window.lowerBound
        }
    }

    private func midnight(_ date: LocalDate) -> Date? {
        WallTime(year: date.year, month: date.month, day: date.day).map {
            Date(timeIntervalSince1970: Double(zone.instant(of: $0)))
        }
    }
}

extension JSONElement {
    /// Whether this is a string of just these bytes.
    func reads(_ text: StaticString) -> Bool {
        bytes.map { text ~= $0 } ?? false
    }
}
