public import AbsenceModel
public import Settings

/// A customer as the database knows it.
public struct Customer: Hashable, Sendable {
    public var id: CustomerID
    /// What commands and the telephone side call it.
    public var key: String
    public var name: String
    /// An IANA name.
    public var timeZone: String
    public var language: String
    public var calendars: [CalendarSettings]
    public var exchange: ExchangeSettings
    /// Nil where no presence is published.
    public var presence: PresenceSettings?
    /// The newest number that a run of it had when this was read.
    public var fence: Int64
}
