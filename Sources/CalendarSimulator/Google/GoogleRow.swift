/// An item of a list.
struct GoogleRow: Sendable {
    var number: Int
    /// When it would begin by the rule.
    var day: Day
    var content: Content
    /// Seconds by which it was changed earlier than the event says.
    var age = 0
    /// Minutes by which it begins earlier.
    var shift = 0

    enum Content: Sendable {
        case event(Occurrence)
        /// Of a deleted event no more is sure than its id; of an instance also its series.
        case deleted(id: String, series: String?)
    }

    /// Where it stands among others: a removal before what took its place.
    var place: (Int, Int, Int) {
        (number, day.number, isEvent ? 1 : 0)
    }

    var isEvent: Bool {
        if case .event = content { true } else { false }
    }

    func id(_ mailbox: Int) -> String {
        switch content {
        case .event(let occurrence): GoogleID.id(occurrence, mailbox: mailbox)
        case .deleted(let id, _): id
        }
    }

    /// The removal of this row.
    func removed(_ mailbox: Int, isSeriesTold: Bool) -> GoogleRow {
        guard case .event(let occurrence) = content else { return self }
        var row = self
        let series = isSeriesTold && occurrence.event.recurrence != nil
        row.content = .deleted(
            id: id(mailbox),
            series: series ? GoogleID.event(mailbox, number) : nil
        )
        return row
    }
}
