import AbsenceModel
import Foundation

/// Gathers the bookings of one iCalendar stream that overlap the window.
struct ContentBuilder {
    private(set) var content = ICalendarContent()

    private let resource: String
    private let user: Zone
    private let window: Range<Int>
    private var budget: ExpansionBudget
    private var keys: Set<String> = []

    /// - Parameter window: In seconds since 1970-01-01T00:00:00Z.
    init(resource: String, user: Zone, window: Range<Int>, budget: ExpansionBudget) {
        self.resource = resource
        self.user = user
        self.window = window
        self.budget = budget
    }

    /// Adds the occurrences of a series, or why they cannot be told.
    mutating func add(_ series: EventSeries) {
        // No offset reaches a day.
        let first = window.lowerBound - series.longest - WallTime.secondsPerDay
        let last = window.upperBound + WallTime.secondsPerDay
        let occurrences: [EventSeries.Occurrence]
        do {
            occurrences = try series.occurrences(
                within: first...last,
                user: user,
                budget: &budget
            )
        } catch {
            content.broken.append(
                BrokenBooking(resource: resource, key: series.uid, reason: error.description)
            )
            return
        }
        var bookings: [Booking] = []
        var notes: [(key: String, notes: [String])] = []
        for occurrence in occurrences {
            guard let time = time(of: occurrence) else { continue }
            bookings.append(booking(occurrence, time))
            let event = occurrence.event
            if !event.notes.isEmpty {
                // What is wrong with a series is told once.
                let isSeries = event.recurrenceID == nil || event.coversFollowing
                notes.append((isSeries ? series.uid : occurrence.key, event.notes))
            }
        }
        guard bookings.count <= budget.seriesOccurrences else {
            content.broken.append(
                BrokenBooking(
                    resource: resource,
                    key: series.uid,
                    reason: RecurrenceRule.tooManyOccurrences.description
                )
            )
            return
        }
        budget.occurrences -= bookings.count
        for booking in bookings { add(booking) }
        for (key, notes) in notes { addNotes(notes, of: key) }
    }

    /// Adds an event that could not be read, unless it lies outside of the window for sure.
    ///
    /// - Parameter master: The event or series of the same UID, where one was read.
    mutating func add(_ event: EventReading.BrokenEvent, besides master: CalendarEvent?) {
        if let walls = event.walls {
            let day = WallTime.secondsPerDay
            guard walls.start.seconds - day < window.upperBound,
                walls.end.seconds + day >= window.lowerBound
            else { return }
        }
        let id = event.recurrenceID.map {
            OccurrenceIdentities(master: master, user: user).id(of: $0)
        }
        content.broken.append(
            BrokenBooking(
                resource: resource,
                key: id.map { "\(event.uid)/\($0.text)" } ?? event.uid,
                reason: event.reason,
                // Of a series that could be read, but for an occurrence that is not known or
                // another text of the same event.
                isDegraded: id == nil && master != nil
            )
        )
    }

    private mutating func add(_ booking: Booking) {
        if keys.insert(booking.key).inserted {
            content.bookings.append(booking)
        } else {
            addNotes(["another booking has the same key; this one was left out"], of: booking.key)
        }
    }

    private mutating func addNotes(_ notes: [String], of key: String) {
        let note = BrokenBooking(
            resource: resource,
            key: key,
            reason: notes.joined(separator: "; "),
            isDegraded: true
        )
        if !content.broken.contains(note) { content.broken.append(note) }
    }

    /// When an occurrence stands, or nil where it does not overlap the window.
    private func time(of occurrence: EventSeries.Occurrence) -> Booking.Time? {
        let start = occurrence.start
        guard let zone = start.zone else {
            let end = start.wall + occurrence.length.wholeDays * WallTime.secondsPerDay
            guard overlapsWindow(user.instant(of: start.wall), user.instant(of: end)) else {
                return nil
            }
            return .allDay(start: start.wall.date, end: end.date)
        }
        let instants = (
            start: zone.instant(of: start.wall),
            end: occurrence.length.end(from: start.wall, in: zone)
        )
        guard overlapsWindow(instants.start, instants.end) else { return nil }
        return .timed(
            start: Date(timeIntervalSince1970: Double(instants.start)),
            end: Date(timeIntervalSince1970: Double(instants.end))
        )
    }

    private func overlapsWindow(_ start: Int, _ end: Int) -> Bool {
        start < window.upperBound
            && (end > window.lowerBound || (start == end && start == window.lowerBound))
    }

    private func booking(_ occurrence: EventSeries.Occurrence, _ time: Booking.Time) -> Booking {
        let details = occurrence.event.details
        return Booking(
            key: occurrence.key,
            resource: resource,
            time: time,
            showAs: details.showAs,
            sensitivity: details.sensitivity,
            response: details.response,
            isCancelled: occurrence.isCancelled,
            subject: details.subject,
            location: details.location,
            body: details.body,
            choice: details.choice
        )
    }
}
