import Foundation
public import Postgres

/// A database for one test.
public struct TestDatabase: Sendable {
    /// What stands in a database when its test begins.
    public enum Content: Sendable {
        /// The schema as `jobs/deploy-schema` deploys it.
        case deployed
        /// Nothing at all.
        case empty
    }

    public let cluster: TestCluster
    public let name: String

    /// Makes a database; the caller drops it. ``withDatabase(_:on:_:)`` does both.
    public static func make(
        _ content: Content = .deployed,
        on cluster: TestCluster? = nil
    ) throws -> TestDatabase {
        let cluster = try cluster ?? TestCluster.shared
        let template =
            switch content {
            case .deployed: try TemplateDatabase.name(on: cluster)
            case .empty: "template0"
            }
        let name = "kk_test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let connection = try cluster.connectToMaintenance()
        try connection.command("create database \(name) template \(template)")
        return TestDatabase(cluster: cluster, name: name)
    }

    /// How libpq connects to it.
    public var conninfo: String {
        cluster.conninfo(database: name)
    }

    /// What a program needs in its environment so that libpq's empty string connects to it.
    public var environment: [String: String] {
        cluster.environment.merging(["PGDATABASE": name]) { _, new in new }
    }

    public func connect(applicationName: String = "test") throws -> Connection {
        try Connection(conninfo, applicationName: applicationName)
    }

    /// Drops it, whoever is connected.
    public func drop() throws {
        try cluster.connectToMaintenance()
            .command("drop database if exists \(name) with (force)")
    }
}

extension TestCluster {
    /// A session in the database `postgres`, where no test keeps anything.
    func connectToMaintenance() throws -> Connection {
        try Connection(conninfo(database: "postgres"), applicationName: "test maintenance")
    }
}

/// Runs `body` with a database of its own, which is dropped whatever happens.
public func withDatabase<Result>(
    _ content: TestDatabase.Content = .deployed,
    on cluster: TestCluster? = nil,
    _ body: (TestDatabase) throws -> Result
) throws -> Result {
    let database = try TestDatabase.make(content, on: cluster)
    defer { try? database.drop() }
    return try body(database)
}

/// Runs `body` with a database of its own, which is dropped whatever happens.
public func withDatabase<Result>(
    _ content: TestDatabase.Content = .deployed,
    on cluster: TestCluster? = nil,
    _ body: (TestDatabase) async throws -> Result
) async throws -> Result {
    await Places.shared.take()
    do {
        let database = try TestDatabase.make(content, on: cluster)
        defer { try? database.drop() }
        let result = try await body(database)
        await Places.shared.give()
        return result
    } catch {
        await Places.shared.give()
        throw error
    }
}
