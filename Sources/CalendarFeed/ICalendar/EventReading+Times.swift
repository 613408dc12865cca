import CLibIcal

extension EventReading {
    /// The time of a property, or nil where the event has none.
    func moment(
        _ name: PropertyName,
        _ component: ParsedComponent,
        _ text: ComponentText
    ) throws(EventFault) -> Moment? {
        if let fault = text.faults[name] { throw EventFault(fault) }
        guard text.given.contains(name) else { return nil }
        guard let property = component.first(name), let date = property.date else {
            throw EventFault("libical refuses \(name.text)")
        }
        return try moment(date, of: property, else: nil)
    }

    /// - Parameter zone: Where a floating time of a series is meant: where the series is.
    func moment(
        _ date: DateText,
        of property: ParsedProperty,
        else zone: Zone?
    ) throws(EventFault) -> Moment {
        if !date.hasTime { return Moment(wall: date.wall, zone: nil) }
        if date.isUTC { return Moment(wall: date.wall, zone: .utc) }
        guard let name = property.parameter("TZID") else {
            return Moment(wall: date.wall, zone: zone ?? zones.floating, isFloating: true)
        }
        guard let zone = zones.zone(named: name) else {
            throw EventFault(
                "the time zone \"\(name.prefix(80))\" is not known "
                    + "and the calendar does not describe it"
            )
        }
        return Moment(wall: date.wall, zone: zone)
    }

    /// Start and length by DTEND, else by DURATION, else by what RFC 5545 3.6.1 says.
    func span(
        _ start: Moment,
        _ end: Moment?,
        _ component: ParsedComponent,
        _ text: ComponentText,
        notes: inout [String]
    ) throws(EventFault) -> (Moment, EventLength) {
        if let end {
            if start.isDay != end.isDay {
                notes.append("one of DTSTART and DTEND is a date and the other is not")
            }
            return (start, length(from: start, to: end))
        }
        if let fault = text.faults[.duration] { throw EventFault(fault) }
        if text.given.contains(.duration) {
            guard let duration = component.first(.duration)?.duration,
                icaldurationtype_is_bad_duration(duration) == 0
            else { throw EventFault("libical refuses DURATION") }
            let length = EventReading.length(duration)
            return (start, start.isDay && length.seconds >= 0 ? .days(length.wholeDays) : length)
        }
        return (start, start.isDay ? .days(1) : .wall(seconds: 0))
    }

    func length(from start: Moment, to end: Moment) -> EventLength {
        let seconds = end.wall.seconds - start.wall.seconds
        if start.isDay {
            // Part of a last day is a day; below nothing it stays so.
            return .days(seconds < 0 ? -1 : EventLength.wall(seconds: seconds).wholeDays)
        }
        guard let first = start.instant, let last = end.instant else {
            return .wall(seconds: seconds)
        }
        // In one zone the walls decide, so that an hour that the clock skips or repeats
        // makes no event end before it starts.
        guard seconds >= 0, start.zoneName == end.zoneName else {
            return .exact(seconds: last - first)
        }
        return .wall(seconds: seconds)
    }

    static func length(_ duration: icaldurationtype) -> EventLength {
        let sign = duration.is_neg != 0 ? -1 : 1
        let days = Int(duration.days) + 7 * Int(duration.weeks)
        let seconds = 3600 * Int(duration.hours) + 60 * Int(duration.minutes)
        return .nominal(days: sign * days, seconds: sign * (seconds + Int(duration.seconds)))
    }

    func isMarkedAllDay(_ component: ParsedComponent) -> Bool {
        component.first(.allDayEvent)?.value.uppercased() == "TRUE"
    }

    /// The days of an event that Outlook marks so and gives from midnight to midnight: on its
    /// own wall, or on the user's where it is given in UTC.
    func wholeDays(_ start: Moment, _ length: EventLength) -> (Moment, EventLength)? {
        guard let zone = start.zone else { return (start, length) }
        let end = length.end(from: start.wall, in: zone)
        let walls = [zone, user].map {
            ($0.wall(at: zone.instant(of: start.wall)), $0.wall(at: end))
        }
        let days = walls.first { $0.isMidnight && $1.isMidnight && $0 < $1 }
        guard let (first, last) = days else { return nil }
        let count = (last.seconds - first.seconds) / WallTime.secondsPerDay
        return (Moment(wall: first, zone: nil), .days(count))
    }
}
