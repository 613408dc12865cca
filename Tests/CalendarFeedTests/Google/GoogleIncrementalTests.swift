import AbsenceModel
import CalendarFeed
import Foundation
import Testing
import TestSupport

private let address = "anna@example.com"

@Suite struct `GoogleSource: incremental load` {
    /// Takes a first list in, then changes, and hands both to `body`.
    private func run(
        _ first: [String],
        then changes: [String],
        sync: String? = "s2",
        _ body: (StoredCalendar, LoadAnswer, [LoopbackServer.Request]) throws -> Void
    ) async throws {
        let google = ScriptedGoogle(items: first)
        try await google.run { source, server in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest(address)))
            google.change { request in
                request.parameter("syncToken") == "s1"
                    ? ScriptedGoogle.page(changes, sync: sync) : .text(500)
            }
            let answer = try await source.load(LoadRequest(address, after: stored))
            stored.take(answer)
            try body(stored, answer, Array(server.lists.dropFirst()))
        }
    }

    private let week = [
        ScriptedGoogle.event("e1", day: 23),
        ScriptedGoogle.event("e2", day: 24),
        ScriptedGoogle.event("m_20261123T080000Z", day: 23, series: "m"),
        ScriptedGoogle.event("m_20261124T080000Z", day: 24, series: "m"),
        ScriptedGoogle.event("m_20261125T080000Z", day: 25, series: "m"),
    ]

    @Test func `where nothing changed one request says so`() async throws {
        try await run(week, then: []) { stored, answer, requests in
            #expect(stored.bookings.count == 5)
            #expect(answer.bookings.isEmpty)
            #expect(answer.coverage.isEmpty)
            #expect(requests.count == 1)
            let request = try #require(requests.first)
            #expect(request.parameter("timeMin") == nil)
            #expect(request.parameter("timeMax") == nil)
            #expect(request.parameter("maxResults") == "2500")
            #expect(request.parameter("singleEvents") == "true")
            #expect(stored.cursor?.contains("s2") == true)
        }
    }

    @Test func `an event that was moved is changed, and no other`() async throws {
        let moved = ScriptedGoogle.event("e1", day: 26)
        try await run(week, then: [moved]) { stored, answer, _ in
            #expect(answer.bookings.map(\.key) == ["e1"])
            #expect(stored.bookings.count == 5)
        }
    }

    @Test func `a deleted event goes, though only its id is told`() async throws {
        try await run(week, then: [ScriptedGoogle.deleted("e2")]) { stored, _, _ in
            #expect(!stored.bookings.contains { $0.key == "e2" })
            #expect(stored.bookings.count == 4)
        }
    }

    @Test func `a deleted event that was never stored is nothing`() async throws {
        try await run(week, then: [ScriptedGoogle.deleted("e9")]) { stored, _, _ in
            #expect(stored.bookings.count == 5)
        }
    }

    @Test(arguments: ["m", nil])
    func `a deleted instance goes, and its series stays`(series: String?) async throws {
        let row = ScriptedGoogle.deleted("m_20261124T080000Z", series: series)
        try await run(week, then: [row]) { stored, _, _ in
            #expect(
                stored.bookings.map(\.key).sorted()
                    == ["e1", "e2", "m/m_20261123T080000Z", "m/m_20261125T080000Z"]
            )
        }
    }

    @Test func `an instance that was moved leaves the others as they are`() async throws {
        let moved = ScriptedGoogle.event("m_20261124T080000Z", day: 27, series: "m")
        try await run(week, then: [moved]) { stored, _, _ in
            #expect(stored.bookings.count == 5)
        }
    }

    @Test func `a series that is told deleted by its own id goes with all instances`() async throws
    {
        try await run(week, then: [ScriptedGoogle.deleted("m")]) { stored, _, _ in
            #expect(stored.bookings.map(\.key).sorted() == ["e1", "e2"])
        }
    }

    @Test func `an event that left the window goes`() async throws {
        let away = ScriptedGoogle.event("e1").replacing("2026-11-23", with: "2040-11-23")
        try await run(week, then: [away]) { stored, answer, _ in
            #expect(answer.bookings.isEmpty)
            #expect(!stored.bookings.contains { $0.key == "e1" })
        }
    }

    @Test func `of a series without end only the window is taken`() async throws {
        let days = (0..<3000).map { number in
            let day = Date(timeIntervalSince1970: 1_700_000_000 + Double(number) * 86400)
            let start = day.ISO8601Format()
            return #"{"id":"n_\#(number)","recurringEventId":"n","start":{"dateTime":"\#(start)"},"#
                + #""end":{"dateTime":"\#(start)"}}"#
        }
        try await run(week, then: days) { stored, answer, _ in
            #expect(answer.bookings.count > 10)
            #expect(
                answer.bookings.allSatisfy {
                    guard case .timed(let start, _) = $0.time else { return false }
                    return Event.window.contains(start)
                }
            )
            #expect(stored.bookings.count == 5 + answer.bookings.count)
        }
    }

    @Test func `a single event that became a series stands once`() async throws {
        let instances = [23, 24].map {
            ScriptedGoogle.event("e1_202611\($0)T080000Z", day: $0, series: "e1")
        }
        try await run(week, then: instances) { stored, _, _ in
            #expect(!stored.bookings.contains { $0.key == "e1" })
            #expect(stored.bookings.count == 6)
        }
    }

    @Test func `a series that became a single event stands once`() async throws {
        try await run(week, then: [ScriptedGoogle.event("m")]) { stored, _, _ in
            #expect(stored.bookings.map(\.key).sorted() == ["e1", "e2", "m"])
        }
    }

    @Test func `a broken change keeps what is stored`() async throws {
        try await run(week, then: [#"{"id":"e1","start":7}"#]) { stored, answer, _ in
            #expect(stored.bookings.count == 5)
            #expect(answer.broken.map(\.resource) == ["e1"])
        }
    }

    @Test func `without a next sync token the next load is a full one`() async throws {
        try await run(week, then: [ScriptedGoogle.deleted("e1")], sync: nil) { stored, _, _ in
            #expect(stored.bookings.count == 4)
            #expect(stored.cursor == nil)
        }
    }

    @Test func `after an event without an id the same changes are asked for again`() async throws {
        let changes = [ScriptedGoogle.deleted("e1"), #"{"status":"cancelled"}"#]
        try await run(week, then: changes) { stored, answer, _ in
            #expect(stored.bookings.count == 4)
            #expect(answer.failures.count == 1)
            #expect(stored.cursor?.contains("s1") == true)
        }
    }

    @Test
    func `a cursor of another address, window, question or making is followed by a full load`()
        async throws
    {
        let google = ScriptedGoogle(items: week)
        try await google.run { source, server in
            let cursor = try #require(try await source.load(LoadRequest(address)).cursor)
            func isFull(_ change: (inout LoadRequest) -> Void) async throws -> Bool {
                var request = LoadRequest(address)
                request.cursor = cursor
                change(&request)
                _ = try await source.load(request)
                return server.lists.last?.parameter("syncToken") == nil
            }
            let window = Event.window
            #expect(try await !isFull { _ in })
            #expect(
                try await !isFull {
                    $0.window = window.lowerBound + 90000..<window.upperBound + 82800
                }
            )
            #expect(
                try await isFull { $0.window = window.lowerBound..<window.upperBound + 90000 }
            )
            #expect(
                try await isFull { $0.window = window.lowerBound - 90000..<window.upperBound }
            )
            #expect(try await isFull { $0.address = "anna@example.com/other" })
            #expect(
                try await isFull {
                    $0.cursor = cursor.replacing(#""version":1"#, with: #""version":0"#)
                }
            )
            #expect(
                try await isFull {
                    $0.cursor = cursor.replacing(#""parameters":""#, with: #""parameters":"0"#)
                }
            )
            #expect(try await isFull { $0.cursor = "nonsense" })
        }
    }
}

@Suite struct `GoogleSource: a deleted series beyond what Google tells` {
    private func load(
        _ changes: [String],
        event: LoopbackServer.Reply,
        daysAhead: Double
    ) async throws -> (keys: [String], requests: Int) {
        let days = (0..<12).map { month in
            ScriptedGoogle.event("m_2026\(month)", series: "m")
                .replacing(
                    "2026-11-23",
                    with: month < 2 ? "2026-1\(1 + month)-23" : "2027-0\(min(month - 1, 9))-23"
                )
        }
        let google = ScriptedGoogle(items: days)
        var keys: [String] = []
        var requests = 0
        try await google.run { source, server in
            func request(_ stored: StoredCalendar?) -> LoadRequest {
                var request = LoadRequest(address, after: stored)
                request.window =
                    Event.window.lowerBound..<Event.window.lowerBound + daysAhead * 86400
                return request
            }
            var stored = StoredCalendar()
            stored.take(try await source.load(request(nil)))
            google.change { request in
                if request.path.contains("/events/") { return event }
                return ScriptedGoogle.page(changes, sync: "s2")
            }
            let before = server.lists.count
            stored.take(try await source.load(request(stored)))
            keys = stored.bookings.map(\.key).sorted()
            requests = server.lists.count - before
        }
        return (keys, requests)
    }

    @Test func `is asked for, and goes whole`() async throws {
        let result = try await load(
            [ScriptedGoogle.deleted("m_20260", series: "m")],
            event: .text(200, #"{"status":"cancelled"}"#),
            daysAhead: 300
        )
        #expect(result.keys == [])
        #expect(result.requests == 2)
    }

    @Test func `goes whole where nobody knows it any more`() async throws {
        let result = try await load(
            [ScriptedGoogle.deleted("m_20260", series: "m")],
            event: ScriptedGoogle.error(404, "notFound"),
            daysAhead: 300
        )
        #expect(result.keys == [])
    }

    @Test func `stays where only an instance was deleted`() async throws {
        let result = try await load(
            [ScriptedGoogle.deleted("m_20260", series: "m")],
            event: .text(200, #"{"status":"confirmed"}"#),
            daysAhead: 300
        )
        #expect(!result.keys.isEmpty)
        #expect(!result.keys.contains("m/m_20260"))
    }

    @Test func `is not asked for where the window is near`() async throws {
        let result = try await load(
            [ScriptedGoogle.deleted("m_20260", series: "m")],
            event: .text(500),
            daysAhead: 100
        )
        #expect(result.requests == 1)
    }

    @Test func `is not asked for where an instance is told to stand`() async throws {
        let result = try await load(
            [
                ScriptedGoogle.deleted("m_20260", series: "m"),
                ScriptedGoogle.event("m_20261", series: "m"),
            ],
            event: .text(500),
            daysAhead: 300
        )
        #expect(result.requests == 1)
    }
}
