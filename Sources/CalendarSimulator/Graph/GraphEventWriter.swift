import HTTPServing

/// Writes events as Graph's JSON (calendar-apis.md 1.3).
struct GraphEventWriter {
    /// Which kind of row an event is.
    enum Kind: String {
        case singleInstance, occurrence, exception, seriesMaster
    }

    let mailbox: Mailbox
    let preferences: GraphPreferences
    /// False leaves out what Calendars.ReadBasic does not show.
    let hasFullText: Bool
    /// Of `$select`; nil writes everything but what must be asked for.
    var selected: Set<String>?
    /// The extended property of `$expand`, as its filter named it.
    var extendedProperty: String?

    /// A bare occurrence, as a delta lists those that are as their master says.
    func writeBare(_ occurrence: Occurrence, to writer: inout JSONWriter) {
        writer.object {
            $0.member("@odata.type", "#microsoft.graph.event")
            writeTag(occurrence, to: &$0)
            $0.member("seriesMasterId") { writeID(GraphID(number: occurrence.event.number), &$0) }
            $0.member("type", Kind.occurrence.rawValue)
            $0.member("id") { writeID(GraphID(occurrence), &$0) }
            writeTimes(occurrence, to: &$0)
        }
    }

    /// What is gone.
    func writeRemoved(_ id: GraphID, to writer: inout JSONWriter) {
        writer.object {
            $0.member("@odata.type", "#microsoft.graph.event")
            $0.member("id") { writeID(id, &$0) }
            $0.member("@removed") { $0.object { $0.member("reason", "deleted") } }
        }
    }

    /// An event with all its fields, or those selected.
    ///
    /// - Parameter occurrence: For a master, `Occurrence(event)`.
    func write(_ occurrence: Occurrence, _ kind: Kind, to writer: inout JSONWriter) {
        writer.object { writer in
            if selected == nil { writer.member("@odata.type", "#microsoft.graph.event") }
            writeTag(occurrence, to: &writer)
            let id =
                kind == .seriesMaster
                ? GraphID(number: occurrence.event.number) : GraphID(occurrence)
            writer.member("id") { writeID(id, &$0) }
            writeMarks(occurrence, kind, to: &writer)
            writeDetails(occurrence.details, occurrence.event, to: &writer)
            if wants("start") || wants("end") { writeTimes(occurrence, to: &writer) }
            writeSeries(occurrence, kind, to: &writer)
            if let extendedProperty, let choice = occurrence.details.choice {
                writer.member("singleValueExtendedProperties") {
                    $0.array {
                        $0.object {
                            $0.member("id", extendedProperty)
                            $0.member("value", choice)
                        }
                    }
                }
            }
        }
    }

    func wants(_ field: String) -> Bool { selected?.contains(field) ?? true }

    func writeID(_ id: GraphID, _ writer: inout JSONWriter) {
        writer.plainString {
            id.append(
                to: &$0,
                mailbox: mailbox.number,
                isImmutable: preferences.hasImmutableIDs
            )
        }
    }

    private func writeTag(_ occurrence: Occurrence, to writer: inout JSONWriter) {
        writer.member("@odata.etag") {
            $0.plainString { bytes in
                bytes.append(contentsOf: #"W/\""#.utf8)
                Self.appendMark(occurrence.event, to: &bytes)
                bytes.append(contentsOf: #"\""#.utf8)
            }
        }
    }

    private static func appendMark(_ event: Event, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "DwAAABYAAAD".utf8)
        bytes.appendDigits(event.number, 6)
        bytes.appendDigits(event.revision, 8)
        bytes.append(contentsOf: "==".utf8)
    }

    /// Version marks and what the organisation says nothing about.
    private func writeMarks(_ occurrence: Occurrence, _ kind: Kind, to writer: inout JSONWriter) {
        let event = occurrence.event
        if wants("createdDateTime") { writer.member("createdDateTime", "2026-01-07T08:00:00Z") }
        if wants("lastModifiedDateTime") {
            writer.member("lastModifiedDateTime") {
                $0.plainString { bytes in
                    bytes.append(WallTime(Day(20_000), minute: 0).advanced(minutes: event.revision))
                    bytes.append(UInt8(ascii: "Z"))
                }
            }
        }
        if wants("changeKey") {
            writer.member("changeKey") { $0.plainString { Self.appendMark(event, to: &$0) } }
        }
        if wants("categories") { writer.member("categories") { $0.raw("[]") } }
        if wants("transactionId") { writer.member("transactionId") { $0.null() } }
        if wants("originalStartTimeZone") {
            writer.member("originalStartTimeZone", event.zone.windowsName)
        }
        if wants("originalEndTimeZone") {
            writer.member("originalEndTimeZone", event.zone.windowsName)
        }
        if wants("iCalUId") { writer.member("iCalUId", event.uid(mailbox: mailbox.number)) }
        guard selected == nil else { return }
        writer.member("reminderMinutesBeforeStart", 15)
        writer.member("isReminderOn", true)
        writer.member("hasAttachments", false)
        writer.member("importance", "normal")
        writer.member("responseRequested", true)
        writer.member("allowNewTimeProposals", true)
        writer.member("isOnlineMeeting", false)
        writer.member("isDraft", false)
        writer.member("hideAttendees", false)
        writer.member("onlineMeetingProvider", "unknown")
        writer.member("webLink", "https://outlook.example/calendar/item")
    }

    /// Start and end, of 7 digits of fractions and without an offset. Whole days are midnights
    /// whatever zone is preferred (calendar-apis.md 1.3).
    private func writeTimes(_ occurrence: Occurrence, to writer: inout JSONWriter) {
        writer.member("start") { writer in
            writeTime(occurrence.start, occurrence.instants.lowerBound, occurrence, &writer)
        }
        writer.member("end") { writer in
            writeTime(occurrence.end, occurrence.instants.upperBound, occurrence, &writer)
        }
    }

    private func writeTime(
        _ wall: WallTime,
        _ instant: Instant,
        _ occurrence: Occurrence,
        _ writer: inout JSONWriter
    ) {
        writer.object {
            $0.member("dateTime") {
                $0.plainString { bytes in
                    bytes.append(
                        occurrence.event.isAllDay ? wall : preferences.zone.wall(at: instant)
                    )
                    bytes.append(contentsOf: ".0000000".utf8)
                }
            }
            $0.member("timeZone", preferences.zoneName)
        }
    }
}
