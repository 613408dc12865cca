import AbsenceModel
@testable import CalendarFeed
import Foundation
import Testing
import TestSupport
import Web

/// Runs `body` with a source that reads from `script`.
func withSource(
    _ script: ScriptedCalDAV,
    timeout: Duration = .seconds(30),
    _ body: (CalDAVSource, LoopbackServer) async throws -> Void
) async throws {
    try await LoopbackServer.run({ script.reply(to: $0) }) { server in
        try await withFetcher({ $0.timeout = timeout }) { fetcher in
            let source = try CalDAVSource(
                base: server.url,
                credentials: .basic(user: "anna", password: "secret"),
                fetcher: fetcher
            )
            try await body(source, server)
        }
    }
}

@Suite struct `CalDAVSource: full load` {
    @Test func `the calendars of the user are found and read whole`() async throws {
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.set("2.ics", in: "home", Event.onDay(24, "u2"))
            state.set("3.ics", in: "tasks", Event.onDay(24, "u3"))
            state.calendars["tasks"]?.components = ["VTODO"]
        }
        try await withSource(script) { source, server in
            let answer = try await source.load(LoadRequest("anna"))
            #expect(Set(answer.bookings.map(\.resource)) == ["/cal/work/1.ics", "/cal/home/2.ics"])
            #expect(answer.coverage == [.everything])
            #expect(answer.failures.isEmpty)
            #expect(answer.resources == ["/cal/work/1.ics": "101", "/cal/home/2.ics": "101"])
            #expect(answer.byteCount > 500)
            #expect(server.requests.allSatisfy { $0.header("Authorization") != nil })
            #expect(server.requests.allSatisfy { !$0.body.contains("limit") })
            #expect(server.requests.allSatisfy { !$0.body.contains("expand") })
        }
    }

    @Test(arguments: ["/cal/", "/principals/anna/"])
    func `a home and a principal lead to all calendars`(address: String) async throws {
        let script = ScriptedCalDAV { $0.set("1.ics", in: "work", Event.onDay(23, "u1")) }
        try await withSource(script) { source, server in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.resource) == ["/cal/work/1.ics"])
            let full = try await source.load(LoadRequest(server.url + address))
            #expect(full.bookings == answer.bookings)
        }
    }

    @Test(arguments: ["/cal/work/", "/cal/work"])
    func `the path of one calendar leads to that one`(address: String) async throws {
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.set("2.ics", in: "home", Event.onDay(24, "u2"))
            let inner = state.fault
            state.fault = { request in
                request.path == "/cal/work"
                    ? .answer(301, headers: [("Location", "/cal/work/")]) : inner(request)
            }
        }
        try await withSource(script) { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.resource) == ["/cal/work/1.ics"])
            #expect(answer.coverage == [.everything])
        }
    }

    @Test func `the well-known address is asked where the base is none`() async throws {
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.fault = { request in
                switch request.path {
                case "/":
                    request.header("Depth") == "0" && request.body.contains("well")
                        ? nil : .text(405)
                case "/.well-known/caldav":
                    ScriptedCalDAV.multistatus(
                        ScriptedCalDAV.row(
                            "/.well-known/caldav",
                            "<resourcetype/><current-user-principal>"
                                + "<href>/principals/anna/</href></current-user-principal>"
                        )
                    )
                default: nil
                }
            }
        }
        try await withSource(script) { source, _ in
            let answer = try await source.load(LoadRequest("anna"))
            #expect(answer.bookings.count == 1)
        }
    }

    @Test func `a principal on another host is not followed`() async throws {
        let script = ScriptedCalDAV { state in
            state.fault = { _ in
                ScriptedCalDAV.multistatus(
                    ScriptedCalDAV.row(
                        "/",
                        "<resourcetype/><current-user-principal>"
                            + "<href>http://other.example/</href></current-user-principal>"
                    )
                )
            }
        }
        try await withSource(script) { source, _ in
            let code = try await failureCode { try await source.load(LoadRequest("anna")) }
            #expect(code == .refused)
        }
    }

    @Test(arguments: [(401, .refused), (404, .notFound)] as [(Int, RemoteFailure.Code)])
    func `when the calendars cannot be found, nothing is told`(
        status: Int,
        code: RemoteFailure.Code
    ) async throws {
        let script = ScriptedCalDAV { $0.fault = { _ in .text(status) } }
        try await withSource(script) { source, _ in
            let found = try await failureCode { try await source.load(LoadRequest("anna")) }
            #expect(found == code)
        }
    }

    @Test func `a user without calendars is a failure, not an empty calendar`() async throws {
        try await withSource(ScriptedCalDAV()) { source, _ in
            let code = try await failureCode { try await source.load(LoadRequest("anna")) }
            #expect(code == .notFound)
        }
    }

    @Test func `an object that cannot be read is named, and the others go on`() async throws {
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.set("2.ics", in: "work", "no calendar")
        }
        try await withSource(script) { source, _ in
            let answer = try await source.load(LoadRequest("anna"))
            #expect(answer.bookings.map(\.resource) == ["/cal/work/1.ics"])
            #expect(answer.broken.map(\.resource) == ["/cal/work/2.ics"])
            #expect(answer.broken.map(\.key) == [nil])
            #expect(answer.coverage == [.everything])
            #expect(answer.resources.keys.contains("/cal/work/2.ics"))
        }
    }

    @Test func `an object that the server chokes on does not stop its calendar`() async throws {
        let script = ScriptedCalDAV { state in
            for number in 1...7 {
                state.set("\(number).ics", in: "work", Event.onDay(23, "u\(number)"))
            }
            state.indigestible = ["4.ics"]
        }
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            let answer = try await source.load(LoadRequest("anna"))
            stored.take(answer)
            #expect(answer.bookings.count == 6)
            #expect(answer.broken.map(\.resource) == ["/cal/work/4.ics"])
            #expect(answer.coverage == [.everything])

            script.change { $0.indigestible = [] }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            #expect(stored.bookings.count == 7)
        }
    }

    @Test func `many objects are asked for a hundred at a time`() async throws {
        let script = ScriptedCalDAV { state in
            for number in 1...250 {
                state.set("\(number).ics", in: "work", Event.onDay(23, "u\(number)"))
            }
            state.fault = { request in
                request.body.contains("calendar-query") && request.body.contains("calendar-data")
                    ? .text(500) : nil
            }
        }
        try await withSource(script) { source, server in
            let answer = try await source.load(LoadRequest("anna"))
            #expect(answer.bookings.count == 250)
            let batches = server.requests.filter { $0.body.contains("multiget") }
            #expect(batches.count == 3)
        }
    }

    @Test func `a calendar that is handed out in part is a failure`() async throws {
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.fault = { request in
                guard request.body.contains("calendar-query") else { return nil }
                return ScriptedCalDAV.multistatus(
                    "<response><href>/cal/work/</href>"
                        + "<status>HTTP/1.1 507 Insufficient Storage</status></response>"
                )
            }
        }
        try await withSource(script) { source, _ in
            let code = try await failureCode { try await source.load(LoadRequest("anna")) }
            #expect(code == .truncated)
        }
    }

    @Test func `what lies outside the calendar is left out`() async throws {
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.fault = { request in
                guard request.body.contains("calendar-query") else { return nil }
                let data =
                    "<getetag>\"1\"</getetag><c:calendar-data><![CDATA["
                    + Event.onDay(23, "u1") + "]]></c:calendar-data>"
                return ScriptedCalDAV.multistatus(
                    ["/cal/other/1.ics", "/cal/work/", "/cal/%77ork/1.ics"].map {
                        ScriptedCalDAV.row($0, data)
                    }.joined()
                )
            }
        }
        try await withSource(script) { source, _ in
            let answer = try await source.load(LoadRequest("anna"))
            #expect(answer.bookings.map(\.resource) == ["/cal/work/1.ics"])
        }
    }
}
