public import Foundation
public import Web

/// The calendars of users of Google Workspace (Calendar API v3), read in their names by a service
/// account with domain-wide delegation.
///
/// ``LoadRequest/address`` is a user's mail address, which is the id of the primary calendar, or
/// `ADDRESS/CALENDAR-ID` for another calendar that the user may see. A full load asks for the
/// window, an incremental one for what changed since; either is a single request for most
/// calendars.
public struct GoogleSource: BookingSource {
    /// The least that `events.list` is granted for on all calendars of a user.
    /// `calendar.events.owned.readonly` would do for primary calendars alone.
    public static let scope = "https://www.googleapis.com/auth/calendar.events.readonly"

    private let client: GoogleClient
    private let endpoint: URL
    private let choiceProperty: String?
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - endpoint: such as `https://www.googleapis.com/calendar/v3`.
    ///   - key: who we are.
    ///   - fetcher: stays the caller's, who shuts it down after the last load.
    ///   - choiceProperty: the private extended property that holds a choice for one booking.
    ///   - projectPerMinute: how many requests the project has in any minute.
    ///   - userPerMinute: how many of them in one user's name.
    ///   - now: tells the time.
    /// - Throws: ``RemoteFailure`` where `endpoint` is no http or https address.
    public init(
        endpoint: URL,
        key: GoogleServiceAccount,
        fetcher: HTTPFetcher,
        choiceProperty: String? = nil,
        projectPerMinute: Int = 10_000,
        userPerMinute: Int = 600,
        now: @escaping @Sendable () -> Date
    ) throws(RemoteFailure) {
        guard HTTPOrigin(endpoint) != nil else {
            throw RemoteFailure(.refused, "the url of Google Calendar is no http or https address")
        }
        self.endpoint = endpoint
        self.choiceProperty = choiceProperty
        self.now = now
        client = GoogleClient(
            account: key,
            fetcher: fetcher,
            tokens: key.tokens(scope: Self.scope, fetcher: fetcher, now: now),
            budgets: GoogleBudgets(
                projectPerMinute: projectPerMinute,
                userPerMinute: userPerMinute,
                concurrent: 50,
                counts: fetcher.counts
            )
        )
    }

    /// Each has a connection of its own with profit.
    public static let calendarsAtOnce = 50
    public var calendarsAtOnce: Int { Self.calendarsAtOnce }

    public var counts: TrafficCounts.Numbers { client.fetcher.counts.numbers }

    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let address = try GoogleAddress(request.address)
        let load = GoogleLoad(
            client: client,
            question: GoogleQuestion(endpoint: endpoint, isChoiceAsked: choiceProperty != nil),
            address: address,
            name: request.address,
            reader: GoogleEventReader(
                window: request.window,
                zone: Zone(request.timeZone),
                choiceProperty: choiceProperty
            ),
            now: now()
        )
        let result: Result<LoadAnswer, any Error>
        do {
            result = .success(try await answer(load, since: request))
        } catch {
            result = .failure(error)
        }
        await client.tokens.end(address.user)
        return try result.get()
    }

    /// From the cursor, where there is one that holds, and else from the start. Where the server
    /// loses its place on the way, once more from the start.
    private func answer(_ load: GoogleLoad, since request: LoadRequest) async throws -> LoadAnswer {
        do {
            let cursor = request.cursor.flatMap {
                GoogleCursor(
                    $0,
                    address: load.name,
                    parameters: load.question.parameters,
                    window: request.window
                )
            }
            guard let cursor else { return try await load.whole() }
            return try await load.changes(since: cursor)
        } catch is GoogleLoad.LostPlace {
            do {
                return try await load.whole()
            } catch let lost as GoogleLoad.LostPlace {
                throw lost.refusal.failure
            }
        }
    }
}
