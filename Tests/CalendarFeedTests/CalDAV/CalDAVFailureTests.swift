import AbsenceModel
@testable import CalendarFeed
import Testing
import TestSupport

@Suite struct `CalDAVSource: a calendar that fails` {
    static let faults: [(name: String, reply: LoopbackServer.Reply)] = [
        ("500", .text(500)),
        ("a time-out", .stall([])),
        (
            "a time-out in the body",
            .stall(Array("HTTP/1.1 207 X\r\nContent-Length: 9\r\n\r\n".utf8))
        ),
        ("a cut-off answer", .cutOff(207, promised: 900, "<multistatus xmlns='DAV:'>")),
        ("a closed connection", .close),
        ("an empty 207", .text(207)),
        ("an empty 200", .text(200)),
        ("401", .text(401)),
        ("403", .text(403)),
        ("404", .text(404)),
        ("503", .text(503)),
        ("malformed XML", .text(207, "<multistatus xmlns='DAV:'><response>")),
        ("a sign-in page", .text(207, "<html><body>Sign in</body></html>")),
        (
            "rows without content",
            ScriptedCalDAV.multistatus(
                (1...9).map { ScriptedCalDAV.row("/cal/work/\($0).ics", "<getetag>1</getetag>") }
                    .joined()
            )
        ),
    ]

    /// Short only where a time-out is to be seen, so that a busy machine fails no other test.
    private func timeout(_ reply: LoopbackServer.Reply) -> Duration {
        if case .stall = reply { .seconds(2) } else { .seconds(30) }
    }

    private func script() -> ScriptedCalDAV {
        ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.set("2.ics", in: "home", Event.onDay(24, "u2"))
        }
    }

    @Test(arguments: faults.indices)
    func `in a full load it is named, not covered, and the others go on`(
        index: Int
    ) async throws {
        let (name, reply) = Self.faults[index]
        let script = script()
        script.change { $0.fault = { $0.path == "/cal/work/" ? reply : nil } }
        try await withSource(script, timeout: timeout(reply)) { source, _ in
            var stored = StoredCalendar()
            let answer = try await source.load(LoadRequest("anna"))
            stored.take(answer)
            #expect(answer.coverage == [.collection("/cal/home/")], "\(name)")
            #expect(answer.bookings.map(\.resource) == ["/cal/home/2.ics"])
            #expect(answer.failures.count == 1)
            #expect(answer.failures.first?.hasPrefix("/cal/work/: ") == true)

            // Once it is well again, the next incremental load reads it whole.
            script.change { $0.fault = { _ in nil } }
            let next = try await source.load(LoadRequest("anna", after: stored))
            #expect(next.coverage == [.collection("/cal/work/")])
            stored.take(next)
            #expect(stored.bookings.count == 2)
        }
    }

    @Test(arguments: faults.indices)
    func `in an incremental load it keeps what is stored, and catches up`(
        index: Int
    ) async throws {
        let (name, reply) = Self.faults[index]
        let script = script()
        try await withSource(script, timeout: timeout(reply)) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.set("1.ics", in: "work", nil)
                state.set("3.ics", in: "home", Event.onDay(25, "u3"))
                state.fault = { $0.path == "/cal/work/" ? reply : nil }
            }
            let answer = try await source.load(LoadRequest("anna", after: stored))
            stored.take(answer)
            #expect(answer.failures.count == 1, "\(name)")
            #expect(answer.coverage == [.resource("/cal/home/3.ics")])
            #expect(stored.bookings.count == 3)

            script.change { $0.fault = { _ in nil } }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            let names = stored.bookings.map(\.resource).sorted()
            #expect(names == ["/cal/home/2.ics", "/cal/home/3.ics"])
        }
    }

    @Test(arguments: faults.indices)
    func `when it is the only one, the load fails`(index: Int) async throws {
        let reply = Self.faults[index].reply
        let script = ScriptedCalDAV { state in
            state.set("1.ics", in: "work", Event.onDay(23, "u1"))
            state.fault = { $0.path == "/cal/work/" ? reply : nil }
        }
        try await withSource(script, timeout: timeout(reply)) { source, _ in
            let code = try await failureCode { try await source.load(LoadRequest("anna")) }
            #expect(code != nil)
        }
    }

    @Test func `a calendar that is told of with an error is not gone`() async throws {
        let script = script()
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.fault = { request in
                    guard request.path == "/cal/" else { return nil }
                    return ScriptedCalDAV.multistatus(
                        ScriptedCalDAV.row(
                            "/cal/home/",
                            "<resourcetype><c:calendar/></resourcetype>"
                        )
                            + "<response><href>/cal/work/</href>"
                            + "<status>HTTP/1.1 500 X</status></response>"
                    )
                }
            }
            let answer = try await source.load(LoadRequest("anna", after: stored))
            stored.take(answer)
            #expect(answer.coverage.isEmpty)
            #expect(answer.failures.count == 1)
            #expect(stored.bookings.count == 2)

            script.change { state in
                state.fault = { _ in nil }
                state.set("1.ics", in: "work", nil)
            }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            #expect(stored.bookings.map(\.resource) == ["/cal/home/2.ics"])
        }
    }
}
