import HTTPServing

extension GoogleRow {
    /// The private extended property that holds choices.
    static let choiceProperty = "kalenderkoppling"

    func write(
        to json: inout JSONWriter,
        _ mask: FieldMask,
        _ mailbox: Mailbox,
        maxAttendees: Int
    ) {
        json.object { json in
            func member(_ name: StaticString, _ value: String?) {
                if let value, mask.has("\(name)") { json.member(name, value) }
            }
            member("kind", "calendar#event")
            member("id", id(mailbox.number))
            switch content {
            case .deleted(_, let series):
                member("status", "cancelled")
                member("recurringEventId", series)
                if age > 0 { member("updated", Self.time(0, age: age)) }
            case .event(let occurrence):
                write(occurrence, to: &json, mask, mailbox, maxAttendees: maxAttendees)
            }
        }
    }

    private func write(
        _ occurrence: Occurrence,
        to json: inout JSONWriter,
        _ mask: FieldMask,
        _ mailbox: Mailbox,
        maxAttendees: Int
    ) {
        let event = occurrence.event
        let details = occurrence.details
        func member(_ name: StaticString, _ value: String?) {
            if let value, mask.has("\(name)") { json.member(name, value) }
        }
        func member(_ name: StaticString, _ write: (inout JSONWriter, FieldMask) -> Void) {
            guard let inner = mask["\(name)"] else { return }
            json.member(name) { $0.object { write(&$0, inner) } }
        }
        member("etag", "\"\(event.revision)\"")
        member("status", details.showAs == .tentative ? "tentative" : "confirmed")
        member("updated", Self.time(event.revision, age: age))
        member("iCalUID", event.uid(mailbox: mailbox.number))
        member("summary", details.subject)
        member("location", details.location)
        member("description", details.body)
        member("eventType", eventType(occurrence))
        if details.showAs == .workingElsewhere {
            member("workingLocationProperties") { json, mask in
                let isHome = event.number.isMultiple(of: 2)
                if mask.has("type") {
                    json.member("type", isHome ? "homeOffice" : "customLocation")
                }
            }
        }
        // As Google has it for places of work.
        if [.free, .workingElsewhere].contains(details.showAs) {
            member("transparency", "transparent")
        }
        switch details.sensitivity {
        case .normal, .personal:
            member("visibility", details.showAs == .workingElsewhere ? "public" : nil)
        case .private: member("visibility", "private")
        case .confidential: member("visibility", "confidential")
        }
        member("start") { writeTime(occurrence.start, of: event, to: &$0, $1, mailbox) }
        member("end") { writeTime(occurrence.end, of: event, to: &$0, $1, mailbox) }
        if event.recurrence != nil {
            member("recurringEventId", GoogleID.event(mailbox.number, event.number))
            member("originalStartTime") {
                let start = WallTime(occurrence.originalDay, minute: event.start.minute)
                writeTime(start, of: event, to: &$0, $1, mailbox)
            }
        }
        if let choice = details.choice {
            member("extendedProperties") { json, mask in
                guard mask.has("private") else { return }
                json.member("private") {
                    $0.object { $0.member(named: Self.choiceProperty) { $0.value(choice) } }
                }
            }
        }
        writePeople(details.response, to: &json, mask, mailbox, maxAttendees: maxAttendees)
    }

    private func eventType(_ occurrence: Occurrence) -> String {
        switch occurrence.details.showAs {
        case .outOfOffice: "outOfOffice"
        case .workingElsewhere: "workingLocation"
        case .busy where number.isMultiple(of: 7) && occurrence.details.response == .organizer:
            "focusTime"
        default: "default"
        }
    }

    private func writeTime(
        _ time: WallTime,
        of event: Event,
        to json: inout JSONWriter,
        _ mask: FieldMask,
        _ mailbox: Mailbox
    ) {
        if event.isAllDay {
            if mask.has("date") {
                let day = time.day.advanced(by: shift > 0 ? -1 : 0)
                json.member("date", day.description)
            }
            return
        }
        if mask.has("dateTime") {
            let instant = Instant(event.zone.instant(of: time).seconds - shift * 60)
            json.member("dateTime", Self.time(instant, in: mailbox.zone))
        }
        if mask.has("timeZone") { json.member("timeZone", event.zone.name) }
    }

    /// `2026-11-23T10:00:00+01:00`, or with Z where that is the offset.
    private static func time(_ instant: Instant, in zone: Zone) -> String {
        let offset = zone.offset(at: instant)
        var bytes: [UInt8] = []
        bytes.append(zone.wall(at: instant))
        if offset == 0 {
            bytes.append(UInt8(ascii: "Z"))
        } else {
            bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
            bytes.appendDigits(abs(offset) / 3600, 2)
            bytes.append(UInt8(ascii: ":"))
            bytes.appendDigits(abs(offset) / 60 % 60, 2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// When a revision was made: the first of November 2026 and so many seconds, less `age`.
    private static func time(_ revision: Int, age: Int) -> String {
        let instant = Instant(1_793_491_200 + revision - age)
        let second = ((instant.seconds % 60) + 60) % 60
        return "\(instant.utc)".dropLast(2) + (second < 10 ? "0" : "") + "\(second).000Z"
    }

    /// The organizer, and where there are guests the calendar's own among others.
    private func writePeople(
        _ response: EventDetails.Response,
        to json: inout JSONWriter,
        _ mask: FieldMask,
        _ mailbox: Mailbox,
        maxAttendees: Int
    ) {
        let boss = "boss@\(OrganisationSettings.domain)"
        let isOwn = response == .organizer
        if let mask = mask["organizer"] {
            json.member("organizer") {
                $0.object {
                    if mask.has("email") { $0.member("email", isOwn ? mailbox.address : boss) }
                    if isOwn, mask.has("self") { $0.member("self", true) }
                }
            }
        }
        // Every third of one's own events has guests as well.
        guard !isOwn || number.isMultiple(of: 3) else { return }
        let status =
            switch response {
            case .organizer, .accepted: "accepted"
            case .tentative: "tentative"
            case .declined: "declined"
            case .notResponded: "needsAction"
            }
        let isShortened = maxAttendees < 3
        if isShortened, mask.has("attendeesOmitted") { json.member("attendeesOmitted", true) }
        guard let mask = mask["attendees"] else { return }
        json.member("attendees") {
            $0.array { json in
                let others = isShortened ? [] : [boss, "guest@\(OrganisationSettings.domain)"]
                for other in others {
                    json.object {
                        if mask.has("email") { $0.member("email", other) }
                        if mask.has("responseStatus") { $0.member("responseStatus", "declined") }
                    }
                }
                json.object {
                    if mask.has("email") { $0.member("email", mailbox.address) }
                    if mask.has("self") { $0.member("self", true) }
                    if mask.has("responseStatus") { $0.member("responseStatus", status) }
                }
            }
        }
    }
}
