/// Tells which occurrence of a series a RECURRENCE-ID, EXDATE or RDATE means.
///
/// Times are matched as instants, since calendars write them in any zone; where one side has
/// a date and the other a time, the day decides (recurrence.md).
struct OccurrenceIdentities {
    private let master: CalendarEvent?
    private let user: Zone
    private var excluded: Set<OccurrenceID> = []
    /// Days that a timed series excludes by an EXDATE without a time.
    private var excludedDays: Set<WallTime> = []

    init(master: CalendarEvent?, user: Zone) {
        self.master = master
        self.user = user
        for exclusion in master?.exclusions ?? [] {
            if exclusion.isDay, master?.start.isDay == false {
                excludedDays.insert(exclusion.wall)
            } else {
                excluded.insert(id(of: exclusion))
            }
        }
    }

    func id(of moment: Moment) -> OccurrenceID {
        let moment = inTermsOfMaster(moment)
        guard let instant = moment.instant else { return .day(moment.wall) }
        return .instant(instant)
    }

    /// The same moment as the series writes its own: a day for a series of days, a time of
    /// day for a date in a series of times.
    func inTermsOfMaster(_ moment: Moment) -> Moment {
        guard let start = master?.start else { return moment }
        switch (start.zone, moment.isDay) {
        case (nil, _):
            return Moment(wall: moment.day(for: user), zone: nil)
        case (let zone?, true):
            return Moment(wall: moment.wall + start.wall.secondOfDay, zone: zone)
        case (let zone?, false) where moment.isFloating:
            return Moment(wall: moment.wall, zone: zone)
        default:
            return moment
        }
    }

    func isExcluded(_ id: OccurrenceID, _ start: Moment?) -> Bool {
        if excluded.contains(id) { return true }
        guard !excludedDays.isEmpty, let start, let zone = master?.start.zone else { return false }
        let wall = start.instant.map(zone.wall) ?? start.wall
        return excludedDays.contains(wall.midnight)
    }
}
