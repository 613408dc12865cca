public import Foundation

/// A user as a roster has them.
public struct RosterUser: Hashable, Sendable {
    /// Which record of the file it is; the header is 1.
    public var row: Int
    /// The line where the record begins, from 1.
    public var line: Int
    /// What the customer calls the user, also in other files and commands.
    public var key: String
    public var name: String
    /// 2 to 15 digits.
    public var `extension`: String
    /// In the order of the file, none twice.
    public var calendars: [CalendarAddress]
    public var timeZone: TimeZone
    public var language: Language
    /// In lower case, none twice.
    public var mailAddresses: [String]
    /// Whether the subscription has the service calendar.
    public var hasCalendar: Bool
    /// Whether the subscription has the service diversion.
    public var hasDiversion: Bool

    public init(
        row: Int,
        line: Int,
        key: String,
        name: String,
        extension: String,
        calendars: [CalendarAddress],
        timeZone: TimeZone,
        language: Language,
        mailAddresses: [String],
        hasCalendar: Bool,
        hasDiversion: Bool
    ) {
        self.row = row
        self.line = line
        self.key = key
        self.name = name
        self.extension = `extension`
        self.calendars = calendars
        self.timeZone = timeZone
        self.language = language
        self.mailAddresses = mailAddresses
        self.hasCalendar = hasCalendar
        self.hasDiversion = hasDiversion
    }
}

/// A calendar of a user.
public struct CalendarAddress: Hashable, Sendable {
    /// The name of the source in the customer file.
    public var source: String
    /// Where the source finds it, in the source's own terms.
    public var address: String

    public init(source: String, address: String) {
        self.source = source
        self.address = address
    }
}
