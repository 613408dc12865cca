import Foundation
import Postgres
import Synchronization

/// A SIP telephone system that runs with all that belongs to it: a database server of its own with
/// the switchboard, Kamailio, what speaks to callers, a voicemail, and phones.
///
/// Everything is on the loopback address. Phones and callers are sipp's.
public struct RunningPBX: Sendable {
    /// Its database server, which holds nothing else.
    public let cluster: TestCluster
    /// The switchboard.
    public let database: TestDatabase
    /// Host and port of SIP.
    public let address: String
    /// Host and port of what speaks.
    public let announcement: String
    public let voicemail: String
    /// Where Kamailio's socket and log are.
    let home: URL
    /// Ports of the phones, by how they behave.
    let phones: [Phone: Int]
    /// Where phones and callers write down what happens.
    let folder: URL
    /// The last number that was given to a person.
    private let numbers = Counter()

    public static let customer = "prov"
    public static let domain = "pbx.test"

    /// How a phone behaves.
    public enum Phone: String, CaseIterable, Sendable {
        /// Rings for 200 ms and is answered.
        case answers
        /// Rings until the caller, or the PBX, has had enough.
        case rings
        /// Is in a call.
        case busy
    }

    /// Why there is none on this machine; nil where there is.
    public static var missing: String? {
        let programs = [
            "/usr/sbin/kamailio", "/usr/bin/sipp", "/usr/bin/espeak-ng", "/usr/bin/sox",
        ]
        guard let program = programs.first(where: { !FileManager.default.fileExists(atPath: $0) })
        else { return nil }
        return "\(program) is missing: run jobs/lib/packages pbx test"
    }

    /// Runs one while `body` runs.
    ///
    /// - Parameter options: Of `jobs/pbx/start`.
    public static func run<Result>(
        options: [String] = [],
        _ body: (RunningPBX) async throws -> Result
    ) async throws -> Result {
        let folder = URL(filePath: "/tmp/kk-pbx.\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cluster = try TestCluster.start()
        defer { try? cluster.stop() }
        let database = try TestDatabase.make(.empty, on: cluster)
        try Script.run(
            Checkout.job("deploy-schema"),
            ["--switchboard-only"],
            environment: database.environment
        )

        let announcer = Announcer(port: try Loopback.freePort())
        return try await announcer.process(folder: folder).run {
            try await voicemail(in: folder) { voicemail in
                try await phoneSets(Phone.allCases, in: folder) { phones in
                    try database.connect().command(
                        """
                        insert into switchboard.settings
                            (customer_key, sip_domain, announcement, voicemail)
                        values ('\(customer)', '\(domain)', '\(announcer.address)',
                            '127.0.0.1:\(voicemail)')
                        """
                    )
                    let home = folder.appending(path: "kamailio")
                    let address = try await start(home, options, database)
                    defer { _ = try? Script.run(Checkout.job("pbx/stop"), [home.path()]) }
                    return try await body(
                        RunningPBX(
                            cluster: cluster,
                            database: database,
                            address: address,
                            announcement: announcer.address,
                            voicemail: "127.0.0.1:\(voicemail)",
                            home: home,
                            phones: phones,
                            folder: folder
                        )
                    )
                }
            }
        }
    }

    /// - Returns: host and port.
    private static func start(
        _ home: URL,
        _ options: [String],
        _ database: TestDatabase
    ) async throws -> String {
        // Not as a script: the signals that a thread of a test holds back would be held back from
        // Kamailio too, whose clock is one of them.
        let program = Program(
            Checkout.job("pbx/start"),
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
                .merging(database.environment) { $1 }
        )
        let life = ["--until", "\(ProcessInfo.processInfo.processIdentifier)"]
        let ending = try await program.run([home.path(), customer] + life + options)
        guard ending.status == 0 else {
            throw Script.Failure(
                program: "pbx/start",
                status: ending.status,
                output: ending.everything
            )
        }
        return ending.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private init(
        cluster: TestCluster,
        database: TestDatabase,
        address: String,
        announcement: String,
        voicemail: String,
        home: URL,
        phones: [Phone: Int],
        folder: URL
    ) {
        self.cluster = cluster
        self.database = database
        self.address = address
        self.announcement = announcement
        self.voicemail = voicemail
        self.home = home
        self.phones = phones
        self.folder = folder
    }

    /// What Kamailio says to a question of its own, as `kamcmd` asks it.
    @discardableResult
    func control(_ question: String...) throws -> String {
        try Script.run(
            URL(filePath: "/usr/sbin/kamcmd"),
            ["-s", "unix:\(home.appending(path: "control").path())"] + question
        )
    }

    /// Changes the customer's row of switchboard.settings.
    public func set(_ column: String, to value: String) throws {
        try database.connect().command("update switchboard.settings set \(column) = '\(value)'")
    }

    /// A number that nobody has.
    func newNumber() -> String { numbers.next() }

    private final class Counter: Sendable {
        private let last = Mutex(1000)

        func next() -> String {
            last.withLock { last in
                last += 1
                return "\(last)"
            }
        }
    }
}
