public import Foundation

/// One occurrence in a user's calendar, as the calendar system tells it.
///
/// Text stands here only on its way into the database, where taking in drops what the rules
/// do not show (design principle 10).
public struct Booking: Equatable, Sendable {
    /// Without a resource where that is named as the booking is.
    public private(set) var texts: BookingTexts
    public var time: Time
    public var showAs: ShowAs
    public var sensitivity: Sensitivity
    public var response: Response
    public var isCancelled: Bool
    /// What the user chose for this one booking, where something was.
    public var choice: Choice?

    public init(
        key: String,
        resource: String,
        time: Time,
        showAs: ShowAs = .busy,
        sensitivity: Sensitivity = .normal,
        response: Response = .organizer,
        isCancelled: Bool = false,
        subject: String? = nil,
        location: String? = nil,
        body: String? = nil,
        mark: String? = nil,
        choice: Choice? = nil
    ) {
        self.init(
            BookingTexts(
                key: key,
                resource: resource == key ? nil : resource,
                mark: mark,
                subject: subject,
                location: location,
                body: body
            ),
            time: time,
            showAs: showAs,
            sensitivity: sensitivity,
            response: response,
            isCancelled: isCancelled,
            choice: choice
        )
    }

    /// - Parameter texts: Without a resource where that is named as the booking is.
    public init(
        _ texts: BookingTexts,
        time: Time,
        showAs: ShowAs,
        sensitivity: Sensitivity,
        response: Response,
        isCancelled: Bool,
        choice: Choice?
    ) {
        self.texts = texts
        self.time = time
        self.showAs = showAs
        self.sensitivity = sensitivity
        self.response = response
        self.isCancelled = isCancelled
        self.choice = choice
    }

    /// The occurrence's identity within its calendar: UID, and RECURRENCE-ID where it is one
    /// of a series (RFC 5545 3.8.4.4, 3.8.4.7).
    public var key: String { texts[.key] ?? "" }

    /// The file or collection member that it came in; what is fetched and replaced as a whole.
    public var resource: String { texts[.resource] ?? key }

    /// The version mark of its resource, where the booking is all there is of that.
    public var mark: String? { texts[.mark] }

    public var subject: String? {
        get { texts[.subject] }
        set { texts[.subject] = newValue }
    }

    public var location: String? {
        get { texts[.location] }
        set { texts[.location] = newValue }
    }

    public var body: String? {
        get { texts[.body] }
        set { texts[.body] = newValue }
    }

    /// Gives it another identity.
    public mutating func rename(key: String, resource: String) {
        texts[.key] = key
        texts[.resource] = resource == key ? nil : resource
    }

    /// When a booking stands. The end is the first instant, or the first day, after it.
    public enum Time: Equatable, Sendable {
        /// Between two instants, in whole seconds.
        case timed(start: Date, end: Date)
        /// Whole days, dates in the user's own time zone (domain P-9).
        case allDay(start: LocalDate, end: LocalDate)
    }

    /// How the calendar shows the user's time, weakest first (domain P-11).
    public enum ShowAs: String, CaseIterable, Codable, Sendable {
        case free
        case workingElsewhere = "working_elsewhere"
        case tentative
        case busy
        case outOfOffice = "out_of_office"
    }

    /// Who may see the details. Private means `private` and `confidential` (domain P-1).
    public enum Sensitivity: String, CaseIterable, Codable, Sendable {
        case normal, personal, `private`, confidential
    }

    /// What the user answered to the invitation (domain P-5).
    public enum Response: String, CaseIterable, Codable, Sendable {
        case organizer, accepted, tentative, declined
        case notResponded = "not_responded"
    }

    /// A choice made for one booking (domain S0-28, S0-31).
    public enum Choice: Equatable, Sendable {
        /// Not synchronised.
        case skip
        /// An absence; what is left out is what the rules would have given.
        case absence(reason: Reason?, kind: Kind?)
    }
}

/// A date in a calendar on the wall, of no time zone.
public struct LocalDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var year: Int
    public var month: Int
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    public static func < (left: LocalDate, right: LocalDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// As ISO 8601 writes it: 2026-11-23.
    public var description: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
