import AbsenceModel

/// A row of an answer: an event, an occurrence, a series, or the word that one is removed.
struct GraphEvent: Sendable {
    enum Kind: Sendable {
        case single, occurrence, exception, master
    }

    /// Those of its booking: its identifier is the key, the resource its series, of occurrences
    /// and exceptions alone, and the mark one of ``GraphMark``.
    var texts: BookingTexts
    var kind: Kind
    /// True where the row says nothing but that the event is removed, which may be false:
    /// it also comes for events outside the window (calendar-apis.md 1.1).
    var isRemoved: Bool
    var modified: GraphTicks?
    var start: GraphMoment?
    var end: GraphMoment?
    var details: Details

    /// What a row may leave out.
    struct Details: Sendable {
        var isAllDay: Bool?
        var showAs: Booking.ShowAs?
        var sensitivity: Booking.Sensitivity?
        var response: Booking.Response?
        var isCancelled: Bool?
        /// The text of the extended property.
        var choice: String?
    }

    var id: String { texts[.key] ?? "" }
    /// Of occurrences and exceptions.
    var masterID: String? { texts[.resource] }
    var mark: String { texts[.mark] ?? GraphMark.unknown }

    /// Rows of occurrences in a delta have a time and nothing else; every other row shows the
    /// time as something.
    var isBare: Bool { details.showAs == nil }

    /// Which of two rows of one event counts: the later changed, and where that says nothing,
    /// always the same one.
    func isNewer(than other: GraphEvent) -> Bool { rank > other.rank }

    private var rank: Rank {
        Rank(
            modified: modified?.count ?? Int.min,
            isWhole: isBare ? 0 : 1,
            mark: mark,
            start: start?.wall.seconds ?? Int.min,
            end: end?.wall.seconds ?? Int.min,
            subject: texts[.subject] ?? ""
        )
    }

    private struct Rank: Comparable {
        var modified: Int
        var isWhole: Int
        var mark: String
        var start: Int
        var end: Int
        var subject: String

        static func < (left: Rank, right: Rank) -> Bool {
            (left.modified, left.isWhole, left.mark, left.start, left.end, left.subject)
                < (right.modified, right.isWhole, right.mark, right.start, right.end, right.subject)
        }
    }
}

extension GraphEvent {
    /// An occurrence differs from its series in its time alone (else it is an exception), so
    /// what its row leaves out is taken from there.
    mutating func complete(from master: Self) {
        details = details.completed(from: master.details)
        texts = BookingTexts(
            key: id,
            resource: masterID,
            mark: texts[.mark],
            subject: texts[.subject] ?? master.texts[.subject],
            location: texts[.location] ?? master.texts[.location],
            body: texts[.body] ?? master.texts[.body]
        )
    }
}

extension GraphEvent.Details {
    fileprivate func completed(from master: Self) -> Self {
        Self(
            isAllDay: isAllDay ?? master.isAllDay,
            showAs: showAs ?? master.showAs,
            sensitivity: sensitivity ?? master.sensitivity,
            response: response ?? master.response,
            isCancelled: isCancelled ?? master.isCancelled,
            choice: choice ?? master.choice
        )
    }
}
