/// A booking as it stands in the calendar: a single event, or one of a series.
struct Occurrence: Sendable {
    let event: Event
    /// The day on which it began by the series' rule; for a single booking the day it begins.
    let originalDay: Day
    /// On the wall of the event's zone.
    let start: WallTime
    let end: WallTime
    let details: EventDetails
    let isException: Bool
    /// The instants; for whole days the midnights of the event's zone.
    let instants: Range<Instant>

    /// The occurrence that a series' rule gives for a day, or its exception.
    init(_ event: Event, on day: Day) {
        let exception = event.exceptions[day]
        self.init(
            event,
            originalDay: day,
            start: exception?.start ?? WallTime(day, minute: event.start.minute),
            minutes: exception?.minutes ?? event.minutes,
            details: exception?.details ?? event.details,
            isException: exception != nil
        )
    }

    /// A single booking, or a master with the time of its very first occurrence.
    init(_ event: Event) {
        self.init(
            event,
            originalDay: event.start.day,
            start: event.start,
            minutes: event.minutes,
            details: event.details,
            isException: false
        )
    }

    private init(
        _ event: Event,
        originalDay: Day,
        start: WallTime,
        minutes: Int,
        details: EventDetails,
        isException: Bool
    ) {
        self.event = event
        self.originalDay = originalDay
        self.start = start
        self.details = details
        self.isException = isException
        // Days are as long as the wall says; hours are as long as the clock says.
        let first = event.zone.instant(of: start)
        if event.isAllDay || minutes % 1440 == 0 {
            end = start.advanced(minutes: minutes)
            instants = first..<max(first, event.zone.instant(of: end))
        } else {
            let last = Instant(first.seconds + minutes * 60)
            end = event.zone.wall(at: last)
            instants = first..<last
        }
    }

    /// The instant at which it began by the rule.
    var originalInstant: Instant {
        event.zone.instant(of: WallTime(originalDay, minute: event.start.minute))
    }

    /// Whether it lies at least in part within a window. One that takes no time counts where the
    /// window holds its instant.
    func overlaps(_ window: Range<Instant>) -> Bool {
        instants.lowerBound < window.upperBound
            && (instants.upperBound > window.lowerBound
                || (instants.isEmpty && instants.lowerBound >= window.lowerBound))
    }
}
