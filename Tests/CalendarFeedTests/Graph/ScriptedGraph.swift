@testable import CalendarFeed
import Foundation
import Synchronization
import Testing
import TestSupport
import Web

/// A Graph that answers as a test tells it, alone and in batches, and gives tokens.
///
/// What is asked is named by few words: `delta` for the start of a round, `delta X` for its link
/// X, `event ID`, `instances ID`, `view`; behind the mailbox where that is not anna's.
final class ScriptedGraph: Sendable {
    struct Part: Sendable {
        var status = 200
        var body = ""
        var headers: [String: String] = [:]
    }

    struct State: Sendable {
        /// The answers in their order; the last is given again and again.
        var answers: [String: [Part]] = [:]
        /// Answers to whole requests, before anything else.
        var whole: [LoopbackServer.Reply] = []
        /// What was asked, in order, with the sizes of requests.
        var asked: [String] = []
        var sizes: [Int] = []
        var tokens = 0
        var refusedToken: String?

        subscript(_ name: String) -> Part {
            get { answers[name]?.first ?? .error(404, "ErrorItemNotFound") }
            set { answers[name] = [newValue] }
        }

        fileprivate mutating func next(_ name: String) -> Part {
            let part = self[name]
            if let rest = answers[name]?.dropFirst(), !rest.isEmpty { answers[name] = Array(rest) }
            return part
        }
    }

    private let state: Mutex<State>
    private static let prefer = GraphQuery(withBody: true).prefer

    init(_ build: (inout State) -> Void = { _ in }) {
        var state = State()
        build(&state)
        self.state = Mutex(state)
    }

    var asked: [String] { state.withLock { $0.asked } }
    var sizes: [Int] { state.withLock { $0.sizes } }
    var tokens: Int { state.withLock { $0.tokens } }

    func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            state.asked = []
            state.sizes = []
            body(&state)
        }
    }

    /// A source that reads from this.
    func withSource<Result>(
        query: GraphQuery = GraphQuery(withBody: true),
        isLimitedPerApp: Bool = false,
        attempts: Int = 3,
        _ body: (GraphSource) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run({ self.reply(to: $0) }) { server in
            let fetcher = try HTTPFetcher()
            let url = try #require(URL(string: server.url))
            let source = GraphSource(
                endpoint: url.appending(path: "v1.0"),
                tokens: try GraphTokens.tokens(
                    login: url,
                    tenant: "t",
                    client: "c",
                    credential: .secret("s+ö"),
                    scope: "x",
                    fetcher: fetcher,
                    now: { Date(timeIntervalSince1970: 0) }
                ),
                fetcher: fetcher,
                retry: HTTPRetry(
                    attempts: attempts,
                    firstWait: .milliseconds(1),
                    longestWait: .seconds(2)
                ),
                isLimitedPerApp: isLimitedPerApp,
                query: query
            )
            do {
                let result = try await body(source)
                try await fetcher.shutdown()
                return result
            } catch {
                try await fetcher.shutdown()
                throw error
            }
        }
    }

    private func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
        state.withLock { state in
            if request.path.hasSuffix("/t/oauth2/v2.0/token") {
                state.tokens += 1
                return .text(200, #"{"access_token":"token \#(state.tokens)","expires_in":3599}"#)
            }
            let host = "http://\(request.header("Host") ?? "")"
            if request.header("Authorization") == state.refusedToken.map({ "Bearer \($0)" }) {
                return .text(401, #"{"error":{"code":"InvalidAuthenticationToken"}}"#)
            }
            if !state.whole.isEmpty {
                state.sizes.append(0)
                return state.whole.removeFirst()
            }
            guard request.path == "/v1.0/$batch" else {
                state.sizes.append(1)
                #expect(request.header("Prefer") == Self.prefer)
                let part = answer(String(request.path.dropFirst(5)), &state, host)
                return .answer(
                    part.status,
                    headers: part.headers.map { ($0.key, $0.value) },
                    body: Array(part.body.utf8)
                )
            }
            return .text(200, batch(request.body, &state, host))
        }
    }

    private func batch(_ body: String, _ state: inout State, _ host: String) -> String {
        let root = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        let parts = root?["requests"] as? [[String: Any]] ?? []
        state.sizes.append(parts.count)
        let answers = parts.reversed().map { part in
            let headers = part["headers"] as? [String: String]
            #expect(headers?["Prefer"] == Self.prefer)
            let answer = answer(part["url"] as? String ?? "", &state, host)
            let given = answer.headers.map { "\"\($0.key)\":\"\($0.value)\"" }
            let body = answer.body.isEmpty ? "" : ",\"body\":\(answer.body)"
            return "{\"id\":\"\(part["id"] ?? "")\",\"status\":\(answer.status),"
                + "\"headers\":{\(given.joined(separator: ","))}\(body)}"
        }
        return "{\"responses\":[\(answers.joined(separator: ","))]}"
    }

    private func answer(_ url: String, _ state: inout State, _ host: String) -> Part {
        let name = Self.name(of: url)
        state.asked.append(name)
        var part = state.next(name)
        part.body = part.body.replacing("HOST", with: host)
        return part
    }

    private static func name(of url: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1).map(String.init)
        let path = parts[0].split(separator: "/").map { String($0) }
        let mailbox = path.count > 1 && path[1] != "anna@example.com" ? "\(path[1]) " : ""
        switch path.dropFirst(2).map({ $0 }) {
        case ["calendarView", "delta"]:
            let token = parts.last?.split(separator: "token=").last.map(String.init) ?? ""
            return mailbox + (token.hasPrefix("startDateTime") ? "delta" : "delta \(token)")
        case ["calendarView"]: return mailbox + "view"
        case let path where path.count == 2 && path[0] == "events":
            return mailbox + "event \(path[1])"
        case let path where path.count == 3 && path[2] == "instances":
            return mailbox + "instances \(path[1])"
        default: return url
        }
    }
}

extension ScriptedGraph.Part {
    static func error(_ status: Int, _ code: String, retryAfter: String? = nil) -> Self {
        Self(
            status: status,
            body: #"{"error":{"code":"\#(code)","message":"Hemligt möte"}}"#,
            headers: retryAfter.map { ["Retry-After": $0] } ?? [:]
        )
    }

    static func page(_ rows: [String], next: String? = nil, delta: String? = nil) -> Self {
        let path = "HOST/v1.0/users/anna@example.com/calendarView/delta"
        var body = #"{"@odata.context":"x","value":[\#(rows.joined(separator: ","))]"#
        if let next { body += #","@odata.nextLink":"\#(path)?$skiptoken=\#(next)""# }
        if let delta { body += #","@odata.deltaLink":"\#(path)?$deltatoken=\#(delta)""# }
        return Self(body: body + "}")
    }

    static func row(_ row: String) -> Self { Self(body: row) }
}

/// Rows as Graph writes them.
enum Row {
    static func time(_ day: Int, _ hour: Int = 9, minutes: Int = 60) -> String {
        func text(_ minute: Int) -> String {
            let time = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            return "\"2026-11-\(day < 10 ? "0" : "")\(day)T\(time[0]):\(time[1]):00.0000000\""
        }
        return #""start":{"dateTime":\#(text(hour * 60)),"timeZone":"UTC"},"#
            + #""end":{"dateTime":\#(text(hour * 60 + minutes)),"timeZone":"UTC"}"#
    }

    static func content(
        _ subject: String,
        showAs: String = "busy",
        isAllDay: Bool = false
    ) -> String {
        #""subject":"\#(subject)","showAs":"\#(showAs)","sensitivity":"normal","#
            + #""isAllDay":\#(isAllDay),"isCancelled":false,"isOrganizer":true,"#
            + #""responseStatus":{"response":"organizer","time":"0001-01-01T00:00:00Z"}"#
    }

    /// - Parameter second: when it was changed.
    static func modified(_ second: Int) -> String {
        #""lastModifiedDateTime":"2026-11-20T10:00:\#(second < 10 ? "0" : "")\#(second).5Z""#
    }

    static func single(_ id: String, _ day: Int, second: Int = 1, subject: String = "S") -> String {
        #"{"id":"\#(id)","type":"singleInstance","seriesMasterId":null,\#(modified(second)),"#
            + "\(content(subject)),\(time(day))}"
    }

    static func master(_ id: String, second: Int = 1, subject: String = "Series") -> String {
        #"{"id":"\#(id)","type":"seriesMaster","seriesMasterId":null,\#(modified(second)),"#
            + "\(content(subject)),\(time(2))}"
    }

    /// As a delta tells it: without content.
    static func bare(_ id: String, of master: String, _ day: Int, type: String = "occurrence")
        -> String
    {
        #"{"id":"\#(id)","type":"\#(type)","seriesMasterId":"\#(master)",\#(time(day))}"#
    }

    static func instance(
        _ id: String,
        of master: String,
        _ day: Int,
        type: String = "occurrence",
        subject: String = "Series"
    ) -> String {
        #"{"id":"\#(id)","type":"\#(type)","seriesMasterId":"\#(master)","#
            + "\(content(subject)),\(time(day))}"
    }

    static func removed(_ id: String) -> String {
        ##"{"@odata.type":"#microsoft.graph.event","id":"\##(id)","@removed":{"reason":"deleted"}}"##
    }
}
