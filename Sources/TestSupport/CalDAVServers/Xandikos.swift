import CalendarFeed
import Foundation

/// Xandikos, from a Python environment that has the package `xandikos`. It asks for no password.
public enum Xandikos {
    /// Runs a server with one user while `body` runs.
    public static func run<Result>(
        python: String,
        _ body: (CalDAVServer) async throws -> Result
    ) async throws -> Result {
        try await CalDAVServer.withFolder { folder in
            let port = try Loopback.freePort()
            let process = ServerProcess(
                [
                    python, "-m", "xandikos", "serve", "--defaults",
                    "-d", folder.appending(path: "store").path(),
                    "-l", "127.0.0.1", "-p", "\(port)",
                ],
                directory: folder,
                port: port
            )
            let server = CalDAVServer(
                port: port,
                credentials: nil,
                address: "",
                home: "/user/calendars/"
            )
            return try await process.run { try await body(server) }
        }
    }
}
