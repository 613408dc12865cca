/// The zones of one VCALENDAR, by the names that its events use.
///
/// A name that means a zone everywhere goes before what the calendar says of it: programs
/// describe their zones with this year's rules only, and reading them is slow (recurrence.md,
/// pitfall 5).
final class ZoneLookup {
    private let calendar: ICalendarOutline.Calendar
    private let end: WallTime
    private var found: [String: Zone?] = [:]

    /// Where floating times are meant.
    let floating: Zone
    /// True where the calendar names a zone for its floating times that nobody knows.
    let hasUnknownName: Bool

    /// - Parameters:
    ///   - user: Where the user is, for floating times (RFC 5545 3.3.5).
    ///   - end: Changes of the clock are read up to here.
    init(_ calendar: ICalendarOutline.Calendar, user: Zone, until end: WallTime) {
        self.calendar = calendar
        self.end = end
        let named = calendar.zoneName.flatMap {
            ZoneLookup.zone(named: $0, in: calendar, until: end)
        }
        floating = named ?? user
        hasUnknownName = named == nil && !(calendar.zoneName ?? "").isEmpty
    }

    /// The zone of a TZID, or nil where it is not known and the calendar does not describe it.
    func zone(named name: String) -> Zone? {
        if let zone = found[name] { return zone }
        let zone = ZoneLookup.zone(named: name, in: calendar, until: end)
        found[name] = .some(zone)
        return zone
    }

    private static func zone(
        named name: String,
        in calendar: ICalendarOutline.Calendar,
        until end: WallTime
    ) -> Zone? {
        if let zone = ZoneNames.zone(named: name) { return zone }
        if let text = calendar.zones[ZoneNames.plain(name)] {
            if let zone = text.location.flatMap(ZoneNames.zone) { return zone }
            if let observances = Observances(text.observances, until: end) {
                return Zone(observances, named: name)
            }
        }
        return ZoneNames.zoneByGuess(named: name)
    }
}
