import AbsenceModel

/// What one iCalendar stream says about the time that was asked for.
struct ICalendarContent: Sendable {
    /// Each key once.
    var bookings: [Booking] = []
    /// Events and series that could not be read, or not wholly.
    var broken: [BrokenBooking] = []
}
