/// The original starts of an event: its DTSTART, RRULE and RDATE, less EXRULE and EXDATE.
struct MasterExpansion {
    private let master: CalendarEvent
    private let identities: OccurrenceIdentities

    init(_ master: CalendarEvent, _ identities: OccurrenceIdentities) {
        self.master = master
        self.identities = identities
    }

    typealias Start = (moment: Moment, length: EventLength?)

    /// The starts within `search`, in order; the length is given where an RDATE has its own.
    func starts(
        within search: ClosedRange<Int>,
        budget: inout ExpansionBudget
    ) throws(EventFault) -> [(OccurrenceID, Start)] {
        guard master.isSeries else {
            return [(identities.id(of: master.start), (master.start, nil))]
        }
        var starts: [OccurrenceID: Start] = [:]
        for addition in master.additions {
            let moment = identities.inTermsOfMaster(addition.start)
            guard search.contains(moment.wall.seconds) else { continue }
            starts[identities.id(of: moment)] = (moment, addition.length)
        }
        // DTSTART counts as the first occurrence, also where its rule does not give it (RFC
        // 5545 3.8.5.3); but programs end a series before its start to remove it whole.
        if !isEndedBeforeItStarts, search.contains(master.start.wall.seconds) {
            let id = identities.id(of: master.start)
            starts[id] = (master.start, starts[id]?.length)
        }
        for wall in try walls(of: master.rules, within: search, budget: &budget) {
            let moment = Moment(wall: wall, zone: master.start.zone)
            let id = identities.id(of: moment)
            if starts[id] == nil { starts[id] = (moment, nil) }
        }
        for wall in try walls(of: master.exceptionRules, within: search, budget: &budget) {
            starts[identities.id(of: Moment(wall: wall, zone: master.start.zone))] = nil
        }
        return starts.filter { !identities.isExcluded($0.key, $0.value.moment) }
            .sorted { $0.key.position < $1.key.position }
            .map { ($0.key, $0.value) }
    }

    private var isEndedBeforeItStarts: Bool {
        guard !master.rules.isEmpty, master.additions.isEmpty else { return false }
        return master.rules.allSatisfy { rule in
            until(of: rule).map { $0 < master.start.wall } ?? false
        }
    }

    private func walls(
        of rules: [RecurrenceRule],
        within search: ClosedRange<Int>,
        budget: inout ExpansionBudget
    ) throws(EventFault) -> [WallTime] {
        var walls: [WallTime] = []
        for rule in rules {
            walls += try rule.starts(
                from: master.start.wall,
                until: until(of: rule),
                isDay: master.start.isDay,
                within: WallTime(seconds: search.lowerBound)...WallTime(seconds: search.upperBound),
                budget: &budget
            )
        }
        return walls
    }

    /// UNTIL on the wall of the series. A date on a series of times ends with that day.
    private func until(of rule: RecurrenceRule) -> WallTime? {
        guard let until = rule.until else { return nil }
        guard let zone = master.start.zone else {
            let moment = Moment(
                wall: until.wall,
                zone: until.hasTime ? (until.isUTC ? .utc : nil) : nil
            )
            return identities.inTermsOfMaster(moment).wall
        }
        if !until.hasTime { return until.wall + (WallTime.secondsPerDay - 1) }
        return until.isUTC ? zone.wall(at: until.wall.seconds) : until.wall
    }
}
