/// Reads VEVENTs of one VCALENDAR.
struct EventReading {
    var method: String?
    var zones: ZoneLookup
    /// Where the user is.
    var user: Zone
    /// Lower case.
    var mailAddresses: Set<String>

    /// A VEVENT that was read, or that could not be.
    enum Outcome {
        case event(CalendarEvent)
        case broken(BrokenEvent)
    }

    struct BrokenEvent {
        var uid: String
        var reason: String
        /// Which occurrence of its series it is, where that could be told.
        var recurrenceID: Moment?
        /// It is some occurrence, not the event or the series itself.
        var isOccurrence = false
        /// From where to where it stands, where that could be told and it is no series.
        var walls: (start: WallTime, end: WallTime)?
    }

    func read(_ text: ComponentText) -> Outcome {
        let missing = "no-uid-" + text.fingerprint.text
        guard let component = ParsedComponent(text) else {
            return .broken(BrokenEvent(uid: missing, reason: "libical refuses the event"))
        }
        let uid = EventReading.uid(component) ?? missing
        var recurrenceID: Moment?
        do {
            // First, so that what else is wrong is told of the right occurrence.
            recurrenceID = try moment(.recurrenceID, component, text)
            var event = try event(component, text, uid)
            event.recurrenceID = recurrenceID
            if uid == missing { event.notes.append("the event has no UID") }
            return .event(event)
        } catch {
            return .broken(
                BrokenEvent(
                    uid: uid,
                    reason: error.description,
                    recurrenceID: recurrenceID,
                    isOccurrence: text.given.contains(.recurrenceID),
                    walls: walls(component, text)
                )
            )
        }
    }

    /// UID, shortened where no index would take it.
    private static func uid(_ component: ParsedComponent) -> String? {
        guard let uid = component.first(.uid)?.text?.trimmingWhitespace, !uid.isEmpty
        else { return nil }
        guard uid.utf8.count > ICalendarLimits.keyBytes else { return uid }
        var hash = StableHash()
        hash.add(uid.utf8)
        return String(uid.prefix(ICalendarLimits.keyBytes / 8)) + "#" + hash.text
    }

    private func event(
        _ component: ParsedComponent,
        _ text: ComponentText,
        _ uid: String
    ) throws(EventFault) -> CalendarEvent {
        guard let writtenStart = try moment(.start, component, text)
        else { throw EventFault("the event has no DTSTART") }
        var notes = text.notes
        if writtenStart.isFloating, zones.hasUnknownName {
            notes.append("X-WR-TIMEZONE is not known; the user's own time zone was taken")
        }
        let end = try moment(.end, component, text)
        var (start, length) = try span(writtenStart, end, component, text, notes: &notes)
        if isMarkedAllDay(component), !start.isDay {
            if let day = wholeDays(start, length) {
                (start, length) = day
            } else {
                notes.append("an all-day event does not last from midnight to midnight")
            }
        }
        guard length.seconds >= 0 else { throw EventFault("the event ends before it starts") }

        let details = BookingDetails(
            component,
            method: method,
            mailAddresses: mailAddresses,
            notes: &notes
        )
        var event = CalendarEvent(uid: uid, start: start, length: length, details: details)
        event.version = version(component)
        try readRecurrence(of: &event, from: component, text, writtenStart, notes: &notes)
        event.notes = notes
        return event
    }

    /// Where a single event stands that could not be read, about.
    private func walls(
        _ component: ParsedComponent,
        _ text: ComponentText
    ) -> (start: WallTime, end: WallTime)? {
        let ofOthers = PropertyNames(.rule, .additions, .recurrenceID, .duration)
        guard text.given.isDisjoint(with: ofOthers),
            text.faults.isEmpty,
            let start = component.first(.start)?.date?.wall
        else { return nil }
        let end = component.first(.end)?.date?.wall ?? start
        return (min(start, end), max(start, end))
    }

    private func version(_ component: ParsedComponent) -> CalendarEvent.Version {
        let date =
            component.first(.lastModified)?.date
            ?? component.first(.stamp)?.date
        return CalendarEvent.Version(
            sequence: component.first(.sequence)?.sequence ?? 0,
            changedAt: date?.wall.seconds ?? 0
        )
    }

    private func readRecurrence(
        of event: inout CalendarEvent,
        from component: ParsedComponent,
        _ text: ComponentText,
        _ start: Moment,
        notes: inout [String]
    ) throws(EventFault) {
        for rule in text.rules { event.rules.append(try RecurrenceRule(rule)) }
        for rule in text.exceptionRules { event.exceptionRules.append(try RecurrenceRule(rule)) }
        notes += (event.rules + event.exceptionRules).flatMap(\.notes)
        for property in component.all(.additions) {
            guard let period = property.period else { continue }
            let first = try moment(period.start, of: property, else: start.zone)
            var length: EventLength?
            if let end = period.end {
                let last = try moment(end, of: property, else: start.zone)
                length = self.length(from: first, to: last)
            } else if let duration = period.duration {
                length = EventReading.length(duration)
            }
            if let length, length.seconds < 0 {
                notes.append("an RDATE ends before it starts and was left out")
            } else {
                event.additions.append((first, length))
            }
        }
        for property in component.all(.exclusions) {
            guard let date = property.date else { continue }
            event.exclusions.append(try moment(date, of: property, else: start.zone))
        }
        let range = component.first(.recurrenceID)?.parameter("RANGE")?.uppercased()
        event.coversFollowing = range == "THISANDFUTURE"
        if let range, range != "THISANDFUTURE" {
            notes.append("RANGE is not THISANDFUTURE; the event was read as one occurrence")
        }
    }
}
