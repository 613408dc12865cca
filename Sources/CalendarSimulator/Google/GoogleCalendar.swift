/// A mailbox as `events.list` with `singleEvents=true` tells it (calendar-apis.md 3.1).
struct GoogleCalendar {
    /// How far ahead instances of a deleted series are told, in days.
    private static let deletedDays = 183
    /// How far ahead a series without end is told, in days.
    private static let endlessDays = 2 * 365

    let mailbox: Mailbox
    /// The organisation's middle, which stands for today.
    let around: Day

    /// What overlaps a window, by number and day.
    func whole(_ window: Range<Instant>?, showsDeleted: Bool) -> [GoogleRow] {
        let window = window ?? beginning..<end
        let day = 86_400
        let wide =
            Instant(window.lowerBound.seconds - day)..<Instant(window.upperBound.seconds + day)
        return mailbox.events.flatMap { event in
            event.occurrences(overlapping: wide)
                .filter { isWithin($0, window) && (showsDeleted || !$0.details.isCancelled) }
                .map(row)
        }
    }

    /// What changed after a revision, by number and day.
    func changes(since revision: Int) -> [GoogleRow] {
        var rows: [GoogleRow] = []
        for event in mailbox.changed(since: revision) {
            let former = mailbox.event(event.number, at: revision)
            rows += event.recurrence == nil ? [row(Occurrence(event))] : series(event, former)
        }
        for number in mailbox.deleted(since: revision) {
            rows += deleted(number, at: revision)
        }
        return rows.sorted { $0.place < $1.place }
    }

    /// A touched series: all its instances to the end, where all were touched; and in the place
    /// of instances that are no more, their removal.
    private func series(_ event: Event, _ former: Event?) -> [GoogleRow] {
        guard let former else { return event.occurrences(overlapping: beginning..<end).map(row) }
        guard event.start == former.start, event.minutes == former.minutes,
            event.details == former.details
        else {
            let rows = event.occurrences(overlapping: beginning..<end).map(row)
            let ids = Set(rows.map { $0.id(mailbox.number) })
            let gone = former.occurrences(overlapping: beginning..<end).map(row)
                .filter { !ids.contains($0.id(mailbox.number)) }
            return rows + gone.map { $0.removed(mailbox.number, isSeriesTold: true) }
        }
        var days = event.deletedDays.subtracting(former.deletedDays)
        for (day, exception) in event.exceptions {
            let old = former.exceptions[day]
            if old?.start != exception.start || old?.details != exception.details {
                days.insert(day)
            }
        }
        return days.sorted().compactMap { day in
            if let occurrence = event.occurrence(on: day) { return row(occurrence) }
            return former.occurrence(on: day).map {
                row($0).removed(mailbox.number, isSeriesTold: true)
            }
        }
    }

    /// A deleted event by its id alone; a deleted series by half a year of instances, of which
    /// every other calendar tells no more than their ids.
    private func deleted(_ number: Int, at revision: Int) -> [GoogleRow] {
        let id = GoogleID.event(mailbox.number, number)
        guard let former = mailbox.former[number]?.last, former.recurrence != nil else {
            let row = GoogleRow(number: number, day: Day(0), content: .deleted(id: id, series: nil))
            return [row]
        }
        let told =
            midnight(
                around.advanced(by: -31)
            )..<midnight(
                around.advanced(by: Self.deletedDays)
            )
        let known = mailbox.event(number, at: revision) ?? former
        return known.occurrences(overlapping: told).map {
            row($0).removed(mailbox.number, isSeriesTold: mailbox.number.isMultiple(of: 2))
        }
    }

    private func row(_ occurrence: Occurrence) -> GoogleRow {
        let content = GoogleRow.Content.event(occurrence)
        let row = GoogleRow(
            number: occurrence.event.number,
            day: occurrence.originalDay,
            content: content
        )
        // What an organizer called off is cancelled in the calendars of those invited.
        return occurrence.details.isCancelled
            ? row.removed(mailbox.number, isSeriesTold: true) : row
    }

    /// Whole days are days of the calendar's zone.
    private func isWithin(_ occurrence: Occurrence, _ window: Range<Instant>) -> Bool {
        var instants = (occurrence.instants.lowerBound, occurrence.instants.upperBound)
        if occurrence.event.isAllDay {
            instants = (
                mailbox.zone.instant(of: occurrence.start), mailbox.zone.instant(of: occurrence.end)
            )
        }
        return instants.0 < window.upperBound && instants.1 > window.lowerBound
    }

    private var beginning: Instant { midnight(Day(0)) }
    private var end: Instant { midnight(around.advanced(by: Self.endlessDays)) }

    private func midnight(_ day: Day) -> Instant {
        mailbox.zone.instant(of: WallTime(day))
    }
}
