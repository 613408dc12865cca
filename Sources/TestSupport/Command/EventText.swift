/// A booking as a calendar program writes it.
public struct EventText: Sendable {
    public let uid: String
    /// The lines of each VEVENT: of the booking, then of its moved occurrences.
    private var components: [[String]]

    /// - Parameters:
    ///   - start: A DATE-TIME (RFC 5545 3.3.5), or a DATE.
    ///   - lines: Further lines, such as `CLASS:PRIVATE`.
    public init(_ uid: String, _ start: String, _ end: String, _ lines: [String] = []) {
        self.uid = uid
        let type = start.contains("T") ? "" : ";VALUE=DATE"
        components = [
            [
                "UID:\(uid)", "DTSTAMP:20261101T000000Z", "DTSTART\(type):\(start)",
                "DTEND\(type):\(end)",
            ] + lines
        ]
    }

    /// With an occurrence of the series in another place.
    public func moving(_ occurrence: String, to start: String, _ end: String) -> EventText {
        var moved = self
        moved.components.append(
            [
                "UID:\(uid)", "DTSTAMP:20261102T000000Z", "RECURRENCE-ID:\(occurrence)",
                "DTSTART:\(start)", "DTEND:\(end)",
            ]
        )
        return moved
    }

    public var text: String {
        let events = components.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
        let lines =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"] + events + ["END:VCALENDAR"]
        return lines.map { $0 + "\r\n" }.joined()
    }
}
