/// Makes a mailbox's events of its number and the organisation's settings.
struct MailboxGenerator {
    private let settings: OrganisationSettings
    private let special: SpecialMailbox?
    private var random: RandomNumbers
    private var events: [Event] = []

    init(_ settings: OrganisationSettings, mailbox: Int, special: SpecialMailbox?) {
        self.settings = settings
        self.special = special
        random = RandomNumbers(seed: settings.seed &* 0x2545_F491_4F6C_DD1D &+ UInt64(mailbox))
        _ = random.next()
    }

    /// The events, numbered from 1.
    mutating func generate() -> [Event] {
        let count = special == .big ? 10_000 : settings.bookingCount
        events.reserveCapacity(count + 2)
        if special == .endless { addEndless() }
        if special == .emoji { addEmoji() }
        if special == .twins { addTwins() }
        var left = count
        // Three bookings of ten belong to series.
        let singles = count - count * 3 / 10
        while left > singles {
            let series = series()
            let days = series.recurrence?.days(from: series.start.day, within: settings.period)
            guard let days, !days.isEmpty, days.count <= left else { break }
            left -= days.count
            events.append(altered(series, on: days))
        }
        for _ in 0..<max(left, 0) { events.append(single()) }
        return events
    }

    private var nextNumber: Int { events.count + 1 }

    /// A single booking that begins within the period, mostly at work.
    mutating func single(number: Int? = nil) -> Event {
        let number = number ?? nextNumber
        if random.percent(12) { return wholeDays(number) }
        var event = Event(
            number: number,
            start: WallTime(day(), minute: 7 * 60 + random.below(48) * 15),
            minutes: random.one(of: [15, 30, 30, 45, 60, 60, 60, 90, 120, 240]),
            zone: zone(),
            details: details(number)
        )
        if random.percent(3) {
            // Over midnight, or for days.
            event.start.minute = 22 * 60
            event.minutes = random.one(of: [240, 1500, 3000])
        }
        if random.percent(1) { event.minutes = 0 }
        return event
    }

    private mutating func wholeDays(_ number: Int) -> Event {
        var event = Event(
            number: number,
            start: WallTime(day()),
            minutes: random.one(of: [1, 1, 1, 2, 3, 5, 12]) * 1440,
            isAllDay: true,
            details: details(number)
        )
        // Invitations from abroad; in the middle of the week, far from any window's end.
        if event.details.response != .organizer, event.minutes == 1440, event.start.day.weekday == 2
        {
            event.zone = random.one(of: [.newYork, .london, .helsinki])
        }
        return event
    }

    private mutating func series() -> Event {
        let number = nextNumber
        let begin = settings.period.lowerBound
        var details = details(number, isSeries: true)
        details.choice = nil
        var event = Event(
            number: number,
            start: WallTime(begin, minute: 8 * 60 + random.below(32) * 15),
            minutes: random.one(of: [15, 30, 60, 90]),
            zone: zone(),
            details: details
        )
        switch random.below(10) {
        case 0, 1:
            event.start.day = begin.advanced(by: random.below(30))
            event.recurrence = Recurrence(
                pattern: .daily,
                interval: random.one(of: [1, 1, 2]),
                end: .count(2 + random.below(4))
            )
        case 2, 3:
            let first = begin.advanced(by: -random.below(400)).civil
            event.start.day = Day(year: first.year, month: first.month, day: min(first.day, 28))
            event.recurrence = Recurrence(pattern: .monthly, interval: random.one(of: [1, 1, 3]))
        default:
            event.start.day = begin.advanced(by: -random.below(200))
            var weekdays: Set = [event.start.day.weekday]
            if random.percent(30) { weekdays.insert(random.below(5)) }
            let last = begin.advanced(by: 14 + random.below(90))
            event.recurrence = Recurrence(
                pattern: .weekly(weekdays),
                interval: random.one(of: [1, 1, 2]),
                end: random.one(of: [.never, .until(last), .count(20 + random.below(60))])
            )
        }
        if random.percent(10) {
            event.isAllDay = true
            event.start.minute = 0
            event.minutes = 1440
            event.zone = .home
        }
        return event
    }

    /// Some occurrences of a series were moved, some were deleted.
    private mutating func altered(_ series: Event, on days: [Day]) -> Event {
        var series = series
        guard days.count > 1 else { return series }
        if random.percent(40) {
            let day = random.one(of: days)
            var details = details(series.number)
            details.subject = "\(details.subject ?? "Termin") (verschoben)"
            details.response = series.details.response
            var start = WallTime(day, minute: series.start.minute)
            start = start.advanced(minutes: series.isAllDay ? 1440 : 75)
            series.exceptions[day] = EventException(
                start: start,
                minutes: series.minutes,
                details: details
            )
        }
        if random.percent(30) {
            let day = random.one(of: days)
            if series.exceptions[day] == nil { series.deletedDays.insert(day) }
        }
        return series
    }

    /// Out of office and elsewhere are of one's own making, as in Google.
    mutating func details(_ number: Int, isSeries: Bool = false) -> EventDetails {
        var details = EventDetails()
        details.showAs = random.one(
            weighed: [
                (.busy, 55), (.tentative, 10), (.free, 10), (.outOfOffice, 15),
                (.workingElsewhere, 10),
            ]
        )
        details.sensitivity = random.one(
            weighed: [(.normal, 75), (.private, 12), (.personal, 6), (.confidential, 7)]
        )
        details.response = random.one(
            weighed: [
                (.organizer, 45), (.accepted, 30), (.tentative, 8), (.declined, 7),
                (.notResponded, 10),
            ]
        )
        var subjects = isSeries ? Words.series : Words.subjects
        switch details.showAs {
        case .outOfOffice:
            details.response = .organizer
            subjects = Words.absences
        case .workingElsewhere:
            details.response = .organizer
            details.sensitivity = .normal
            subjects = Words.elsewhere
        default: break
        }
        details.subject = random.percent(1) ? nil : "\(random.one(of: subjects)) \(number)"
        details.location = random.percent(60) ? random.one(of: Words.locations) : nil
        details.body = random.percent(30) ? "Notiz <b>\(number)</b> & mehr,\nzweite Zeile" : nil
        if random.percent(5) { details.choice = random.one(of: Words.choices) }
        return details
    }

    private mutating func day() -> Day {
        let day = settings.period.lowerBound.advanced(by: random.below(settings.period.count))
        return day.weekday < 5 || random.percent(20) ? day : day.advanced(by: -day.weekday / 3)
    }

    private mutating func zone() -> Zone {
        random.one(
            weighed: [
                (.berlin, 80), (.london, 8), (.newYork, 6), (.kolkata, 3), (.utc, 3),
            ]
        )
    }

    private mutating func addEndless() {
        events.append(
            Event(
                number: nextNumber,
                start: WallTime(Day(year: 2015, month: 1, day: 1), minute: 7 * 60 + 30),
                minutes: 15,
                details: EventDetails(subject: "Ohne Ende", location: "Teams"),
                recurrence: Recurrence(pattern: .daily)
            )
        )
    }

    private mutating func addEmoji() {
        events.append(
            Event(
                number: nextNumber,
                start: WallTime(settings.around, minute: 10 * 60),
                minutes: 60,
                details: EventDetails(subject: Words.emoji)
            )
        )
    }

    private mutating func addTwins() {
        for hour in [9, 14] {
            events.append(
                Event(
                    number: 1,
                    start: WallTime(settings.around, minute: hour * 60),
                    minutes: 60,
                    details: EventDetails(subject: "Zwilling \(hour)")
                )
            )
        }
    }
}
