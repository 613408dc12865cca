import Foundation
import TestSupport
import Testing

/// After each thing that happens to a calendar, one incremental load and one pass over the touched
/// users bring the telephone to what a full load gives.
@Suite struct CalDAVLifeTests {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]
    private static let noPython: Comment = "KK_PYTHON names no Python with radicale and xandikos"

    @Test(.enabled(if: python != nil, noPython), .timeLimit(.minutes(3)))
    func `on Radicale`() async throws {
        try await Radicale.run(python: try #require(Self.python)) { server in
            try await CalDAVLife(server: server).run()
        }
    }

    @Test(.enabled(if: python != nil, noPython), .timeLimit(.minutes(3)))
    func `on Xandikos`() async throws {
        try await Xandikos.run(python: try #require(Self.python)) { server in
            try await CalDAVLife(server: server).run()
        }
    }

    @Test(
        .enabled(if: DAViCal.isInstalled, "the package davical is not installed"),
        .timeLimit(.minutes(3))
    )
    func `on DAViCal`() async throws {
        // It has one name for its database: on a server of its own it is in nobody's way.
        let cluster = try TestCluster.start()
        defer { try? cluster.stop() }
        let host = try #require(cluster.environment["PGHOST"])
        try await DAViCal.run(host: host, port: 5432) { server in
            try await CalDAVLife(server: server).run()
        }
    }
}
