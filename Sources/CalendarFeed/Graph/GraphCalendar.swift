import Foundation

/// One calendar, as the rounds read it.
struct GraphCalendar: Sendable {
    var address: GraphAddress
    var query: GraphQuery
    var endpoint: GraphEndpoint
    var batcher: GraphBatcher

    /// A collection read to its end, or the answer that ended it early.
    enum Reading: Sendable {
        case whole(GraphRows)
        case refused(GraphReply)
    }

    func ask(_ path: String) async throws -> GraphReply {
        try await batcher.ask(GraphBatcher.Question(mailbox: address.mailbox, path: path))
    }

    /// Reads a collection with all its pages; an empty page may be followed by others.
    ///
    /// - Throws: ``LoadFailure`` also where the pages go in a circle or never end.
    func rows(from start: String) async throws -> Reading {
        var rows = GraphRows()
        var seen: Set<String> = []
        var next: String? = start
        var emptyPages = 0
        while let path = next {
            guard seen.insert(path).inserted, seen.count <= Self.pageLimit,
                emptyPages <= Self.emptyPageLimit
            else {
                throw LoadFailure(
                    .malformed,
                    "\(endpoint.name) gives pages without end; a later load asks again"
                )
            }
            let reply = try await ask(path)
            guard reply.isSuccess else { return .refused(reply) }
            rows.byteCount += reply.byteCount
            rows.events += reply.page.events
            emptyPages = reply.page.events.isEmpty ? emptyPages + 1 : 0
            next = try reply.page.nextLink.map(endpoint.path)
            if next == nil { rows.deltaPath = try reply.page.deltaLink.map(endpoint.path) }
        }
        return .whole(rows)
    }

    /// What a refusal of the calendar as a whole means, and what to do about it.
    func failure(of reply: GraphReply) -> LoadFailure {
        let said = reply.code.isEmpty ? "\(reply.status)" : "\(reply.status), \(reply.code)"
        let answer = "\(endpoint.name) answers \(said)"
        let code = reply.code.lowercased()
        if code == "extensionerror" || code.contains("mailboxnotenabled") {
            return LoadFailure(
                .notFound,
                "\(answer): the mailbox is not in Exchange Online (on premises, without a licence, "
                    + "or kept back by a policy)"
            )
        }
        switch reply.status {
        case 401:
            return LoadFailure(
                .refused,
                "\(answer) also to a new token: are the client and its tenant those of the "
                    + "customer, and is the endpoint the one of the customer's cloud?"
            )
        case 403:
            return LoadFailure(
                .refused,
                "\(answer): give the client Calendars.Read (or Calendars.ReadBasic.All) for this "
                    + "mailbox; a new grant or scope takes up to two hours to count"
            )
        case 404:
            return LoadFailure(
                .notFound,
                "\(answer): no such mailbox or calendar; is the address in the roster right?"
            )
        case 429, 503, 504:
            return LoadFailure(
                .serverError,
                "\(answer) after all repetitions: it is busy; a later load asks again"
            )
        default:
            return LoadFailure(.serverError, "\(answer); a later load asks again")
        }
    }

    /// A mailbox of 10,000 bookings has 50 pages, or 1,000 where the server makes them small.
    private static let pageLimit = 2_000
    private static let emptyPageLimit = 200
}

/// The rows of a collection.
struct GraphRows: Sendable {
    var events: [GraphEvent] = []
    /// Where the next round begins, where this was a round.
    var deltaPath: String?
    var byteCount = 0

    /// Each event once, in the order of their first rows; of two rows the newer counts. Words
    /// that an event is removed are not among them.
    var latest: [GraphEvent] {
        var latest: [GraphEvent] = []
        var indices: [String: Int] = [:]
        for event in events where !event.isRemoved {
            if let index = indices[event.id] {
                if event.isNewer(than: latest[index]) { latest[index] = event }
            } else {
                indices[event.id] = latest.count
                latest.append(event)
            }
        }
        return latest
    }

    /// What is said to be removed.
    var removed: Set<String> {
        Set(events.lazy.filter(\.isRemoved).map(\.id))
    }
}
