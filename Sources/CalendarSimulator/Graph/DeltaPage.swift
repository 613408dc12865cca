import HTTPServing

/// One page of a delta round.
///
/// Events come whole: a series is not split over pages, and its master is listed with the time of
/// its very first occurrence (calendar-apis.md 1.1). Positions are events' numbers, not counts,
/// so that a calendar may change in the middle of a round.
struct DeltaPage {
    let mailbox: Mailbox
    let token: DeltaToken
    let writer: GraphEventWriter
    let pageSize: Int

    /// An event that is told, or the number of one that is gone.
    private enum Item {
        case event(Event)
        case removed(Int)

        var number: Int {
            switch self {
            case .event(let event): event.number
            case .removed(let number): number
            }
        }
    }

    /// Writes the rows; returns the token of the next page, or nil after the last.
    func writeRows(to json: inout JSONWriter) -> DeltaToken? {
        var next = token
        if token.flags.contains(.falseRemoved), token.position == DeltaToken.start,
            token.extraPages == 0
        {
            for event in falselyRemoved {
                writer.writeRemoved(GraphID(number: event.number), to: &json)
            }
            next.extraPages = 1
            return next
        }
        if token.position == DeltaToken.end { return extraPage(to: &json) }

        var rows = 0
        let from = token.flags.contains(.replayed) ? token.lastPosition : token.position
        let items = items(after: from)
        var index = items.startIndex
        while index < items.endIndex {
            let number = items[index].number
            // Twins have one number, and come on one page.
            while index < items.endIndex, items[index].number == number {
                rows += write(items[index], to: &json)
                index += 1
            }
            next.position = number
            let isNew =
                token.flags.contains(.reordered)
                ? number < token.position || token.position == DeltaToken.start
                : number > token.position
            if rows >= pageSize, isNew { break }
        }
        next.lastPosition = token.position
        if index < items.endIndex { return next }
        next.position = DeltaToken.end
        next.extraPages = 0
        let goesOn = !token.flags.isDisjoint(with: [.endless, .lateMaster])
        return goesOn ? next : nil
    }

    /// What follows the last event: masters that are late, or nothing, for ever.
    private func extraPage(to json: inout JSONWriter) -> DeltaToken? {
        if token.flags.contains(.lateMaster), token.extraPages == 0 {
            for case .event(let event) in items(after: DeltaToken.start)
            where event.recurrence != nil {
                guard !event.occurrences(overlapping: token.window).isEmpty else { continue }
                writer.write(Occurrence(event), .seriesMaster, to: &json)
            }
        }
        guard token.flags.contains(.endless) else { return nil }
        var next = token
        next.extraPages += 1
        return next
    }

    /// What the round tells, in its order, from a position on.
    private func items(after position: Int) -> [Item] {
        var items: [Item]
        if let since = token.since {
            items = mailbox.changed(since: since).map { .event($0) }
            items += mailbox.deleted(since: since).map { .removed($0) }
            if token.flags.contains(.falseRemoved) {
                let numbers = Set(items.map(\.number))
                items += falselyRemoved.filter { !numbers.contains($0.number) }.map { .event($0) }
            }
            items.sort { $0.number < $1.number }
        } else {
            items = mailbox.events.map { .event($0) }
        }
        if token.flags.contains(.reordered) {
            items.reverse()
            guard position != DeltaToken.start else { return items }
            return Array(items.drop { $0.number >= position })
        }
        return Array(items.drop { $0.number <= position })
    }

    /// Single bookings that stand in the window, and are told as removed before they are told.
    private var falselyRemoved: [Event] {
        let standing = mailbox.events.lazy.filter {
            $0.recurrence == nil && Occurrence($0).overlaps(token.window)
        }
        return Array(standing.prefix(3))
    }

    /// Writes an event's rows; returns how many.
    private func write(_ item: Item, to json: inout JSONWriter) -> Int {
        switch item {
        case .removed(let number):
            writer.writeRemoved(GraphID(number: number), to: &json)
            return 1
        case .event(let event):
            let occurrences = event.occurrences(overlapping: token.window)
            guard !occurrences.isEmpty else {
                // What lies outside the window and was changed is told as removed
                // (calendar-apis.md 1.1).
                guard token.since != nil else { return 0 }
                writer.writeRemoved(GraphID(number: event.number), to: &json)
                return 1
            }
            guard event.recurrence != nil else {
                writer.write(occurrences[0], .singleInstance, to: &json)
                return 1 + writeTwin(of: event, to: &json)
            }
            let isReordered = token.flags.contains(.reordered)
            let hasMaster = token.flags.isDisjoint(with: [.lateMaster, .missingMaster])
            if hasMaster, !isReordered { writer.write(Occurrence(event), .seriesMaster, to: &json) }
            for occurrence in isReordered ? occurrences.reversed() : occurrences {
                if occurrence.isException {
                    writer.write(occurrence, .exception, to: &json)
                } else {
                    writer.writeBare(occurrence, to: &json)
                }
            }
            if hasMaster, isReordered { writer.write(Occurrence(event), .seriesMaster, to: &json) }
            return occurrences.count + (hasMaster ? 1 : 0)
        }
    }

    /// The fault `twins`: the first single booking once more, with its id and another time.
    private func writeTwin(of event: Event, to json: inout JSONWriter) -> Int {
        guard token.flags.contains(.twins), event.number == falselyRemoved.first?.number else {
            return 0
        }
        var twin = event
        twin.start = twin.start.advanced(minutes: event.isAllDay ? 1440 : 180)
        twin.details.subject = "Zwilling"
        writer.write(Occurrence(twin), .singleInstance, to: &json)
        return 1
    }
}
