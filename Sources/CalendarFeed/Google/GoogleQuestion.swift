import Foundation

/// What `events.list` is asked, as an address (calendar-apis.md 3.1).
struct GoogleQuestion: Sendable {
    /// Such as `https://www.googleapis.com/calendar/v3`.
    var endpoint: URL
    var isChoiceAsked: Bool

    /// Parameters that stand in every request; with a sync token they must be those of the full
    /// load that began the chain. `eventTypes` and `showDeleted` are left out, which means all
    /// types, and what was deleted where there is a sync token.
    private var pinned: [(String, String)] {
        [
            ("singleEvents", "true"),
            ("maxResults", "2500"),
            // Of many attendees only the calendar's own is told: nobody else is our concern.
            ("maxAttendees", "1"),
            ("fields", fields),
        ]
    }

    /// The members that are read, and no others: what is not sent cannot leak.
    private var fields: String {
        "kind,accessRole,nextPageToken,nextSyncToken,items(id,recurringEventId,status,updated,"
            + "start(date,dateTime),end(date,dateTime),summary,location,description,"
            + "transparency,visibility,eventType,workingLocationProperties/type,"
            + "attendees(self,responseStatus),attendeesOmitted,organizer/self"
            + (isChoiceAsked ? ",extendedProperties/private)" : ")")
    }

    /// Tells sets of parameters apart.
    var parameters: String {
        var hash = StableHash()
        for (name, value) in pinned { hash.add("\(name)=\(value)&".utf8) }
        return hash.text
    }

    /// Everything that overlaps `window`.
    func whole(_ window: Range<Date>, of calendar: String, page: String?) -> URL? {
        list(
            of: calendar,
            [
                ("timeMin", window.lowerBound.ISO8601Format()),
                ("timeMax", window.upperBound.ISO8601Format()),
            ],
            page: page
        )
    }

    /// What changed since the sync token was given.
    func changes(since syncToken: String, of calendar: String, page: String?) -> URL? {
        list(of: calendar, [("syncToken", syncToken)], page: page)
    }

    /// The state of one event, also of one that was deleted.
    func event(_ id: String, of calendar: String) -> URL? {
        url(
            "/calendars/\(Self.escaped(calendar))/events/\(Self.escaped(id))",
            [("fields", "status")]
        )
    }

    private func list(of calendar: String, _ own: [(String, String)], page: String?) -> URL? {
        url(
            "/calendars/\(Self.escaped(calendar))/events",
            pinned + own + (page.map { [("pageToken", $0)] } ?? [])
        )
    }

    private func url(_ path: String, _ query: [(String, String)]) -> URL? {
        var base = endpoint.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        let query = query.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
        return URL(string: "\(base)\(path)?\(query)")
    }

    /// Everything but the unreserved characters of RFC 3986 2.3 as `%XX`.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                bytes.append(byte)
            default:
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
