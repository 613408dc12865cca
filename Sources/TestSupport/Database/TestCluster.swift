import Foundation

/// A private PostgreSQL server for tests, on a Unix socket alone.
///
/// ``shared`` serves nearly every test. A test that kills its server starts one of its own.
public struct TestCluster: Sendable {
    /// What libpq needs to find the server: PGHOST and PGUSER, and nothing of the machine's own.
    public var environment: [String: String]

    /// The folder given to `jobs/lib/cluster`; nil where somebody else started the server.
    private let home: URL?

    /// The server of this run of tests: the one that `KK_TEST_CLUSTER` names (`jobs/test` sets
    /// it, to `host=… user=…`), else one that is started now and stops with this process.
    public static var shared: TestCluster {
        get throws { try started.get() }
    }

    private static let started = Result {
        if let given = ProcessInfo.processInfo.environment["KK_TEST_CLUSTER"] {
            return TestCluster(conninfo: given)
        }
        return try start()
    }

    /// Starts a server, which ends with this process at the latest.
    public static func start() throws -> TestCluster {
        let home = URL(filePath: "/tmp/kk-test.\(UUID().uuidString.prefix(8))")
        var cluster = TestCluster(environment: [:], home: home)
        try cluster.restart()
        return cluster
    }

    private init(environment: [String: String], home: URL?) {
        self.environment = environment
        self.home = home
    }

    /// - Parameter conninfo: `host=… user=… port=…`, without quotes.
    init(conninfo: String) {
        let names = ["host": "PGHOST", "user": "PGUSER", "port": "PGPORT"]
        var environment: [String: String] = [:]
        for word in conninfo.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2, let name = names[parts[0]] { environment[name] = parts[1] }
        }
        self.init(environment: environment, home: nil)
    }

    /// How libpq connects to one of the databases.
    public func conninfo(database: String) -> String {
        let names = ["PGHOST": "host", "PGUSER": "user", "PGPORT": "port"]
        let words = environment.sorted { $0.key < $1.key }.compactMap { name, value in
            names[name].map { "\($0)=\(value)" }
        }
        return (words + ["dbname=\(database)"]).joined(separator: " ")
    }

    /// Kills every process of the server at once, as a power cut would.
    public func kill() throws {
        try control("kill")
    }

    /// Starts the server again, with the databases it had.
    public mutating func restart() throws {
        let host = try control("start", "\(ProcessInfo.processInfo.processIdentifier)")
        environment = [
            "PGHOST": host.trimmingCharacters(in: .whitespacesAndNewlines),
            "PGUSER": "postgres",
        ]
    }

    /// Stops the server and removes all it kept.
    public func stop() throws {
        try control("stop")
    }

    @discardableResult
    private func control(_ verb: String, _ more: String...) throws -> String {
        guard let home else { throw NotOurs() }
        return try Script.run(Checkout.job("lib/cluster"), [verb, home.path] + more)
    }

    /// The server of `KK_TEST_CLUSTER` serves other tests as well.
    struct NotOurs: Error, CustomStringConvertible {
        var description: String { "this test server was started by somebody else" }
    }
}
