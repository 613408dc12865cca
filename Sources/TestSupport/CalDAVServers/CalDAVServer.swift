import CalendarFeed
import Foundation
public import Web

/// A CalDAV server that runs for a test.
public struct CalDAVServer: Sendable {
    /// What the settings of a customer would say.
    public var base: String
    public var credentials: HTTPCredentials?
    /// The address of the user whose credentials these are.
    public var address: String
    /// The path below which the user's calendars stand, with a slash at its end.
    public var home: String

    /// The server's scheme, host and port.
    public var origin: String

    public init(
        port: Int,
        path: String = "/",
        credentials: HTTPCredentials?,
        address: String,
        home: String
    ) {
        self.origin = "http://127.0.0.1:\(port)"
        self.base = origin + path
        self.credentials = credentials
        self.address = address
        self.home = home
    }

    /// Runs `body` with a folder of its own, which is removed afterwards.
    static func withFolder<Result>(
        _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
