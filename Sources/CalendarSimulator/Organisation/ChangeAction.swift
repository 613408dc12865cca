/// What can happen to a calendar.
enum ChangeAction: String, CaseIterable, Sendable {
    /// A single booking is deleted.
    case delete
    /// A single booking comes a day and an hour later.
    case move
    /// A single booking gets another title.
    case retitle
    case create
    case deleteSeries = "delete_series"
    /// An occurrence is cancelled by its organizer and stays in the calendar as such.
    case cancelOccurrence = "cancel_occurrence"
    /// An occurrence is deleted without a trace.
    case deleteOccurrence = "delete_occurrence"
    /// A series comes an hour later and gets another title; what of it had differed, still does.
    case changeSeries = "change_series"

    /// Something that was done.
    struct Done: Sendable {
        var action: ChangeAction
        var mailbox: String
        var uid: String
        /// The day of the occurrence where it was one of a series.
        var day: Day?
    }
}

extension Organisation {
    /// Does something to a mailbox; nil where nothing of that kind is left to do it to.
    func perform(_ action: ChangeAction, mailbox number: Int) -> ChangeAction.Done? {
        var random = random()
        return change(number) { mailbox, changes, revision in
            let isOfSeries = action.isOfSeries
            let candidates = mailbox.events.filter { ($0.recurrence != nil) == isOfSeries }
            var day: Day?
            var event: Event
            if action == .create {
                let last = max(mailbox.events.last?.number ?? 0, mailbox.deleted.last?.number ?? 0)
                event = newEvent(number: last + 1, mailbox: number)
            } else {
                guard !candidates.isEmpty else { return nil }
                event = random.one(of: candidates)
            }
            switch action {
            case .create: break
            case .delete, .deleteSeries:
                changes.delete(event.number, revision: revision)
            case .move:
                let minutes = event.isAllDay ? 1440 : 1500
                event.start = event.start.advanced(minutes: minutes)
            case .retitle:
                event.details.subject = "Neuer Titel \(revision)"
            case .changeSeries:
                event.details.subject = "Neue Serie \(revision)"
                if !event.isAllDay { event.start.minute = (event.start.minute + 60) % 1440 }
            case .cancelOccurrence, .deleteOccurrence:
                guard let free = freeDay(of: event, random: &random) else { return nil }
                day = free
                if action == .deleteOccurrence {
                    event.deletedDays.insert(free)
                } else {
                    var details = event.details
                    details.isCancelled = true
                    event.exceptions[free] = EventException(
                        start: WallTime(free, minute: event.start.minute),
                        minutes: event.minutes,
                        details: details
                    )
                }
            }
            if action != .delete, action != .deleteSeries {
                changes.put(event, revision: revision)
            }
            return ChangeAction.Done(
                action: action,
                mailbox: mailbox.address,
                uid: event.uid(mailbox: number),
                day: day
            )
        }
    }

    /// Changes so many of 100 bookings, of mailboxes chosen at random.
    ///
    /// - Returns: How many were changed.
    func perform(percent: Double) -> Int {
        let wanted = Int(
            (Double(settings.mailboxCount * settings.bookingCount) * percent / 100).rounded(.up)
        )
        var done = 0
        for _ in 0..<wanted {
            var random = random()
            let mailbox = 1 + random.below(settings.mailboxCount)
            let action = random.one(of: [ChangeAction.delete, .move, .retitle, .create])
            if perform(action, mailbox: mailbox) != nil { done += 1 }
        }
        return done
    }

    /// A day of the series within the period on which it is as its master says.
    private func freeDay(of event: Event, random: inout RandomNumbers) -> Day? {
        let days = event.recurrence?.days(from: event.start.day, within: settings.period)
            .filter { event.exceptions[$0] == nil && !event.deletedDays.contains($0) }
        guard let days, !days.isEmpty else { return nil }
        return random.one(of: days)
    }
}

extension ChangeAction {
    fileprivate var isOfSeries: Bool {
        switch self {
        case .deleteSeries, .cancelOccurrence, .deleteOccurrence, .changeSeries: true
        case .delete, .move, .retitle, .create: false
        }
    }
}
