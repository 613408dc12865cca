import TestSupport
import AbsenceModel
import CalendarFeed
import Foundation
import Testing
import Web

private let address = "anna@example.com"

@Suite struct `GoogleSource: full load` {
    @Test func `one request brings everything in the window`() async throws {
        let google = ScriptedGoogle(items: [
            ScriptedGoogle.event("e1"), ScriptedGoogle.event("m_20261124", day: 24, series: "m"),
        ])
        try await google.run { source, server in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.key) == ["e1", "m/m_20261124"])
            #expect(answer.bookings.map(\.resource) == ["e1", "m/m_20261124"])
            #expect(answer.coverage == [.everything])
            #expect(answer.failures.isEmpty)
            #expect(answer.broken.isEmpty)
            #expect(answer.cursor != nil)
            #expect(answer.byteCount > 100)

            #expect(server.requests.map(\.method) == ["POST", "GET"])
            let list = try #require(server.lists.first)
            #expect(list.path.hasPrefix("/calendar/v3/calendars/anna%40example.com/events?"))
            #expect(list.header("Authorization") == "Bearer t1")
            #expect(list.parameter("singleEvents") == "true")
            #expect(list.parameter("maxResults") == "2500")
            #expect(list.parameter("maxAttendees") == "1")
            #expect(list.parameter("showDeleted") == nil)
            #expect(list.parameter("eventTypes") == nil)
            #expect(list.parameter("fields")?.contains("extendedProperties") == false)
            let day = 86400.0
            #expect(
                list.parameter("timeMin")
                    == Event.window.lowerBound.addingTimeInterval(-day).ISO8601Format()
            )
            #expect(
                list.parameter("timeMax")
                    == Event.window.upperBound.addingTimeInterval(day).ISO8601Format()
            )
        }
    }

    @Test func `another calendar of the user is read in the user's name`() async throws {
        let google = ScriptedGoogle(items: [])
        try await google.run { source, server in
            _ = try await source.load(LoadRequest("anna@example.com/team#1@group.example.com"))
            let path = "/calendar/v3/calendars/team%231%40group.example.com/events?"
            #expect(server.lists.first?.path.hasPrefix(path) == true)
        }
    }

    @Test(arguments: ["", "anna", "@", "anna@", "anna@example.com/", "/x"])
    func `what is no address is told before any request`(address: String) async throws {
        let google = ScriptedGoogle(items: [])
        try await google.run { source, server in
            let code = try await failureCode { try await source.load(LoadRequest(address)) }
            #expect(code == .notFound)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `pages are read to the end, also where some are empty`() async throws {
        let google = ScriptedGoogle { request in
            switch request.parameter("pageToken") {
            case nil: ScriptedGoogle.page([ScriptedGoogle.event("e1")], next: "p/2+")
            case "p/2+": ScriptedGoogle.page([], next: "p3")
            default: ScriptedGoogle.page([ScriptedGoogle.event("e2")], sync: "s1")
            }
        }
        try await google.run { source, server in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.key) == ["e1", "e2"])
            #expect(answer.coverage == [.everything])
            #expect(server.lists.count == 3)
            #expect(server.lists.allSatisfy { $0.parameter("timeMin") != nil })
        }
    }

    @Test func `an answer without a sync token is whole, and followed by a full load`()
        async throws
    {
        let google = ScriptedGoogle(items: [ScriptedGoogle.event("e1")], sync: nil)
        try await google.run { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.count == 1)
            #expect(answer.coverage == [.everything])
            #expect(answer.cursor == nil)
        }
    }

    @Test func `a broken event keeps what is stored of it, and the others go on`() async throws {
        let google = ScriptedGoogle(items: [
            #"{"id":"m_1","recurringEventId":"m","start":{"dateTime":"secret"}}"#,
            ScriptedGoogle.event("e1"),
        ])
        try await google.run { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.key) == ["e1"])
            #expect(answer.broken.map(\.resource) == ["m/m_1"])
            #expect(answer.broken.allSatisfy { !$0.isDegraded && $0.key == nil })
            #expect(answer.broken.first?.reason.contains("secret") == false)
            #expect(answer.coverage == [.everything])
        }
    }

    @Test func `an event without an id leaves everything else uncovered`() async throws {
        let google = ScriptedGoogle(items: [ScriptedGoogle.event("e1"), #"{"summary":"secret"}"#])
        try await google.run { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.key) == ["e1"])
            #expect(Set(answer.coverage) == [.resource("e1"), .collection("e1/")])
            #expect(answer.failures.count == 1)
            #expect(answer.failures.first?.contains("secret") == false)
            #expect(answer.cursor == nil)
        }
    }

    @Test(arguments: [false, true])
    func `of two events with one id the one changed last holds`(isReversed: Bool) async throws {
        let items = [
            ScriptedGoogle.event("e1", day: 23, updated: "2026-11-02T00:00:00.001Z"),
            ScriptedGoogle.event("e1", day: 24, updated: "2026-11-02T00:00:00Z"),
        ]
        let google = ScriptedGoogle(items: isReversed ? items.reversed() : items)
        try await google.run { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.count == 1)
            let start = Date(timeIntervalSince1970: 1_795_420_800)
            #expect(
                answer.bookings.first?.time == .timed(start: start, end: start + 3600)
            )
        }
    }

    @Test func `choices are asked for where the customer has them`() async throws {
        let google = ScriptedGoogle(items: [
            ScriptedGoogle.event("e1", #","extendedProperties":{"private":{"kk":"skip"}}"#),
            ScriptedGoogle.event("e2", #","extendedProperties":{"private":{"kk":"?"}}"#),
        ])
        try await google.run(choiceProperty: "kk") { source, server in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.choice) == [.skip, nil])
            #expect(answer.broken.map(\.key) == ["e2"])
            #expect(answer.broken.first?.isDegraded == true)
            let fields = server.lists.first?.parameter("fields")
            #expect(fields?.contains("extendedProperties/private") == true)
        }
    }

    @Test func `a calendar of which only free and busy may be seen is noted`() async throws {
        let google = ScriptedGoogle { _ in
            ScriptedGoogle.page([ScriptedGoogle.event("e1")], sync: "s1", role: "freeBusyReader")
        }
        try await google.run { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.count == 1)
            #expect(answer.coverage == [.everything])
            #expect(answer.broken.map(\.isDegraded) == [true])
        }
    }
}
