import AbsenceModel
import Foundation

/// A row of `events.list` with `singleEvents=true`: a single event, or an instance of a series.
struct GoogleRow: Sendable {
    /// Unique within the calendar.
    var id: String
    /// The id of the recurring event, where this is an instance. A deleted row need not tell.
    var series: String?
    /// When the event was last changed, in seconds since 1970; a deleted row need not tell.
    var updated: Double?
    var content: Content

    enum Content: Sendable {
        /// With a note of what could not be read of it.
        case booking(Booking, note: String?)
        /// There, but not within the window.
        case outside
        /// Deleted, whatever it was.
        case cancelled
        /// With the reason.
        case broken(String)
    }

    /// What the row is stored under, the key and the resource alike.
    ///
    /// Rows of one series come and go one by one, so each is a resource of its own. The name is
    /// made of the two ids, so that `SERIES/` covers all instances without a guess at the form of
    /// an instance's id, which is not documented.
    static func resource(_ id: String, of series: String?) -> String {
        series.map { "\($0)/\(id)" } ?? id
    }

    var resource: String { Self.resource(id, of: series) }

    /// What the row tells whole. An id is either a single event or a series, so a single one
    /// has no instances any more, and a series is no single event any more.
    var coverage: [Coverage] {
        if let series { return [.resource(resource), .resource(series)] }
        var coverage: [Coverage] = [.resource(id), .collection("\(id)/")]
        // Of a deleted instance of a deleted series only the id is sure.
        if case .cancelled = content, let series = Self.series(ofInstance: id) {
            coverage.append(.resource(Self.resource(id, of: series)))
        }
        return coverage
    }

    /// The id of the series in an instance's id of the form that Google is seen to give:
    /// `SERIES_20261123T080000Z`, or `SERIES_20261123` for whole days. It only ever names what is
    /// stored of this very id, so that another form costs no more than a later removal.
    static func series(ofInstance id: String) -> String? {
        guard let mark = id.utf8.lastIndex(of: UInt8(ascii: "_")) else { return nil }
        let time = id.utf8[id.utf8.index(after: mark)...]
        guard DateText(time) != nil, mark > id.startIndex else { return nil }
        return String(id[..<mark])
    }

    /// Whether this row holds where `other` came before it under the same id: the one changed
    /// last, so that the order of rows decides only where nothing else does.
    func holds(over other: GoogleRow) -> Bool {
        guard let updated, let earlier = other.updated else { return true }
        if updated != earlier { return updated > earlier }
        return rank >= other.rank
    }

    /// Any order among rows of one change.
    private var rank: (Int, Double, Double) {
        switch content {
        case .cancelled: (0, 0, 0)
        case .broken: (1, 0, 0)
        case .outside: (2, 0, 0)
        case .booking(let booking, _):
            switch booking.time {
            case .timed(let start, let end):
                (3, start.timeIntervalSince1970, end.timeIntervalSince1970)
            case .allDay(let start, let end): (4, start.rank, end.rank)
            }
        }
    }
}

extension LocalDate {
    fileprivate var rank: Double { Double((year * 100 + month) * 100 + day) }
}
