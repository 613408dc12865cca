public import AbsenceModel
public import Foundation
import Synchronization
public import Web

/// The exchange `http`: a telephone system that speaks the interface of
/// `Sources/ReferenceExchange/openapi.yaml`.
///
/// A request that fails for the moment is sent again as the fetcher's `HTTPRetry` says, a batch
/// always with its own idempotency key, so that it has one effect. What the server writes into
/// its answers as text for people is never repeated.
public struct HTTPExchange: TelephonyExchange, Sendable {
    let client: ExchangeClient
    let pace = ExchangePace()
    let limits = ExchangeLimits()
    let tell: @Sendable (String) -> Void
    private let batchesAtOnce: Int?

    /// - Parameters:
    ///   - url: what the vendor calls its base address, without `v1`.
    ///   - fetcher: with the time that a request may take, the authorities that are trusted, and
    ///     when a request is sent again. Whoever made it ends it.
    ///   - batchesAtOnce: nil for as many as the exchange allows, which is the most in any case.
    ///   - tell: hears what is odd about answers and stops nothing, in sentences of ours.
    public init(
        url: URL,
        access: HTTPExchangeAccess,
        fetcher: HTTPFetcher,
        batchesAtOnce: Int? = nil,
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        client = ExchangeClient(base: url, access: access, fetcher: fetcher)
        self.batchesAtOnce = batchesAtOnce
        self.tell = tell
    }

    public func capabilities() async throws -> ExchangeCapabilities {
        do {
            let body = try await client.read(.init(path: ["capabilities"]))
            let read = try CapabilitiesReader(body)
            pace.keep(to: read.changesPerSecond)
            limits.set(
                batchSize: read.capabilities.batchSize,
                batchesAtOnce: read.batchesAtOnce
            )
            var capabilities = read.capabilities
            capabilities.batchSize = changesTaken
            return capabilities
        } catch is NotAsDocumented {
            throw ExchangeError(
                .unreachable,
                "\(client.name) tells its capabilities in another form than the OpenAPI document's"
            )
        } catch let failure as RemoteFailure {
            let isClosed = failure.code == .refused
            throw ExchangeError(isClosed ? .refused : .unreachable, failure.description)
        }
    }

    public func carryOut(
        _ next: () throws -> ChangeBatch?,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        let size = limits.batchSize
        try await carryOutInParallel(
            next,
            atMost: partsAtOnce,
            cut: { $0.inParts(of: size) },
            report: report
        )
    }

    /// How many requests with changes may be under way at once.
    var partsAtOnce: Int { min(batchesAtOnce ?? .max, limits.batchesAtOnce) }

    /// How many changes are taken at once: those of some rounds of requests.
    private var changesTaken: Int {
        let (most, rounds) = (1000, 8)
        return min(most, limits.batchSize * partsAtOnce * rounds)
    }

    public func prune(endedBefore instant: Date) async throws {
        let query = [
            URLQueryItem(name: "ended_before", value: instant.formatted(.iso8601))
        ]
        do {
            _ = try await client.read(
                .init(method: "DELETE", path: ["absences"], query: query)
            )
        } catch let failure as RemoteFailure where failure.code == .refused {
            throw ExchangeError(.refused, failure.description)
        }
    }
}

/// What the exchange said that it takes at once, when it was asked last.
final class ExchangeLimits: Sendable {
    private let state = Mutex((batchSize: 100, batchesAtOnce: 1))

    /// How many changes go into one request.
    var batchSize: Int { state.withLock { $0.batchSize } }
    var batchesAtOnce: Int { state.withLock { $0.batchesAtOnce } }

    func set(batchSize: Int, batchesAtOnce: Int) {
        state.withLock { $0 = (batchSize, batchesAtOnce) }
    }
}
