import AbsenceModel
import Foundation
import Web

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
        /// The pages go in a circle, or on and on without anything new.
        case endless
    }

    func ask(_ path: String) async throws -> GraphReply {
        try await batcher.ask(GraphBatcher.Question(mailbox: address.mailbox, path: path))
    }

    /// Reads a collection with all its pages; an empty page may be followed by others.
    ///
    /// Rounds of some mailboxes never end: the same page comes under ever new links
    /// (microsoftgraph/msgraph-sdk-dotnet#3082).
    func rows(from start: String) async throws -> Reading {
        var rows = GraphRows()
        var seen: Set<String> = []
        var next: String? = start
        var emptyPages = 0
        var stalePages = 0
        while let path = next {
            guard seen.insert(path).inserted, seen.count <= Self.pageLimit,
                emptyPages <= Self.emptyPageLimit, stalePages <= Self.stalePageLimit
            else { return .endless }
            let reply = try await ask(path)
            guard reply.isSuccess else { return .refused(reply) }
            rows.byteCount += reply.byteCount
            rows.namelessCount += reply.page.namelessCount
            let hasNews = rows.add(reply.page.events)
            emptyPages = reply.page.events.isEmpty ? emptyPages + 1 : 0
            stalePages = hasNews || reply.page.events.isEmpty ? 0 : stalePages + 1
            next = try reply.page.nextLink.map(endpoint.path)
            if next == nil { rows.deltaPath = try reply.page.deltaLink.map(endpoint.path) }
        }
        return .whole(rows)
    }

    /// Reads a collection, without bodies where they are refused.
    func rows(_ path: (GraphQuery) -> String) async throws -> Reading {
        let reading = try await rows(from: path(query))
        guard case .refused(let reply) = reading, reply.status == 403,
            let query = query.withoutBody
        else { return reading }
        return try await rows(from: path(query))
    }

    /// Pages of something else than a round never end.
    var endlessPages: RemoteFailure {
        RemoteFailure(
            .malformed,
            "\(endpoint.name) gives pages without end; a later load asks again"
        )
    }

    /// What a refusal of the calendar as a whole means, and what to do about it.
    func failure(of reply: GraphReply) -> RemoteFailure {
        let said = reply.code.isEmpty ? "\(reply.status)" : "\(reply.status), \(reply.code)"
        let answer = "\(endpoint.name) answers \(said)"
        let code = reply.code.lowercased()
        if code == "extensionerror" || code.contains("mailboxnotenabled") {
            return RemoteFailure(
                .notFound,
                "\(answer): the mailbox is not in Exchange Online (on premises, without a licence, "
                    + "or kept back by a policy)"
            )
        }
        switch reply.status {
        case 401:
            return RemoteFailure(
                .refused,
                "\(answer) also to a new token: are the client and its tenant those of the "
                    + "customer, and is the endpoint the one of the customer's cloud?"
            )
        case 403:
            return RemoteFailure(
                .refused,
                "\(answer): give the client Calendars.Read (or Calendars.ReadBasic.All) for this "
                    + "mailbox; a new grant or scope takes up to two hours to count"
            )
        case 404:
            return RemoteFailure(
                .notFound,
                "\(answer): no such mailbox or calendar; is the address in the roster right?"
            )
        case 429, 503, 504:
            return RemoteFailure(
                .serverError,
                "\(answer) after all repetitions: it is busy; a later load asks again"
            )
        default:
            return RemoteFailure(.serverError, "\(answer); a later load asks again")
        }
    }

    /// A mailbox of 10,000 bookings has 50 pages, or 1,000 where the server makes them small.
    private static let pageLimit = 2_000
    private static let emptyPageLimit = 200
    /// A page may be replayed; so many in a row that bring nothing new are a circle.
    private static let stalePageLimit = 5
}

/// The rows of a collection.
struct GraphRows: Sendable {
    private(set) var events: [GraphEvent] = []
    /// Of all pages but the last: most rounds have but one.
    private var known: Set<Identity> = []
    private var knownCount = 0
    /// Where the next round begins, where this was a round.
    var deltaPath: String?
    var byteCount = 0
    /// Rows without an identifier: where there are any, what is not among the others may be.
    var namelessCount = 0

    /// Adds the rows of a page; false where all of them only come again.
    mutating func add(_ page: [GraphEvent]) -> Bool {
        for event in events[knownCount...] { known.insert(Identity(event)) }
        knownCount = events.count
        if events.isEmpty { events = page } else { events += page }
        return page.contains { !known.contains(Identity($0)) }
    }

    /// Tells a row from one that only comes again.
    private struct Identity: Hashable {
        var id: String
        var mark: String
        var start: GraphMoment?
        var isRemoved: Bool

        init(_ event: GraphEvent) {
            id = event.id
            mark = event.mark
            start = event.start
            isRemoved = event.isRemoved
        }
    }

    /// Each event once, in the order of their first rows; of two rows the newer counts. Words
    /// that an event is removed are not among them.
    var latest: [GraphEvent] {
        if events.allSatisfy({ !$0.isRemoved }), hasEachOnce { return events }
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

    /// True where no event comes twice, which is told by the ends of their identifiers: where two
    /// end alike, they may.
    private var hasEachOnce: Bool {
        let ends = events.map { $0.texts.withBytes(of: .key, Self.end) }.sorted()
        return !zip(ends, ends.dropFirst()).contains { $0 == $1 }
    }

    /// The last letters of an identifier, where those of one mailbox differ.
    private static func end(of id: UnsafeRawBufferPointer?) -> UInt64 {
        id?.suffix(8).reduce(0) { $0 << 8 | UInt64($1) } ?? 0
    }

    /// What is said to be removed.
    var removed: Set<String> {
        Set(events.lazy.filter(\.isRemoved).map(\.id))
    }
}
