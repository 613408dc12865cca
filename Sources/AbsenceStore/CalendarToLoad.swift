public import AbsenceModel

/// A calendar that a load reads: a row of `intake.calendars_to_load`.
public struct CalendarToLoad: Hashable, Sendable {
    public var user: UserID
    public var userKey: String
    public var calendarID: Int
    /// In the source's own terms.
    public var address: String
    /// An IANA name.
    public var timeZone: String
    public var mailAddresses: [String]
    /// Counts how often it was to be loaded afresh; a load of an earlier one leaves no cursor.
    public var generation: Int64
}

/// One calendar that a load reads, and what it knows of it.
public struct CalendarName: Hashable, Sendable {
    public var user: UserID
    public var calendarID: Int

    public init(user: UserID, calendarID: Int) {
        self.user = user
        self.calendarID = calendarID
    }
}
