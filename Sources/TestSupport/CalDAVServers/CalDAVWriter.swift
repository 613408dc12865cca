import CalendarFeed
import Foundation
public import Web

/// Writes into the calendars of a server, as a user's calendar program does.
public struct CalDAVWriter: Sendable {
    private let server: CalDAVServer
    private let fetcher: HTTPFetcher

    public init(_ server: CalDAVServer, fetcher: HTTPFetcher) {
        self.server = server
        self.fetcher = fetcher
    }

    /// Makes a calendar below the user's home.
    public func makeCalendar(_ name: String) async throws {
        try await send("MKCALENDAR", "\(name)/")
    }

    public func removeCalendar(_ name: String) async throws {
        try await send("DELETE", "\(name)/")
    }

    /// Stores `text` as the object `name` of a calendar, in place of what stood there.
    public func put(_ text: String, as name: String, in calendar: String) async throws {
        try await send("PUT", "\(calendar)/\(name)", type: "text/calendar; charset=utf-8", text)
    }

    public func delete(_ name: String, in calendar: String) async throws {
        try await send("DELETE", "\(calendar)/\(name)")
    }

    private func send(
        _ method: String,
        _ path: String,
        type: String? = nil,
        _ text: String = ""
    ) async throws {
        guard let url = URL(string: server.origin + server.home + path) else {
            throw RefusedWrite(method: method, path: path, status: 0)
        }
        let answer = try await fetcher.send(
            HTTPRequest(
                method,
                url,
                headers: type.map { [("Content-Type", $0)] } ?? [],
                body: Array(text.utf8),
                credentials: server.credentials
            )
        )
        guard 200..<300 ~= answer.status else {
            throw RefusedWrite(method: method, path: path, status: answer.status)
        }
    }
}

/// A server that did not take what a test wrote.
public struct RefusedWrite: Error {
    public var method: String
    public var path: String
    public var status: Int
}
