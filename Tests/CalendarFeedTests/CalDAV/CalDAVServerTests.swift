import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// The same life of a calendar against real servers. After each step an incremental load has to
/// give what a full one gives.
@Suite(.serialized) struct `CalDAVSource: real servers` {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]
    private static let noPython: Comment = "KK_PYTHON names no Python with radicale and xandikos"

    @Test(.enabled(if: python != nil, noPython), .timeLimit(.minutes(3)))
    func `Radicale: changes add up to what a full load gives`() async throws {
        try await Radicale.run(python: try #require(Self.python)) { server in
            try await CalendarLife(server: server).run(tellsTokens: true)
        }
    }

    @Test(.enabled(if: python != nil, noPython), .timeLimit(.minutes(3)))
    func `Xandikos: changes add up to what a full load gives`() async throws {
        try await Xandikos.run(python: try #require(Self.python)) { server in
            try await CalendarLife(server: server).run(tellsTokens: true)
        }
    }

    private static let clusterHost = ProcessInfo.processInfo.environment["PGHOST"]
    private static let clusterPort = ProcessInfo.processInfo.environment["PGPORT"]
        .flatMap { Int($0) }

    @Test(
        .enabled(if: DAViCal.isInstalled, "the package davical is not installed"),
        .enabled(if: clusterHost != nil && clusterPort != nil, "PGHOST and PGPORT name no cluster"),
        .timeLimit(.minutes(3))
    )
    func `DAViCal: changes add up to what a full load gives`() async throws {
        let host = try #require(Self.clusterHost)
        let port = try #require(Self.clusterPort)
        try await DAViCal.run(host: host, port: port) { server in
            try await CalendarLife(server: server).run(tellsTokens: false)
        }
    }

    @Test(.enabled(if: python != nil, noPython), .timeLimit(.minutes(1)))
    func `a wrong password is told as that`() async throws {
        try await Radicale.run(python: try #require(Self.python)) { server in
            try await withFetcher { fetcher in
                let source = try CalDAVSource(
                    base: server.base,
                    credentials: .basic(user: "anna", password: "wrong"),
                    fetcher: fetcher
                )
                let code = try await failureCode { try await source.load(LoadRequest("anna")) }
                #expect(code == .refused)
            }
        }
    }
}
