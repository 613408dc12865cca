import AbsenceModel
import Foundation
import Synchronization
import Telephony
import TestSupport
import Web

/// The exchange `http` against the reference server.
struct Telephone {
    let exchange: HTTPExchange
    let server: RunningExchange
    let complaints: Complaints
    let counts: TrafficCounts

    /// What the client told of odd answers.
    final class Complaints: Sendable {
        private let texts = Mutex<[String]>([])

        var all: [String] { texts.withLock { $0 } }

        func add(_ text: String) {
            texts.withLock { $0.append(text) }
        }
    }

    /// Runs `body` with a server of its own. Waits are a hundredth of what they are in earnest.
    static func run(
        _ process: ReferenceExchangeProcess = ReferenceExchangeProcess(),
        isClient: Bool = false,
        timeout: Duration = .seconds(20),
        attempts: Int = 4,
        largestBody: Int = 1 << 20,
        _ body: (Telephone) async throws -> Void
    ) async throws {
        try await process.run { server in
            let settings = HTTPSettings(
                timeout: timeout,
                largestBody: largestBody,
                retry: HTTPRetry(
                    attempts: attempts,
                    firstWait: .milliseconds(5),
                    longestWait: .milliseconds(200)
                )
            )
            try await with(try HTTPFetcher(settings)) { fetcher in
                let complaints = Complaints()
                let access: HTTPExchangeAccess =
                    isClient
                    ? .clientCredentials(
                        tokenURL: server.url.appending(path: "oauth/token"),
                        client: RunningExchange.Access.client,
                        secret: RunningExchange.Access.secret,
                        fetcher: fetcher,
                        now: { Date() }
                    )
                    : .apiKey(RunningExchange.Access.apiKey)
                let exchange = HTTPExchange(
                    url: server.url,
                    access: access,
                    fetcher: fetcher,
                    tell: complaints.add
                )
                try await body(
                    Telephone(
                        exchange: exchange,
                        server: server,
                        complaints: complaints,
                        counts: fetcher.counts
                    )
                )
            }
        }
    }

    static func with(
        _ fetcher: HTTPFetcher,
        _ body: (HTTPFetcher) async throws -> Void
    ) async throws {
        do {
            try await body(fetcher)
            try await fetcher.shutdown()
        } catch {
            try await fetcher.shutdown()
            throw error
        }
    }

    /// Applies changes as one batch.
    func apply(_ changes: [Change], fence: Int64 = 1) async throws -> [UUID: ChangeOutcome] {
        try await exchange.apply(.of(changes, fence: fence))
    }

    func list(_ extensions: [String]? = nil) async throws -> ReadBack {
        try await exchange.list(extensions: extensions, endingAfter: morning)
    }
}

/// 2026-11-23 at seven in Stockholm.
let morning = Date(timeIntervalSince1970: 1_795_413_600)

extension ChangeBatch {
    static func of(_ changes: [Change], fence: Int64 = 1) -> ChangeBatch {
        let phones = Set(changes.compactMap { $0.after?.phone ?? $0.before?.phone }).sorted()
        return ChangeBatch(
            fence: fence,
            at: morning,
            phones: phones.map {
                Phone(
                    number: $0,
                    displayName: "Nummer \($0)",
                    language: "sv",
                    timeZone: "Europe/Stockholm"
                )
            },
            changes: changes
        )
    }
}

extension Absence {
    /// Of an extension, so many hours after seven.
    static func of(
        _ phone: String,
        _ hours: Range<Double>,
        _ kind: Kind = .open,
        _ reason: String = "meeting",
        text: String? = nil
    ) -> Absence {
        Absence(
            phone: phone,
            startsAt: morning.addingTimeInterval(hours.lowerBound * 3600),
            endsAt: morning.addingTimeInterval(hours.upperBound * 3600),
            kind: kind,
            reason: Reason(rawValue: reason),
            shownText: text
        )
    }

    /// As a hand sets it: the schema `Absence`.
    var members: [String: any Sendable] {
        get throws {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            let object = try JSONSerialization.jsonObject(with: try encoder.encode(self))
            return (object as? [String: any Sendable]) ?? [:]
        }
    }
}

extension Change {
    static func create(_ absence: Absence, user: Int64 = 1, key: UUID = UUID()) -> Change {
        Change(
            key: key,
            user: UserID(rawValue: user),
            userKey: "user\(user)",
            action: .create(absence)
        )
    }

    func updated(to absence: Absence, version: String? = nil) -> Change {
        let before = after ?? absence
        return Change(
            key: key,
            user: user,
            userKey: userKey,
            action: .update(from: before, to: absence),
            versionTag: version
        )
    }

    func withdrawn(version: String? = nil) -> Change {
        guard let standing = after else { return self }
        return Change(
            key: key,
            user: user,
            userKey: userKey,
            action: .withdraw(standing),
            versionTag: version
        )
    }
}

extension ChangeOutcome {
    var version: String? {
        switch self {
        case .done(let version), .unchanged(let version): version
        case .conflict, .refused, .unknown: nil
        }
    }

    var isDone: Bool { if case .done = self { true } else { false } }
    var isUnchanged: Bool { if case .unchanged = self { true } else { false } }
    var isRefused: Bool { if case .refused = self { true } else { false } }
}
