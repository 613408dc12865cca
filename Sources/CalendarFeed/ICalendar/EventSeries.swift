/// An event with what replaces single occurrences of it: everything of one UID.
struct EventSeries {
    var uid: String
    private(set) var master: CalendarEvent?
    private var overrides: [CalendarEvent] = []
    private var brokenOverrides: [Moment] = []

    /// One occurrence, ready to be told.
    struct Occurrence {
        var key: String
        var event: CalendarEvent
        var start: Moment
        var length: EventLength
        var isCancelled: Bool
    }

    init(uid: String) {
        self.uid = uid
    }

    /// How long the longest of its occurrences lasts, in seconds.
    var longest: Int {
        let own = [master].compactMap { $0 } + overrides
        let additions = master?.additions.compactMap { $0.length?.seconds } ?? []
        return (own.map(\.length.seconds) + additions).max() ?? 0
    }

    /// Takes in an event of this UID; of two for one place the newer stays.
    mutating func add(_ event: CalendarEvent) {
        guard event.recurrenceID == nil else {
            overrides.append(event)
            return
        }
        if let master, event.version < master.version { return }
        master = event
    }

    /// Takes in that an event of this UID could not be read.
    mutating func addBroken(_ recurrenceID: Moment?) {
        if let recurrenceID { brokenOverrides.append(recurrenceID) }
    }

    /// The occurrences whose start lies within `search`, and some more.
    ///
    /// - Parameters:
    ///   - search: In seconds since 1970-01-01T00:00:00Z, wide enough for every offset.
    ///   - user: Where the user is, for days that a calendar gives as times.
    func occurrences(
        within search: ClosedRange<Int>,
        user: Zone,
        budget: inout ExpansionBudget
    ) throws(EventFault) -> [Occurrence] {
        let identities = OccurrenceIdentities(master: master, user: user)
        let chosen = chosenOverrides(identities)
        guard let master else { return chosen.map { replacing($0.id, $0.event, false) } }

        let shifts = chosen.filter { $0.event.coversFollowing }
            .map { FollowingShift(from: $0.id, to: $0.event) }
            .sorted { $0.first.position < $1.first.position }
        let widest = shifts.map { abs($0.seconds) + $0.event.length.seconds }.max() ?? 0
        let wide = (search.lowerBound - widest)...(search.upperBound + widest)
        let starts = try MasterExpansion(master, identities).starts(within: wide, budget: &budget)
        let own = chosen.isEmpty ? [] : Set(starts.map(\.0))
        let isAllCancelled = master.details.isCancelled
        var result = chosen.filter { id, event in
            !identities.isExcluded(id, event.recurrenceID)
                && !isRemnant(event, id, own, within: search)
        }.map { replacing($0.id, $0.event, isAllCancelled) }

        let replaced = Set(chosen.map(\.id) + brokenOverrides.map(identities.id))
        result.reserveCapacity(result.count + starts.count)
        for (id, start) in starts where !replaced.contains(id) {
            let shift = shifts.last { $0.first.position <= id.position }
            let event = shift?.event ?? master
            result.append(
                Occurrence(
                    key: master.isSeries ? uid + "/" + id.text : uid,
                    event: event,
                    start: shift?.start(for: start.moment) ?? start.moment,
                    length: shift?.event.length ?? start.length ?? master.length,
                    isCancelled: isAllCancelled || event.details.isCancelled
                )
            )
        }
        return result
    }

    /// The occurrence that an event takes the place of.
    private func replacing(
        _ id: OccurrenceID,
        _ event: CalendarEvent,
        _ isAllCancelled: Bool
    ) -> Occurrence {
        Occurrence(
            key: uid + "/" + id.text,
            event: event,
            start: event.start,
            length: event.length,
            isCancelled: isAllCancelled || event.details.isCancelled
        )
    }

    /// What programs leave of a series that was split: an older text with a rule of its own,
    /// for an occurrence that the series no longer has.
    private func isRemnant(
        _ event: CalendarEvent,
        _ id: OccurrenceID,
        _ starts: Set<OccurrenceID>,
        within search: ClosedRange<Int>
    ) -> Bool {
        guard event.isSeries, !event.coversFollowing, let master else { return false }
        return event.version.sequence < master.version.sequence
            && search.contains(id.position) && !starts.contains(id)
    }

    /// The newest of those that replace one occurrence, in the order in which they stand.
    private func chosenOverrides(
        _ identities: OccurrenceIdentities
    ) -> [(id: OccurrenceID, event: CalendarEvent)] {
        var chosen: [(id: OccurrenceID, event: CalendarEvent)] = []
        var places: [OccurrenceID: Int] = [:]
        for event in overrides {
            guard let recurrenceID = event.recurrenceID else { continue }
            let id = identities.id(of: recurrenceID)
            if let place = places[id] {
                if chosen[place].event.version <= event.version { chosen[place].event = event }
            } else {
                places[id] = chosen.count
                chosen.append((id, event))
            }
        }
        return chosen
    }
}

/// What RANGE=THISANDFUTURE does to the occurrences after it: they move as far as the one
/// that it names, on the wall, and take over everything else (RFC 5545 3.2.13, 3.8.4.4).
struct FollowingShift {
    var first: OccurrenceID
    var event: CalendarEvent
    /// How far the start moves, on the wall of the event.
    var seconds: Int

    init(from first: OccurrenceID, to event: CalendarEvent) {
        self.first = first
        self.event = event
        let original = event.recurrenceID.map { FollowingShift.wall(of: $0, in: event.start.zone) }
        seconds = event.start.wall.seconds - (original ?? event.start.wall).seconds
    }

    func start(for occurrence: Moment) -> Moment {
        let wall = FollowingShift.wall(of: occurrence, in: event.start.zone) + seconds
        return Moment(wall: event.start.isDay ? wall.midnight : wall, zone: event.start.zone)
    }

    private static func wall(of moment: Moment, in zone: Zone?) -> WallTime {
        guard let zone, let instant = moment.instant else { return moment.wall }
        return zone.wall(at: instant)
    }
}
