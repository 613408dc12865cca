/// Identifiers of events in base32hex's letters (calendar-apis.md 3.3).
enum GoogleID {
    static func event(_ mailbox: Int, _ number: Int) -> String {
        "kkm\(mailbox)e\(number)"
    }

    /// An instance has its series' id and the time at which the rule would have it begin.
    static func instance(_ occurrence: Occurrence, mailbox: Int) -> String {
        let time =
            occurrence.event.isAllDay
            ? occurrence.originalDay.description : "\(occurrence.originalInstant.utc)Z"
        return event(mailbox, occurrence.event.number) + "_"
            + time.filter { $0 != "-" && $0 != ":" }
    }

    static func id(_ occurrence: Occurrence, mailbox: Int) -> String {
        occurrence.event.recurrence == nil
            ? event(mailbox, occurrence.event.number) : instance(occurrence, mailbox: mailbox)
    }
}
