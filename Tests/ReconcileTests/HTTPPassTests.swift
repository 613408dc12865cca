import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Telephony
import TestSupport
import Testing
import Web

/// The real passes against the reference server of the exchange `http`.
@Suite struct HTTPPassTests {
    private static let setting = World.Setting(
        (1...200).map { "user\($0)" }.joined(separator: " "),
        limits: World.Setting.noLimits
    )

    @Test func `hundreds of users over a bad line: every change has one effect`() async throws {
        try await World.run(Self.setting) { world in
            let process = ReferenceExchangeProcess(
                capabilities: #"{"batch_size": 20, "batches_at_once": 4}"#
            )
            try await process.run { server in
                try await withExchange(server) { exchange in
                    for user in Self.setting.users {
                        for hour in [9, 11, 13, 15] {
                            world.book("b\(hour)", of: user, at(hour), at(hour + 1))
                        }
                    }
                    try await makeBad(server)
                    try await settle(world, exchange)
                    try await expectAgreement(world, server, count: 800)

                    for (number, user) in Self.setting.users.enumerated() {
                        if number % 2 == 0 {
                            world.book("b9", of: user, at(9, 15), at(10))
                            world.book("b13", of: user, at(13), at(14), .outOfOffice)
                        }
                        if number % 3 == 0 { world.calendars.remove("b15", from: user) }
                    }
                    try await settle(world, exchange)
                    try await expectAgreement(world, server, count: 733)
                    let counts = try await server.counts()
                    #expect((counts.answers["lost"] ?? 0) > 0)
                    #expect((counts.answers["429"] ?? 0) > 0)
                }
            }
        }
    }

    private func makeBad(_ server: RunningExchange) async throws {
        try await server.fault("lost", share: 0.1)
        try await server.fault("throttled", share: 0.1, wait: "0.01")
        try await server.fault("broken", share: 0.1)
        try await server.fault("delay", share: 0.5, seconds: 0.15)
        try await server.fault("reorder")
    }

    private func withExchange(
        _ server: RunningExchange,
        _ body: (HTTPExchange) async throws -> Void
    ) async throws {
        let fetcher = try HTTPFetcher(
            HTTPSettings(
                timeout: .milliseconds(125),
                retry: HTTPRetry(
                    attempts: 4,
                    firstWait: .milliseconds(5),
                    longestWait: .milliseconds(200)
                )
            )
        )
        do {
            try await body(
                HTTPExchange(
                    url: server.url,
                    access: .apiKey(RunningExchange.Access.apiKey),
                    fetcher: fetcher
                )
            )
            try await fetcher.shutdown()
        } catch {
            try await fetcher.shutdown()
            throw error
        }
    }

    /// Minutely passes until nobody is marked.
    private func settle(_ world: World, _ exchange: HTTPExchange) async throws {
        _ = try await world.load()
        for _ in 0..<30 {
            let lease = try #require(
                try world.store.takeLease(
                    on: .reconcile,
                    of: world.customer,
                    by: "test",
                    at: world.clock.tick()
                )
            )
            do {
                _ = try await ReconcilePass(
                    store: world.store,
                    exchange: exchange,
                    now: world.clock.tick
                )
                .run(lease, mode: .apply, scope: .touched)
            } catch let error as ExchangeError {
                #expect(error.code == .unreachable)
            }
            try world.store.give(back: lease)
            guard try !world.touched().isEmpty else { return }
        }
        Issue.record("still marked: \(try world.touched().count)")
    }

    /// What is written down as placed is what stands there, and each change had one effect.
    private func expectAgreement(
        _ world: World,
        _ server: RunningExchange,
        count: Int
    ) async throws {
        let truth = try await server.truth()
        let standing = truth.absences.map {
            [
                $0.absenceKey?.uuidString.lowercased() ?? "", $0.extension, $0.kind,
                $0.startsAt.formatted(.iso8601), $0.endsAt.formatted(.iso8601), $0.version,
            ]
        }
        let placed = try world.connection.ask(
            """
            select absence_key, extension, kind,
                to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), version_tag
            from telephony.placed
            """
        )
        #expect(Set(standing) == Set(placed))
        #expect(standing.count == count)
        #expect(truth.repeated == 0)
        let outcomes = Dictionary(
            uniqueKeysWithValues: try world.connection.ask(
                """
                select coalesce(outcome::text, 'unknown'), count(*) from audit.changes group by 1
                """
            ).map { ($0[0], Int($0[1]) ?? 0) }
        )
        #expect(outcomes["unknown"] == nil)
        #expect(outcomes["conflict"] == nil)
        // One that was late may be found done when it is sent again.
        let seen = (outcomes["done"] ?? 0) + (outcomes["found_done"] ?? 0)
        #expect(seen...(seen + (outcomes["unchanged"] ?? 0)) ~= truth.effects)
    }
}
