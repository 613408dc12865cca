import CalendarFeed
import Foundation
import Synchronization
import TestSupport
import Web

/// Stands before a CalDAV server and spoils some of what passes.
final class DAVProxy: Sendable {
    struct State: Sendable {
        /// What goes wrong below which path.
        var faults: [String: Fault] = [:]
        /// Leaves out of a 207 what tells of removals, as some servers do.
        var hidesRemovals = false
    }

    private let origin: String
    private let fetcher: HTTPFetcher
    private let state = Mutex(State())

    init(before server: CalDAVServer, fetcher: HTTPFetcher) {
        origin = server.origin
        self.fetcher = fetcher
    }

    func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
    }

    func reply(to request: CalendarServer.Request) async -> CalendarServer.Reply {
        let passedOn = ["authorization", "content-type", "depth", "prefer"]
        guard let url = URL(string: origin + request.path) else { return .answer(400) }
        guard
            let answer = try? await fetcher.send(
                HTTPRequest(
                    request.method,
                    url,
                    headers: request.headers.filter { passedOn.contains($0.name.lowercased()) },
                    body: request.body
                )
            )
        else { return .answer(502) }
        let state = state.withLock { $0 }
        if let fault = state.faults.first(where: { request.path.hasPrefix($0.key) })?.value {
            return fault.reply(insteadOf: answer.body)
        }
        let body = state.hidesRemovals ? Self.withoutRemovals(answer.body) : answer.body
        let type = answer.header("Content-Type").map { [("Content-Type", $0)] } ?? []
        return .answer(answer.status, type, body)
    }

    private static func withoutRemovals(_ body: [UInt8]) -> [UInt8] {
        let text = String(decoding: body, as: UTF8.self)
        let removal =
            /<response>((?!<response>).)*?<status>HTTP\/1.1 404 Not Found<\/status><\/response>/
        return Array(text.replacing(removal.dotMatchesNewlines(), with: "").utf8)
    }
}
