public import Foundation
public import Web

/// Mailboxes of Microsoft 365 by Microsoft Graph, read by `calendarView/delta`.
///
/// ``LoadRequest/address`` is a mailbox's mail address, or `ADDRESS/CALENDAR-ID` for another
/// calendar than its primary one. A first load reads the window whole; later ones follow the
/// link that it ended with and read what changed.
///
/// The application permission that is needed is `Calendars.Read`, or the lesser
/// `Calendars.ReadBasic.All` where neither bodies nor choices are: it shows subjects and places
/// but no bodies and no extended properties (calendar-apis.md 1.6). Give it by RBAC for
/// Applications for the mailboxes concerned, and no grant in Entra beside it, which would open
/// all.
public struct GraphSource: BookingSource {
    private let batcher: GraphBatcher
    private let endpoint: GraphEndpoint
    private let query: GraphQuery
    private let feedCounts: TrafficCounts

    /// Four full batches.
    public let calendarsAtOnce = 80

    public var counts: TrafficCounts.Numbers { feedCounts.numbers }

    /// - Parameters:
    ///   - endpoint: such as `https://graph.microsoft.com/v1.0`.
    ///   - tokens: of ``GraphTokens``.
    ///   - fetcher: stays the caller's, who shuts it down after the last load.
    ///   - isLimitedPerApp: true where at most four questions may be under way altogether, false
    ///     where that holds for each mailbox (the conflict of calendar-apis.md 1.4).
    ///   - choiceProperty: the extended property that holds the choice for a booking, such as
    ///     `String {GUID} Name Choice`; nil where the customer uses none. It costs one more
    ///     question for a mailbox and one for each series.
    public init(
        endpoint: URL,
        tokens: AccessTokens,
        fetcher: HTTPFetcher,
        isLimitedPerApp: Bool,
        choiceProperty: String?
    ) {
        self.init(
            endpoint: endpoint,
            tokens: tokens,
            fetcher: fetcher,
            retry: HTTPRetry(attempts: 6),
            isLimitedPerApp: isLimitedPerApp,
            query: GraphQuery(withBody: true, choiceProperty: choiceProperty)
        )
    }

    init(
        endpoint: URL,
        tokens: AccessTokens,
        fetcher: HTTPFetcher,
        retry: HTTPRetry,
        isLimitedPerApp: Bool,
        query: GraphQuery
    ) {
        self.endpoint = GraphEndpoint(endpoint)
        self.query = query
        feedCounts = fetcher.counts
        batcher = GraphBatcher(
            carrier: GraphCarrier(
                endpoint: self.endpoint,
                fetcher: fetcher,
                prefer: query.prefer
            ),
            tokens: tokens,
            retry: retry,
            counts: fetcher.counts,
            isLimitedPerApp: isLimitedPerApp
        )
    }

    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let calendar = GraphCalendar(
            address: try GraphAddress(request.address),
            query: query,
            endpoint: endpoint,
            batcher: batcher
        )
        let round = GraphRound(calendar: calendar, request: request)
        let cursor = request.cursor.flatMap {
            GraphCursor(
                $0,
                address: request.address,
                query: query.mark(endpoint),
                window: request.window
            )
        }
        var end: GraphRound.End<LoadAnswer>
        if let cursor {
            guard let path = cursor.path else { return try await round.snapshot() }
            end = try await round.changes(since: cursor, path)
            // A stuck link may be the end of a round that would come to its end from its beginning.
            if case .endless = end { end = try await round.whole() }
        } else {
            end = try await round.whole()
        }
        // The server forgot where we were (410 in its spellings): once from the beginning.
        if case .lost = end { end = try await round.whole() }
        switch end {
        case .done(let answer):
            return answer
        case .endless:
            return try await round.snapshot()
        case .lost:
            throw RemoteFailure(
                .serverError,
                "\(endpoint.name) loses the state of its rounds while they are read; a later load "
                    + "asks again"
            )
        }
    }
}
