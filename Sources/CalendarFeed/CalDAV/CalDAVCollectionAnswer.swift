import AbsenceModel

/// What was read of one calendar.
struct CalDAVCollectionAnswer: Sendable {
    var bookings: [Booking] = []
    var covered: [Coverage] = []
    var broken: [BrokenBooking] = []
    var resources: [String: String] = [:]
    /// The names of the resources that the server has and did not hand out.
    var unread: Set<String> = []
    /// Where the next load starts.
    var entry = CalDAVCursor.Entry()
    var byteCount = 0

    init(entry: CalDAVCursor.Entry = .init(), byteCount: Int = 0) {
        self.entry = entry
        self.byteCount = byteCount
    }
}
