import AbsenceModel
import Foundation

/// Makes bookings of events.
struct GraphBookings: Sendable {
    var window: Range<Date>
    /// The user's, for whole days.
    var timeZone: TimeZone

    /// Adds the booking of one event, or what is wrong with it; nothing where it lies outside
    /// the window.
    ///
    /// - Parameter series: where it is one of a series, whose mark is told beside the bookings.
    func add(
        _ event: GraphEvent,
        of series: GraphSeries? = nil,
        to findings: inout GraphFindings
    ) {
        let texts = series.map { Self.texts(of: event, in: $0) } ?? event.texts
        let time: Booking.Time
        do {
            time = try self.time(of: event)
        } catch {
            let broken = BrokenBooking(texts, reason: error.description)
            findings.resources[broken.resource] = series?.mark ?? event.mark
            findings.broken.append(broken)
            return
        }
        guard overlapsWindow(time) else { return }
        if let series { findings.resources[series.id] = series.mark }
        let details = event.details
        let choice = details.choice.flatMap { BookingDetails.choice($0) }
        if details.choice != nil, choice == nil {
            findings.broken.append(
                BrokenBooking(
                    texts,
                    reason: "its choice is not `skip` or `reason=...;kind=...`, and was not read",
                    isDegraded: true
                )
            )
        }
        findings.bookings.append(
            Booking(
                texts,
                time: time,
                showAs: details.showAs ?? .busy,
                sensitivity: details.sensitivity ?? .normal,
                response: details.response ?? .organizer,
                isCancelled: details.isCancelled ?? false,
                choice: choice
            )
        )
    }

    private static func texts(of event: GraphEvent, in series: GraphSeries) -> BookingTexts {
        BookingTexts(
            key: "\(series.id)/\(event.id)",
            resource: series.id,
            subject: event.texts[.subject],
            location: event.texts[.location],
            body: event.texts[.body]
        )
    }

    private func time(of event: GraphEvent) throws(EventFault) -> Booking.Time {
        guard let start = event.start, let end = event.end else {
            throw EventFault("its start or its end is missing or cannot be read")
        }
        guard event.details.isAllDay == true else {
            guard let startsAt = start.instant, let endsAt = end.instant else {
                throw EventFault("its time zone is unknown")
            }
            guard startsAt <= endsAt else { throw EventFault("it ends before it starts") }
            return .timed(
                start: Date(timeIntervalSince1970: Double(startsAt)),
                end: Date(timeIntervalSince1970: Double(endsAt))
            )
        }
        // Midnights, whatever zone was asked for: the dates on the wall are meant
        // (calendar-apis.md 1.3).
        guard start.wall.isMidnight, end.wall.isMidnight else {
            throw EventFault("it lasts whole days and does not start and end at midnight")
        }
        guard start.wall <= end.wall else { throw EventFault("it ends before it starts") }
        return .allDay(start: start.wall.date, end: end.wall.date)
    }

    /// The same question as the database's, so that a load delivers what it covers.
    private func overlapsWindow(_ time: Booking.Time) -> Bool {
        let (start, end) = instants(of: time)
        return start < window.upperBound && (end > window.lowerBound || start >= window.lowerBound)
    }

    /// Whole days from midnight to midnight of the user's.
    private func instants(of time: Booking.Time) -> (start: Date, end: Date) {
        switch time {
        case .timed(let start, let end): (start, end)
        case .allDay(let start, let end):
            (
                WallClock(date: start).instant(in: timeZone),
                WallClock(date: end).instant(in: timeZone)
            )
        }
    }
}

extension BrokenBooking {
    fileprivate init(_ texts: BookingTexts, reason: String, isDegraded: Bool = false) {
        let key = texts[.key] ?? ""
        self.init(
            resource: texts[.resource] ?? key,
            key: key,
            reason: reason,
            isDegraded: isDegraded
        )
    }
}
