import CalendarFeed
import Foundation
import Web

/// Radicale, from a Python environment that has the package `radicale`.
public enum Radicale {
    /// Runs a server with the user `anna`, whose password is `secret`, while `body` runs.
    public static func run<Result>(
        python: String,
        _ body: (CalDAVServer) async throws -> Result
    ) async throws -> Result {
        try await CalDAVServer.withFolder { folder in
            let passwords = folder.appending(path: "passwords")
            try "anna:secret\n".write(to: passwords, atomically: true, encoding: .utf8)
            let port = try Loopback.freePort()
            let process = ServerProcess(
                [
                    python, "-m", "radicale", "--config=",
                    "--server-hosts=127.0.0.1:\(port)",
                    "--auth-type=htpasswd", "--auth-htpasswd-encryption=plain",
                    "--auth-htpasswd-filename=\(passwords.path())",
                    "--storage-filesystem-folder=\(folder.appending(path: "store").path())",
                ],
                directory: folder,
                port: port
            )
            let server = CalDAVServer(
                port: port,
                credentials: .basic(user: "anna", password: "secret"),
                address: "anna",
                home: "/anna/"
            )
            return try await process.run { try await body(server) }
        }
    }
}
