/// A single booking, or a series.
struct Event: Sendable {
    /// The event's identity within its mailbox, never used again. Every protocol makes its ids
    /// of it. Only the mailbox `twins` has two events with one number.
    let number: Int
    /// When the event, or the first of the series, begins, on the wall of `zone`; midnight for
    /// whole days.
    var start: WallTime
    /// How long the wall says it lasts; whole days are multiples of 1440.
    var minutes: Int
    var isAllDay = false
    /// Where it was booked. The zone of whole days tells only when they count as overlapping a
    /// window: their dates are those booked, whoever reads them.
    var zone = Zone.home
    var details: EventDetails
    /// Nil for a single booking.
    var recurrence: Recurrence?
    /// Occurrences that differ, by the day on which they would have begun.
    var exceptions: [Day: EventException] = [:]
    /// The days of occurrences that were deleted.
    var deletedDays: Set<Day> = []
    /// The revision of the organisation in which the event was last changed; 0 for the first.
    var revision = 0

    /// The iCalendar UID, which is the same in every protocol.
    func uid(mailbox: Int) -> String {
        "\(mailbox)-\(number)@\(OrganisationSettings.domain)"
    }

    /// The occurrences that overlap a window, a single booking's only one among them; ordered by
    /// the day on which they would have begun.
    func occurrences(overlapping window: Range<Instant>) -> [Occurrence] {
        guard let recurrence else {
            let own = Occurrence(self)
            return own.overlaps(window) ? [own] : []
        }
        // Exceptions may lie far from their days, and are looked at one by one.
        let lead = minutes / 1440 + 2
        let first = window.lowerBound.utc.day.advanced(by: -lead)
        let last = window.upperBound.utc.day.advanced(by: 2)
        var days = recurrence.days(from: start.day, within: first..<last)
            .filter { exceptions[$0] == nil && !deletedDays.contains($0) }
        if !exceptions.isEmpty {
            days.append(contentsOf: exceptions.keys.filter { !deletedDays.contains($0) })
            days.sort()
        }
        return days.map { Occurrence(self, on: $0) }.filter { $0.overlaps(window) }
    }

    /// The occurrence that began, or would have begun, on a day; nil where there is none.
    func occurrence(on day: Day) -> Occurrence? {
        guard let recurrence, !deletedDays.contains(day),
            recurrence.days(from: start.day, within: day..<day.advanced(by: 1)).first == day
        else { return nil }
        return Occurrence(self, on: day)
    }
}

/// An occurrence of a series that differs from its master. It says everything itself.
struct EventException: Sendable {
    var start: WallTime
    var minutes: Int
    var details: EventDetails
}

/// What an event says beside its time.
struct EventDetails: Equatable, Sendable {
    var subject: String?
    var location: String?
    var body: String?
    var showAs = ShowAs.busy
    var sensitivity = Sensitivity.normal
    var response = Response.organizer
    var isCancelled = false
    /// `skip`, or `reason=business_trip;kind=direct`. Single bookings and exceptions have one at
    /// times, masters never.
    var choice: String?

    /// The values are the words of the normalised form.
    enum ShowAs: String, CaseIterable, Sendable {
        case free
        case workingElsewhere = "working_elsewhere"
        case tentative, busy
        case outOfOffice = "out_of_office"
    }

    enum Sensitivity: String, CaseIterable, Sendable {
        case normal, personal, `private`, confidential
    }

    /// What the mailbox's owner answered.
    enum Response: String, CaseIterable, Sendable {
        case organizer, accepted, tentative, declined
        case notResponded = "not_responded"
    }
}
