public import AbsenceModel
public import Foundation
public import Settings

/// Given these settings and bookings, at this moment, exactly these absences are wanted.
///
/// One document of a case file; its form is that of cases/README.md.
public struct RuleCase: Sendable {
    public var name: String
    /// The items of the requirements that it is about.
    public var items: [RequirementItem]
    /// The file as it was named to the program.
    public var file: String
    /// Where the case begins, from 1.
    public var line: Int
    /// The template.
    public var system: PhoneSystem
    /// The moment of the run.
    public var now: Date
    /// What overrides the template.
    public var rules: RulesDocument
    /// One at least.
    public var users: [RuleCaseUser]
    /// Each with the id of its user. A booking's key is its id in the case.
    public var bookings: [(user: String, booking: Booking)]
    /// The whole wanted state, in any order.
    public var expect: [ExpectedAbsence]
    /// Bookings that gave nothing, and why.
    public var skipped: [(booking: String, because: SkipCause)]
}

/// A user of a rule case.
public struct RuleCaseUser: Hashable, Sendable {
    public var id: String
    public var timeZone: TimeZone
    /// Whether the subscription has the service calendar.
    public var hasCalendar: Bool
    /// Whether the subscription has the service diversion.
    public var hasDiversion: Bool
    public var preferences: PreferencesDocument

    public init(
        id: String,
        timeZone: TimeZone,
        hasCalendar: Bool,
        hasDiversion: Bool,
        preferences: PreferencesDocument = PreferencesDocument()
    ) {
        self.id = id
        self.timeZone = timeZone
        self.hasCalendar = hasCalendar
        self.hasDiversion = hasDiversion
        self.preferences = preferences
    }
}

/// Why a booking gives nothing, in the order in which the causes are tested
/// (cases/README.md, "because").
public enum SkipCause: String, CaseIterable, Codable, Sendable {
    case cancelled, declined
    case noTime = "no_time"
    case userWithoutService = "user_without_service"
    case userDisabled = "user_disabled"
    case `private`
    case bookingOverride = "booking_override"
    case allDay = "all_day"
    case notAnswered = "not_answered"
    case noCode = "no_code"
    case showAs = "show_as"
    case outsideOfficeHours = "outside_office_hours"
    case covered, past
    case beyondHorizon = "beyond_horizon"
}
