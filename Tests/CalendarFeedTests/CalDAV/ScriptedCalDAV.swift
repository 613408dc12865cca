import TestSupport
import Foundation
import Synchronization

/// A CalDAV server of a few lines with the faults that real ones were seen to have.
///
/// `/principals/anna/` is the one user, `/cal/` the home. Calendars stand below it.
final class ScriptedCalDAV: Sendable {
    /// What is answered to a sync token that was never given.
    enum UnknownToken: Sendable {
        /// A status that names its reason or does not.
        case status(Int, isNamed: Bool = true)
        /// 207 with the members and without removals, as DAViCal and SOGo do.
        case members
    }

    struct State: Sendable {
        var calendars: [String: Calendar] = [:]
        var unknownToken = UnknownToken.status(403)
        /// Tokens below this one are no longer known.
        var oldestToken = 0
        /// A known token is answered with all members as well.
        var listsMembersAlways = false
        var hasSyncTokens = true
        var pageSize = Int.max
        /// Objects that make the server fail when their content is asked for.
        var indigestible: Set<String> = []
        /// A different answer, where it is not nil.
        var fault: @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply? = { _ in nil }

        /// Stores or removes an object.
        mutating func set(_ name: String, in calendar: String, _ text: String?) {
            calendars[calendar, default: Calendar()].set(name, text)
        }
    }

    struct Calendar: Sendable {
        var components = ["VEVENT"]
        fileprivate(set) var objects: [String: (tag: Int, text: String)] = [:]
        fileprivate(set) var log: [(token: Int, name: String)] = []
        fileprivate(set) var token = 100

        fileprivate mutating func set(_ name: String, _ text: String?) {
            token += 1
            log.append((token, name))
            objects[name] = text.map { (token, $0) }
        }
    }

    private let state: Mutex<State>

    init(_ build: (inout State) -> Void = { _ in }) {
        var state = State()
        build(&state)
        self.state = Mutex(state)
    }

    func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
    }

    func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
        state.withLock { state in
            if let reply = state.fault(request) { return reply }
            if request.method == "PROPFIND" { return Self.propfind(request, state) }
            guard let name = state.calendars.keys.first(where: { request.path == "/cal/\($0)/" }),
                let calendar = state.calendars[name]
            else { return .text(404) }
            return Self.report(request, name, calendar, state)
        }
    }

    /// A well-formed 207.
    static func multistatus(_ content: String) -> LoopbackServer.Reply {
        .text(
            207,
            "<?xml version=\"1.0\"?><multistatus xmlns=\"DAV:\" "
                + "xmlns:c=\"urn:ietf:params:xml:ns:caldav\" "
                + "xmlns:s=\"http://calendarserver.org/ns/\">\(content)</multistatus>"
        )
    }

    static func row(_ href: String, _ properties: String) -> String {
        "<response><href>\(href)</href><propstat><prop>\(properties)</prop>"
            + "<status>HTTP/1.1 200 OK</status></propstat></response>"
    }

    private static func propfind(
        _ request: LoopbackServer.Request,
        _ state: State
    ) -> LoopbackServer.Reply {
        let rows: [String]
        switch (request.path, request.header("Depth")) {
        case ("/", _):
            rows = [
                row(
                    "/",
                    "<resourcetype><collection/></resourcetype><current-user-principal>"
                        + "<href>/principals/anna/</href></current-user-principal>"
                )
            ]
        case ("/principals/anna/", _):
            rows = [
                row(
                    "/principals/anna/",
                    "<resourcetype><principal/></resourcetype><c:calendar-home-set>"
                        + "<href>/cal/</href></c:calendar-home-set><c:calendar-user-address-set>"
                        + "<href>mailto:Anna@Example.com</href></c:calendar-user-address-set>"
                )
            ]
        case ("/cal/", "1"):
            rows =
                [row("/cal/", "<resourcetype><collection/></resourcetype>")]
                + state.calendars.sorted { $0.key < $1.key }.map { calendarRow($0, $1, state) }
                + [
                    row(
                        "/cal/inbox/",
                        "<resourcetype><collection/><c:schedule-inbox/></resourcetype>"
                    )
                ]
        case ("/cal/", "0"):
            rows = [row("/cal/", "<resourcetype><collection/></resourcetype>")]
        case (let path, "0"):
            guard let entry = state.calendars.first(where: { path == "/cal/\($0.key)/" }) else {
                return .text(404)
            }
            rows = [calendarRow(entry.key, entry.value, state)]
        default:
            return .text(404)
        }
        return multistatus(rows.joined())
    }

    private static func calendarRow(_ name: String, _ calendar: Calendar, _ state: State) -> String
    {
        let components = calendar.components.map { "<c:comp name=\"\($0)\"/>" }.joined()
        let token =
            state.hasSyncTokens ? "<sync-token>urn:t:\(calendar.token)</sync-token>" : ""
        return row(
            "/cal/\(name)/",
            "<resourcetype><collection/><c:calendar/></resourcetype>"
                + "<s:getctag>c\(calendar.token)</s:getctag>\(token)"
                + "<c:supported-calendar-component-set>\(components)"
                + "</c:supported-calendar-component-set>"
        )
    }

    private static func report(
        _ request: LoopbackServer.Request,
        _ name: String,
        _ calendar: Calendar,
        _ state: State
    ) -> LoopbackServer.Reply {
        let withData = request.body.contains("calendar-data")
        func member(_ object: String, _ stored: (tag: Int, text: String)) -> String {
            let data =
                withData ? "<c:calendar-data><![CDATA[\(stored.text)]]></c:calendar-data>" : ""
            return row("/cal/\(name)/\(object)", "<getetag>\"\(stored.tag)\"</getetag>\(data)")
        }
        func isIndigestible(_ objects: some Sequence<String>) -> Bool {
            withData && objects.contains { state.indigestible.contains($0) }
        }
        let members = calendar.objects.sorted { $0.key < $1.key }
        if request.body.contains("calendar-query") {
            if isIndigestible(members.map(\.key)) { return .text(500) }
            return multistatus(members.map { member($0.key, $0.value) }.joined())
        }
        if request.body.contains("calendar-multiget") {
            let asked = request.body.components(separatedBy: "<D:href>/cal/\(name)/").dropFirst()
                .map { String($0.prefix { $0 != "<" }) }
            if isIndigestible(asked) { return .text(500) }
            return multistatus(
                asked.map { object in
                    calendar.objects[object].map { member(object, $0) }
                        ?? gone("/cal/\(name)/\(object)")
                }.joined()
            )
        }
        let stated = request.body.components(separatedBy: "urn:t:").dropFirst().first
            .flatMap { Int($0.prefix { $0.isNumber }) }
        let known = max(100, state.oldestToken)...max(100, state.oldestToken, calendar.token)
        let token = stated.flatMap { known ~= $0 ? $0 : nil }
        guard let token, !state.listsMembersAlways else {
            if token == nil, case .status(let status, let isNamed) = state.unknownToken {
                return .text(
                    status,
                    isNamed ? "<error xmlns=\"DAV:\"><valid-sync-token/></error>" : ""
                )
            }
            return multistatus(
                members.map { member($0.key, $0.value) }.joined()
                    + "<sync-token>urn:t:\(calendar.token)</sync-token>"
            )
        }
        let page = calendar.log.filter { $0.token > token }.prefix(state.pageSize)
        let end = page.last?.token ?? calendar.token
        let rows = Set(page.map(\.name)).sorted().map { object in
            calendar.objects[object].map { member(object, $0) } ?? gone("/cal/\(name)/\(object)")
        }
        let more =
            end < calendar.token
            ? "<response><href>/cal/\(name)/</href>"
                + "<status>HTTP/1.1 507 Insufficient Storage</status></response>" : ""
        return multistatus(rows.joined() + more + "<sync-token>urn:t:\(end)</sync-token>")
    }

    private static func gone(_ href: String) -> String {
        "<response><href>\(href)</href><status>HTTP/1.1 404 Not Found</status></response>"
    }
}
