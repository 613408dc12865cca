import AbsenceModel
import Foundation
public import Web

/// The calendars of users on a CalDAV server (RFC 4791).
///
/// ``LoadRequest/address`` is a user's name on the server, or the path or URL of a principal, of
/// a calendar home or of one calendar. Where it is the user that the credentials belong to, or
/// empty, the server is asked where that user's calendars are.
public struct CalDAVSource: BookingSource {
    private let base: CalDAVBase
    private let credentials: HTTPCredentials?
    private let fetcher: HTTPFetcher
    private let concurrency: Int
    private let habits = CalDAVHabits()

    /// - Parameters:
    ///   - base: the server's http or https URL, such as `https://dav.example.com/`. Where one
    ///     account reads everybody's calendars, `{address}` in it stands for the user's name,
    ///     such as in `https://dav.example.com/{address}/`.
    ///   - credentials: what the server is shown. `{address}` in a user name stands for the
    ///     user's name too, for servers where an account acts as others.
    ///   - fetcher: stays the caller's, who shuts it down after the last load.
    ///   - concurrency: how many calendars of one user are read at once.
    /// - Throws: ``RemoteFailure`` where `base` is no http or https URL.
    public init(
        base: String,
        credentials: HTTPCredentials? = nil,
        fetcher: HTTPFetcher,
        concurrency: Int = 4
    ) throws(RemoteFailure) {
        self.base = try CalDAVBase(base)
        self.credentials = credentials
        self.fetcher = fetcher
        self.concurrency = max(1, concurrency)
    }

    public var counts: TrafficCounts.Numbers { fetcher.counts.numbers }

    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let start = try CalDAVAddress(request.address, base: base, user: credentials?.user)
        let client = CalDAVClient(
            fetcher: fetcher,
            origin: base.origin,
            credentials: credentials?.acting(as: request.address)
        )
        let startName = "\(base.origin)\(start.path.name)"
        let cursor = request.cursor.flatMap { CalDAVCursor($0, start: startName) }
        let (place, listing) = try await calendars(of: start, cursor: cursor, client: client)
        // Only what is compared with an earlier load needs to know that before; servers take
        // their time with a refusal.
        async let rejection = rejectsUnknownTokens(listing.collections, cursor, client)
        let trustsTokens = cursor == nil ? true : try await rejection == true

        var addresses = request.mailAddresses
        addresses += place.mailAddresses.filter { !addresses.contains($0) }
        let reader = ICalendarReader(
            timeZone: request.timeZone,
            mailAddresses: addresses,
            window: request.window
        )
        let results = try await inParallel(listing.collections) { collection in
            let load = CalDAVCollectionLoad(
                client: client,
                reader: reader,
                window: request.window,
                collection: collection,
                known: request.knownResources.filter { collection.contains($0.key) },
                trustsTokens: trustsTokens
            )
            guard let entry = cursor?.calendars[collection.name] else {
                return try await load.whole()
            }
            return try await load.changes(since: entry)
        }

        var next = CalDAVCursor(
            start: startName,
            place: place,
            rejectsUnknownTokens: try await rejection
        )
        return try merged(results, of: listing, since: cursor, into: &next)
    }

    /// Finds the calendars: where the cursor knows them to be, or by asking around.
    private func calendars(
        of start: CalDAVAddress,
        cursor: CalDAVCursor?,
        client: CalDAVClient
    ) async throws -> (CalDAVPlace, CalDAVDiscovery.Listing) {
        let discovery = CalDAVDiscovery(client: client)
        if let place = cursor?.place {
            do {
                let listing = try await discovery.listing(
                    of: place,
                    hasChangeTags: cursor?.hasChangeTags ?? false
                )
                if !listing.collections.isEmpty { return (place, listing) }
            } catch let failure as RemoteFailure where failure.code == .notFound {
                // The calendars may have been moved.
            }
        }
        let place = try await discovery.place(of: start)
        let listing = try await discovery.listing(of: place)
        guard !listing.collections.isEmpty else {
            throw RemoteFailure(
                .notFound,
                "no calendar at \(start.path.name): does the user have one, and may we read it?"
            )
        }
        return (place, listing)
    }

    /// Whether the server refuses a token that it never gave, asked once and then remembered.
    ///
    /// Only a refusal that names its reason counts: any other may be about something else.
    private func rejectsUnknownTokens(
        _ collections: [CalDAVCollection],
        _ cursor: CalDAVCursor?,
        _ client: CalDAVClient
    ) async throws -> Bool? {
        if let known = cursor?.rejectsUnknownTokens ?? habits.rejectsUnknownTokens { return known }
        guard let collection = collections.first(where: { $0.syncToken != nil }) else { return nil }
        do {
            let reply = try await client.reply(
                "REPORT",
                collection.path,
                depth: 0,
                body: CalDAVQuestion.changes(since: Self.unknownToken)
            )
            switch reply {
            case .other(_, refusesToken: true):
                habits.rejectsUnknownTokens = true
            case .other(let status, _) where CalDAVClient.saysNothing(status) || status == 403:
                return nil
            case .other, .multistatus:
                habits.rejectsUnknownTokens = false
            }
        } catch is RemoteFailure {
            return nil
        }
        return habits.rejectsUnknownTokens
    }

    /// Reads the calendars, a few at once. One that fails keeps no other from being read.
    private func inParallel(
        _ collections: [CalDAVCollection],
        _ load: @escaping @Sendable (CalDAVCollection) async throws -> CalDAVCollectionAnswer
    ) async throws -> [Result<CalDAVCollectionAnswer, RemoteFailure>] {
        try await collections.inParallel(atMost: concurrency) { collection in
            do {
                return .success(try await load(collection))
            } catch let failure as RemoteFailure {
                return .failure(failure)
            }
        }
    }

    private func merged(
        _ results: [Result<CalDAVCollectionAnswer, RemoteFailure>],
        of listing: CalDAVDiscovery.Listing,
        since cursor: CalDAVCursor?,
        into next: inout CalDAVCursor
    ) throws(RemoteFailure) -> LoadAnswer {
        var answer = LoadAnswer()
        answer.byteCount = listing.byteCount
        answer.failures = listing.failures
        var failures: [RemoteFailure] = []
        for (collection, result) in zip(listing.collections, results) {
            switch result {
            case .success(let part):
                answer.bookings += part.bookings
                answer.coverage += part.covered
                answer.broken += part.broken
                answer.resources.merge(part.resources) { _, new in new }
                answer.byteCount += part.byteCount
                next.calendars[collection.name] = part.entry
                if next.rejectsUnknownTokens != true {
                    next.calendars[collection.name]?.syncToken = nil
                }
            case .failure(let failure):
                failures.append(failure)
                answer.failures.append("\(collection.name): \(failure.description)")
                next.calendars[collection.name] = cursor?.calendars[collection.name]
            }
        }
        if failures.count == listing.collections.count, let failure = failures.first {
            throw RemoteFailure(failure.code, answer.failures.joined(separator: "; "))
        }
        if let cursor {
            let names = Set(listing.collections.map(\.name))
            for (name, entry) in cursor.calendars where !names.contains(name) {
                if listing.failures.isEmpty {
                    answer.coverage.append(.collection(name))
                } else {
                    next.calendars[name] = entry
                }
            }
        } else if answer.failures.isEmpty {
            answer.coverage = [.everything]
        }
        answer.cursor = next.text
        return answer
    }

    /// A sync token that no server can have given; a URI as RFC 6578 6.4 wants it.
    private static let unknownToken = "urn:kalenderkoppling:unknown-sync-token"
}

extension HTTPCredentials {
    fileprivate var user: String? {
        if case .basic(let user, _) = self { user } else { nil }
    }

    fileprivate func acting(as address: String) -> HTTPCredentials {
        guard case .basic(let user, let password) = self else { return self }
        return .basic(
            user: user.replacing(CalDAVAddress.placeholder, with: address),
            password: password
        )
    }
}
