/// Writes a mailbox as iCalendar (RFC 5545), as Outlook would publish it.
struct CalendarWriter {
    let mailbox: Mailbox

    /// Everything in one stream.
    func stream() -> [UInt8] {
        write(mailbox.events)
    }

    /// An object for each event, as CalDAV servers store them.
    func objects() -> [(uid: String, text: [UInt8])] {
        mailbox.events.map { ($0.uid(mailbox: mailbox.number), write([$0])) }
    }

    private func write(_ events: [Event]) -> [UInt8] {
        var lines = ContentLineWriter()
        lines.add("BEGIN:VCALENDAR")
        lines.add("VERSION:2.0")
        lines.add("PRODID:-//Exempel//Calendar Simulator//EN")
        let zones = Zone.all.filter { zone in events.contains { $0.zone === zone && !$0.isAllDay } }
        for zone in zones where zone !== Zone.utc { zone.writeComponent(to: &lines) }
        for event in events {
            write(event, to: &lines)
            for day in event.exceptions.keys.sorted() where !event.deletedDays.contains(day) {
                write(Occurrence(event, on: day), isOverride: true, to: &lines)
            }
        }
        lines.add("END:VCALENDAR")
        return lines.bytes
    }

    private func write(_ event: Event, to lines: inout ContentLineWriter) {
        write(Occurrence(event), isOverride: false, to: &lines)
    }

    private func write(
        _ occurrence: Occurrence,
        isOverride: Bool,
        to lines: inout ContentLineWriter
    ) {
        let event = occurrence.event
        lines.add("BEGIN:VEVENT")
        lines.add("UID:\(event.uid(mailbox: mailbox.number))")
        lines.add("DTSTAMP:20261101T080000Z")
        lines.add("SEQUENCE:\(event.revision)")
        lines.add(time("DTSTART", occurrence.start, event))
        lines.add(time("DTEND", occurrence.end, event))
        if isOverride {
            let original = WallTime(occurrence.originalDay, minute: event.start.minute)
            lines.add(time("RECURRENCE-ID", original, event))
        } else if let recurrence = event.recurrence {
            lines.add("RRULE:\(rule(recurrence, event))")
            for day in event.deletedDays.sorted() {
                lines.add(time("EXDATE", WallTime(day, minute: event.start.minute), event))
            }
        }
        write(occurrence.details, to: &lines)
        lines.add("END:VEVENT")
    }

    private func write(_ details: EventDetails, to lines: inout ContentLineWriter) {
        if let subject = details.subject { lines.add("SUMMARY", text: subject) }
        if let location = details.location { lines.add("LOCATION", text: location) }
        if let body = details.body { lines.add("DESCRIPTION", text: body) }
        let (transparency, status) =
            switch details.showAs {
            case .free: ("TRANSPARENT", "FREE")
            case .workingElsewhere: ("TRANSPARENT", "WORKINGELSEWHERE")
            case .tentative: ("OPAQUE", "TENTATIVE")
            case .busy: ("OPAQUE", "BUSY")
            case .outOfOffice: ("OPAQUE", "OOF")
            }
        lines.add("TRANSP:\(transparency)")
        lines.add("X-MICROSOFT-CDO-BUSYSTATUS:\(status)")
        if details.isCancelled {
            lines.add("STATUS:CANCELLED")
        } else {
            lines.add("STATUS:\(details.showAs == .tentative ? "TENTATIVE" : "CONFIRMED")")
        }
        // iCalendar has no word for personal.
        switch details.sensitivity {
        case .normal, .personal: lines.add("CLASS:PUBLIC")
        case .private: lines.add("CLASS:PRIVATE")
        case .confidential: lines.add("CLASS:CONFIDENTIAL")
        }
        let answer: String? =
            switch details.response {
            case .organizer: nil
            case .accepted: "ACCEPTED"
            case .tentative: "TENTATIVE"
            case .declined: "DECLINED"
            case .notResponded: "NEEDS-ACTION"
            }
        if let answer {
            lines.add("ORGANIZER:mailto:chair@\(OrganisationSettings.domain)")
            lines.add("ATTENDEE;PARTSTAT=\(answer):mailto:\(mailbox.address)")
        }
        if let choice = details.choice {
            lines.add("X-KALENDERKOPPLING-CHOICE", text: choice)
        }
    }

    /// A date, a time in UTC, or a time on the wall of the event's zone.
    private func time(_ name: String, _ wall: WallTime, _ event: Event) -> String {
        if event.isAllDay { return "\(name);VALUE=DATE:\(basic(wall.day))" }
        if event.zone === Zone.utc { return "\(name):\(basic(wall))Z" }
        return "\(name);TZID=\(event.zone.windowsName):\(basic(wall))"
    }

    private func rule(_ recurrence: Recurrence, _ event: Event) -> String {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        var rule: String
        switch recurrence.pattern {
        case .daily:
            rule = "FREQ=DAILY"
        case .weekly(let weekdays):
            let days = weekdays.sorted().map { names[$0] }.joined(separator: ",")
            rule = "FREQ=WEEKLY;BYDAY=\(days);WKST=MO"
        case .monthly:
            rule = "FREQ=MONTHLY;BYMONTHDAY=\(event.start.day.civil.day)"
        }
        rule += ";INTERVAL=\(recurrence.interval)"
        switch recurrence.end {
        case .never: break
        case .count(let count): rule += ";COUNT=\(count)"
        case .until(let day):
            let last = WallTime(day, minute: event.start.minute)
            let text = event.isAllDay ? basic(day) : basic(event.zone.instant(of: last).utc) + "Z"
            rule += ";UNTIL=\(text)"
        }
        return rule
    }

    /// `20261123`.
    private func basic(_ day: Day) -> String {
        day.description.replacing("-", with: "")
    }

    /// `20261123T090000`.
    private func basic(_ wall: WallTime) -> String {
        wall.description.replacing("-", with: "").replacing(":", with: "")
    }
}
