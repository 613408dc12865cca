import TestSupport
import AbsenceModel
@testable import CalendarFeed
import Testing
import Web

@Suite struct `CalDAVSource: incremental load` {
    /// Kinds of servers, by what they do with sync tokens.
    static let servers: [(name: String, build: @Sendable (inout ScriptedCalDAV.State) -> Void)] = [
        ("403 for a token it does not know", { _ in }),
        ("409", { $0.unknownToken = .status(409) }),
        ("410", { $0.unknownToken = .status(410) }),
        ("412", { $0.unknownToken = .status(412) }),
        ("500", { $0.unknownToken = .status(500) }),
        ("403 without a reason", { $0.unknownToken = .status(403, isNamed: false) }),
        ("500 without a reason", { $0.unknownToken = .status(500, isNamed: false) }),
        ("501", { $0.unknownToken = .status(501, isNamed: false) }),
        ("a list of members", { $0.unknownToken = .members }),
        ("a list of members, always", { $0.listsMembersAlways = true }),
        ("no tokens", { $0.hasSyncTokens = false }),
        ("pages of one change", { $0.pageSize = 1 }),
    ]

    private func script(_ build: (inout ScriptedCalDAV.State) -> Void = { _ in }) -> ScriptedCalDAV
    {
        ScriptedCalDAV { state in
            for number in 1...4 {
                state.set("\(number).ics", in: "work", Event.onDay(20 + number, "u\(number)"))
            }
            state.set("9.ics", in: "home", Event.onDay(24, "u9"))
            build(&state)
        }
    }

    @Test(arguments: servers.indices, [false, true])
    func `it brings what a full load gives, and no more`(
        index: Int,
        tokenIsForgotten: Bool
    ) async throws {
        let script = script(Self.servers[index].build)
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.set("1.ics", in: "work", Event.onDay(26, "u1"))
                state.set("2.ics", in: "work", nil)
                state.set("5.ics", in: "work", Event.onDay(27, "u5"))
                state.set("6.ics", in: "work", Event.onDay(27, "u6"))
                state.set("6.ics", in: "work", nil)
                if tokenIsForgotten { state.oldestToken = 999 }
            }
            let answer = try await source.load(LoadRequest("anna", after: stored))
            stored.take(answer)
            #expect(answer.failures.isEmpty)
            #expect(Set(answer.bookings.map(\.resource)) == ["/cal/work/1.ics", "/cal/work/5.ics"])
            #expect(answer.coverage.contains(.resource("/cal/work/2.ics")))
            #expect(!answer.coverage.contains(.resource("/cal/work/3.ics")))
            try await expectSame(stored, as: source)

            // All members gone: a list of members is then an empty answer.
            script.change { state in
                for name in ["1.ics", "3.ics", "4.ics", "5.ics"] {
                    state.set(name, in: "work", nil)
                }
            }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            #expect(stored.bookings.map(\.resource) == ["/cal/home/9.ics"])
            try await expectSame(stored, as: source)
        }
    }

    private func expectSame(_ stored: StoredCalendar, as source: CalDAVSource) async throws {
        var fresh = StoredCalendar()
        fresh.take(try await source.load(LoadRequest("anna")))
        #expect(stored.sorted == fresh.sorted)
        #expect(stored.resources == fresh.resources)
    }

    @Test(arguments: servers.indices)
    func `with nothing changed it brings nothing and changes no cursor`(
        index: Int
    ) async throws {
        let script = script(Self.servers[index].build)
        try await withSource(script) { source, server in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            let count = server.requests.count
            let answer = try await source.load(LoadRequest("anna", after: stored))
            #expect(answer.bookings.isEmpty)
            #expect(answer.coverage.isEmpty)
            #expect(answer.cursor == stored.cursor)
            // One question where the server's tokens can be trusted; else each calendar is asked.
            let name = Self.servers[index].name
            if !name.hasPrefix("a list of") && !name.hasSuffix("without a reason") && name != "501"
            {
                #expect(server.requests.count == count + 1)
            }
        }
    }

    /// Without the server that refuses unknown tokens and yet lists members: with everything
    /// changed its list cannot be told from changes, and only the next full load finds removals.
    @Test(arguments: servers.indices.filter { servers[$0].name != "a list of members, always" })
    func `a removal is found where everything that remains has changed`(
        index: Int
    ) async throws {
        let script = script(Self.servers[index].build)
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.set("1.ics", in: "work", nil)
                for number in 2...4 {
                    state.set("\(number).ics", in: "work", Event.onDay(26, "u\(number)"))
                }
                state.oldestToken = 999
            }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            try await expectSame(stored, as: source)
        }
    }

    @Test func `a list of members in place of changes is seen through`() async throws {
        let script = script()
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.set("2.ics", in: "work", nil)
                state.listsMembersAlways = true
            }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            #expect(!stored.bookings.contains { $0.resource == "/cal/work/2.ics" })
        }
    }

    @Test func `a change between the token and the reading is not lost`() async throws {
        let script = script()
        script.change { state in
            state.fault = { request in
                guard request.body.contains("calendar-query"), request.path == "/cal/work/" else {
                    return nil
                }
                // As though this had been asked just before the change below.
                return ScriptedCalDAV.multistatus("")
            }
        }
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.fault = { _ in nil }
                state.set("7.ics", in: "work", Event.onDay(25, "u7"))
            }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            #expect(stored.bookings.contains { $0.resource == "/cal/work/7.ics" })
        }
    }

    @Test func `an object that is gone when it is fetched is removed`() async throws {
        let script = script()
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.set("1.ics", in: "work", Event.onDay(26, "u1"))
                state.fault = { request in
                    guard request.body.contains("multiget") else { return nil }
                    return ScriptedCalDAV.multistatus(
                        "<response><href>http://127.0.0.1/cal/work/%31.ics</href>"
                            + "<status>HTTP/1.1 404 Not Found</status></response>"
                    )
                }
            }
            let answer = try await source.load(LoadRequest("anna", after: stored))
            #expect(answer.coverage == [.resource("/cal/work/1.ics")])
            #expect(answer.resources.isEmpty)
        }
    }

    @Test func `an object that is not handed out stays, and is asked for again`() async throws {
        let script = script()
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.set("1.ics", in: "work", Event.onDay(26, "u1"))
                state.set("2.ics", in: "work", Event.onDay(26, "u2"))
                state.indigestible = ["1.ics"]
            }
            let answer = try await source.load(LoadRequest("anna", after: stored))
            stored.take(answer)
            #expect(answer.broken.map(\.resource) == ["/cal/work/1.ics"])
            #expect(answer.coverage == [.resource("/cal/work/2.ics")])
            #expect(stored.bookings.count == 5)

            script.change { $0.indigestible = [] }
            stored.take(try await source.load(LoadRequest("anna", after: stored)))
            try await expectSame(stored, as: source)
        }
    }

    @Test func `a calendar that appears is read whole, one that disappears is gone`() async throws {
        let script = script()
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { state in
                state.calendars["home"] = nil
                state.set("1.ics", in: "new", Event.onDay(25, "u10"))
            }
            let answer = try await source.load(LoadRequest("anna", after: stored))
            stored.take(answer)
            #expect(Set(answer.coverage) == [.collection("/cal/home/"), .collection("/cal/new/")])
            try await expectSame(stored, as: source)
        }
    }

    @Test func `when all calendars are gone at once, nothing is withdrawn`() async throws {
        let script = script()
        try await withSource(script) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna")))
            script.change { $0.calendars = [:] }
            let code = try await failureCode {
                try await source.load(LoadRequest("anna", after: stored))
            }
            #expect(code == .notFound)
        }
    }

    @Test(arguments: ["", "{}", "no JSON", "{\"version\":1}"])
    func `a cursor that is not ours is followed by a full load`(cursor: String) async throws {
        try await withSource(script()) { source, _ in
            var request = LoadRequest("anna")
            request.cursor = cursor
            let answer = try await source.load(request)
            #expect(answer.coverage == [.everything])
        }
    }

    @Test func `the cursor of another address is not used`() async throws {
        try await withSource(script()) { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("/cal/home/")))
            let answer = try await source.load(LoadRequest("/cal/work/", after: stored))
            #expect(answer.coverage == [.everything])
            #expect(answer.bookings.count == 4)
        }
    }
}
