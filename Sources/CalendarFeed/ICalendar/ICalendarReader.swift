import AbsenceModel
import Foundation
import Web

/// Reads iCalendar (RFC 5545): one CalDAV resource, or a whole feed.
///
/// What is written plainly is read here, and plain rules are counted here; all else is libical's,
/// whose iterator counts on the wall. Instants come of Foundation's time zones. A time that the
/// clock jumps over counts by the offset before the change, one that it shows twice counts the
/// first time.
struct ICalendarReader: Sendable {
    private let user: Zone
    private let mailAddresses: Set<String>
    /// Seconds since 1970-01-01T00:00:00Z.
    private let window: Range<Int>
    /// What one stream may cost.
    var budget = ExpansionBudget()

    /// - Parameters:
    ///   - timeZone: The user's, for floating times and for the hours of a day.
    ///   - mailAddresses: The user's own, to find the answer among the attendees.
    ///   - window: Bookings that overlap this are told.
    init(timeZone: TimeZone, mailAddresses: [String], window: Range<Date>) {
        user = Zone(timeZone)
        self.mailAddresses = Set(mailAddresses.map { $0.lowercased() })
        let lower = Int(window.lowerBound.timeIntervalSince1970.rounded(.down))
        let upper = Int(window.upperBound.timeIntervalSince1970.rounded(.up))
        self.window = lower..<upper
    }

    /// Reads one iCalendar stream (one CalDAV resource, or a whole .ics feed) and expands it
    /// over the window.
    ///
    /// An event or series that cannot be read is named in the content's `broken`, and
    /// everything else goes through.
    ///
    /// - Throws: ``RemoteFailure`` where the stream as a whole cannot be read: `.truncated`,
    ///   `.malformed` or `.tooLarge`. What is stored of the resource is to stay then.
    func read(_ bytes: [UInt8], resource: String) throws(RemoteFailure) -> ICalendarContent {
        let outline = try ICalendarOutline(bytes)
        var content = ContentBuilder(
            resource: resource,
            user: user,
            window: window,
            budget: budget
        )
        let readings = outline.calendars.map { calendar in
            EventReading(
                method: calendar.method,
                zones: ZoneLookup(
                    calendar,
                    user: user,
                    until: WallTime(seconds: window.upperBound + 400 * WallTime.secondsPerDay)
                ),
                user: user,
                mailAddresses: mailAddresses
            )
        }
        var series: [EventSeries] = []
        var places: [String: Int] = [:]
        var brokenEvents: [EventReading.BrokenEvent] = []
        for event in outline.events {
            let outcome = readings[event.calendar].read(event.text)
            let uid =
                switch outcome {
                case .event(let event): event.uid
                case .broken(let event): event.uid
                }
            let place = places[uid] ?? series.count
            if place == series.count {
                places[uid] = place
                series.append(EventSeries(uid: uid))
            }
            switch outcome {
            case .event(let event):
                series[place].add(event)
            case .broken(let event):
                series[place].addBroken(event.recurrenceID)
                brokenEvents.append(event)
            }
        }
        for series in series { content.add(series) }
        for event in brokenEvents {
            let master = places[event.uid].flatMap { series[$0].master }
            content.add(event, besides: master)
        }
        return content.content
    }
}
