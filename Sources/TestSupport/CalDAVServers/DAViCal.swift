import CalendarFeed
import Foundation
import Web

/// DAViCal, as Debian packages it, on PHP's own web server.
///
/// Debian's `/etc/davical/config.php` names the database `davical` and its user, and leaves the
/// rest to libpq, so the environment leads it to a private cluster. One server at a time can run
/// on a cluster, which has to trust whoever connects.
public enum DAViCal {
    /// Whether the Debian package is there.
    public static var isInstalled: Bool {
        FileManager.default.fileExists(atPath: createDatabase)
    }

    /// Makes the database anew and runs a server with the user `admin` while `body` runs.
    ///
    /// - Parameters:
    ///   - host: the folder of the cluster's socket, or its host name.
    ///   - port: the cluster's port.
    ///   - user: a superuser of the cluster.
    public static func run<Result>(
        host: String,
        port: Int,
        user: String = "postgres",
        _ body: (CalDAVServer) async throws -> Result
    ) async throws -> Result {
        let cluster = ["PGHOST": host, "PGPORT": "\(port)"]
        let asSuperuser = cluster.merging(["PGUSER": user]) { $1 }
        try finish(["dropdb", "--if-exists", "--force", "davical"], asSuperuser)
        try finish(["sh", createDatabase, "davical", "secret"], asSuperuser)

        let httpPort = try Loopback.freePort()
        let process = ServerProcess(
            [
                "php", "-d", "include_path=/usr/share/davical/inc:/usr/share/awl/inc",
                "-d", "display_errors=0", "-S", "127.0.0.1:\(httpPort)",
            ],
            environment: cluster,
            directory: URL(filePath: "/usr/share/davical/htdocs"),
            port: httpPort
        )
        let server = CalDAVServer(
            port: httpPort,
            path: "/caldav.php/",
            credentials: .basic(user: "admin", password: "secret"),
            address: "admin",
            home: "/caldav.php/admin/"
        )
        return try await process.run { try await body(server) }
    }

    private static func finish(_ command: [String], _ environment: [String: String]) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerNotReady(
                program: command.joined(separator: " "),
                log: String(decoding: text, as: UTF8.self)
            )
        }
    }

    private static let createDatabase = "/usr/share/davical/dba/create-database.sh"
}
