import AbsenceModel
import Foundation
import Web

/// One round through a calendar: whole, or what changed since the last one.
///
/// What the delta brings is never published as it is where it may mislead: rows of occurrences
/// are bare and take their content from the series, a removal may be false, and what was read
/// before may be replayed (calendar-apis.md 1.1 and 6).
struct GraphRound: Sendable {
    var calendar: GraphCalendar
    var request: LoadRequest
    var bookings: GraphBookings

    init(calendar: GraphCalendar, request: LoadRequest) {
        self.calendar = calendar
        self.request = request
        bookings = GraphBookings(window: request.window, timeZone: request.timeZone)
    }

    /// What became of a round.
    enum End<Value: Sendable>: Sendable {
        case done(Value)
        /// The server has lost the state that a link belongs to.
        case lost
        /// Its pages never end.
        case endless
    }

    /// The rows of a round with the link to the next one.
    func deltaRows(from path: String) async throws -> End<(rows: GraphRows, next: String)> {
        switch try await calendar.rows(from: path) {
        case .endless:
            return .endless
        case .refused(let reply) where reply.saysStateIsLost:
            return .lost
        case .refused(let reply):
            throw calendar.failure(of: reply)
        case .whole(let rows):
            guard let next = rows.deltaPath else {
                throw RemoteFailure(
                    .truncated,
                    "\(calendar.endpoint.name) ended its pages without saying where changes begin; "
                        + "a later load asks again"
                )
            }
            return .done((rows, next))
        }
    }

    /// What a question about one event or series came to.
    enum Found<Value: Sendable>: Sendable {
        case found(Value)
        case gone
        /// Left as it is stored, for a reason that is the event's own.
        case unreadable(String)
    }

    /// Asks for one event.
    ///
    /// - Throws: ``RemoteFailure`` where the mailbox is behind the failure.
    func event(_ id: String) async throws -> (found: Found<GraphEvent>, byteCount: Int) {
        do {
            let query = calendar.query
            var reply = try await calendar.ask(query.event(calendar.address, id))
            if reply.status == 403, let query = query.withoutBody {
                reply = try await calendar.ask(query.event(calendar.address, id))
            }
            if reply.isSuccess, let event = reply.page.events.first, !event.isRemoved {
                return (.found(event), reply.byteCount)
            }
            return (try refusal(reply), reply.byteCount)
        } catch let failure as RemoteFailure where failure.isOfContent {
            return (.unreadable(failure.description), 0)
        }
    }

    /// Asks for the occurrences and exceptions of a series in the window.
    ///
    /// - Throws: ``RemoteFailure`` where the mailbox is behind the failure.
    func instances(of master: String) async throws -> Found<GraphRows> {
        do {
            let (address, window) = (calendar.address, request.window)
            switch try await calendar.rows({ $0.instances(address, of: master, window) }) {
            case .whole(let rows): return .found(rows)
            case .refused(let reply): return try refusal(reply)
            case .endless: throw calendar.endlessPages
            }
        } catch let failure as RemoteFailure where failure.isOfContent {
            return .unreadable(failure.description)
        }
    }

    private func refusal<Value>(_ reply: GraphReply) throws(RemoteFailure) -> Found<Value> {
        if reply.saysEventIsGone { return .gone }
        let failure = calendar.failure(of: reply)
        if reply.isBusy || reply.status == 401 { throw failure }
        return .unreadable(failure.description)
    }

    /// Whether an event stands in this calendar.
    ///
    /// What is found by its identifier may lie in Deleted Items or in another calendar: an
    /// immutable identifier outlives moves.
    func isInCalendar(_ event: GraphEvent) async throws -> (isThere: Bool, byteCount: Int) {
        guard let start = event.start?.instant, let end = event.end?.instant, start <= end else {
            return (true, 0)
        }
        // Whole days stand by the mailbox's own zone in a view.
        let margin = event.details.isAllDay == true ? 86_400 : 60
        let period =
            Date(
                timeIntervalSince1970: Double(start - margin)
            )..<Date(timeIntervalSince1970: Double(end + margin))
        let path = calendar.query.view(calendar.address, period)
        switch try await calendar.rows(from: path) {
        case .whole(let rows):
            let isThere = rows.namelessCount > 0 || rows.events.contains { $0.id == event.id }
            return (isThere, rows.byteCount)
        case .refused(let reply):
            throw calendar.failure(of: reply)
        case .endless:
            throw calendar.endlessPages
        }
    }
}

extension RemoteFailure {
    /// The answer came and could not be read: another question may fare better.
    fileprivate var isOfContent: Bool {
        [.malformed, .truncated, .tooLarge].contains(code)
    }
}
