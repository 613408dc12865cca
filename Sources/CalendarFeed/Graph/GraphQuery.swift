import Foundation

/// What a source asks about a calendar, as paths behind the endpoint.
struct GraphQuery: Sendable {
    /// Whether bodies are asked for: not where the permission is `Calendars.ReadBasic.All`.
    var withBody: Bool
    /// The identifier of the extended property that holds choices, such as
    /// `String {GUID} Name Choice`.
    var choiceProperty: String?
    /// How many rows a page is to have; a server may do otherwise.
    var pageSize = 200

    /// The same without bodies, for permissions that refuse them instead of leaving them out; nil
    /// where there are none anyway.
    var withoutBody: GraphQuery? {
        guard withBody else { return nil }
        var query = self
        query.withBody = false
        return query
    }

    /// Sent with every request (calendar-apis.md 1.2): identifiers that survive moves, times in
    /// UTC, bodies as text, and pages that hold most mailboxes whole.
    var prefer: String {
        "odata.maxpagesize=\(pageSize), IdType=\"ImmutableId\", outlook.timezone=\"UTC\", "
            + "outlook.body-content-type=\"text\""
    }

    /// The first request of a round. Nothing can be selected or expanded (calendar-apis.md 1.1).
    func delta(_ address: GraphAddress, _ window: Range<Date>) -> String {
        "\(address.path)/calendarView/delta?\(Self.period(around: window))"
    }

    /// One event with what a booking needs.
    func event(_ address: GraphAddress, _ id: String) -> String {
        "\(address.path)/events/\(GraphAddress.escaped(id))"
            + "?$select=\(fields),lastModifiedDateTime\(expansion)"
    }

    /// All occurrences and exceptions of a series that overlap `window`.
    ///
    /// `lastModifiedDateTime` cannot be selected in views (calendar-apis.md 1.3).
    func instances(_ address: GraphAddress, of master: String, _ window: Range<Date>) -> String {
        "\(address.path)/events/\(GraphAddress.escaped(master))/instances"
            + "?\(Self.period(around: window))&$select=\(fields)\(expansion)"
    }

    /// The identifiers of all that overlaps `period`, no more and no less.
    func view(_ address: GraphAddress, _ period: Range<Date>) -> String {
        "\(address.path)/calendarView?\(Self.period(period))&$select=id,type,seriesMasterId"
    }

    /// The identifiers and the choices of all that overlaps `window`.
    func choices(_ address: GraphAddress, _ window: Range<Date>) -> String {
        "\(address.path)/calendarView?\(Self.period(around: window))"
            + "&$select=id,type,seriesMasterId\(expansion)"
    }

    /// All that overlaps `window`, with what bookings need; series are not among it.
    func wholeView(_ address: GraphAddress, _ window: Range<Date>) -> String {
        "\(address.path)/calendarView?\(Self.period(around: window))"
            + "&$select=\(fields)\(expansion)"
    }

    /// Tells whether a round of another source's settings may be gone on with.
    func mark(_ endpoint: GraphEndpoint) -> String {
        var hash = StableHash()
        hash.add(
            "\(endpoint.text) \(prefer) \(fields) \(choiceProperty ?? "") \(Self.margin)".utf8
        )
        return hash.text
    }

    private var fields: String {
        "id,type,seriesMasterId,start,end,isAllDay,showAs,sensitivity,responseStatus,isOrganizer,"
            + "isCancelled,subject,location" + (withBody ? ",body,bodyPreview" : "")
    }

    private var expansion: String {
        guard let choiceProperty else { return "" }
        let filter = "id eq '\(choiceProperty.replacing("'", with: "''"))'"
        return "&$expand=singleValueExtendedProperties($filter=\(Self.escaped(filter)))"
    }

    /// How far beyond a window is asked, in seconds. In a view, whole days last from midnight to
    /// midnight of the mailbox's own zone; in a window, of the user's. What lies outside all the
    /// same is not delivered.
    private static let margin = 86_400.0

    private static func period(around window: Range<Date>) -> String {
        period(window.lowerBound - margin..<window.upperBound + margin)
    }

    private static func period(_ period: Range<Date>) -> String {
        "startDateTime=\(period.lowerBound.formatted(.iso8601))"
            + "&endDateTime=\(period.upperBound.formatted(.iso8601))"
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
