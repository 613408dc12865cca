import AbsenceModel
@testable import CalendarFeed
import Foundation
import Testing
import Web

@Suite struct `GraphSource: what changed` {
    /// A load of two single events and a series, then what `change` makes of it; no answer is a
    /// failure.
    private func afterwards(
        query: GraphQuery = GraphQuery(withBody: true),
        _ change: @escaping (inout ScriptedGraph.State) -> Void,
        _ check: (StoredCalendar, LoadAnswer?, ScriptedGraph) throws -> Void
    ) async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [
                    Row.single("a", 23), Row.single("b", 24), Row.master("m"),
                    Row.bare("o1", of: "m", 25), Row.bare("o2", of: "m", 26),
                ],
                delta: "x"
            )
            $0["view"] = .page([])
            $0["event m"] = .row(Row.master("m"))
        }
        try await graph.withSource(query: query) { source in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna@example.com")))
            #expect(stored.bookings.map(\.key).sorted() == ["a", "b", "m/o1", "m/o2"])
            graph.change(change)
            let request = LoadRequest("anna@example.com", after: stored)
            let answer: LoadAnswer?
            do {
                answer = try await source.load(request)
            } catch is RemoteFailure {
                answer = nil
            }
            if let answer { stored.take(answer) }
            try check(stored, answer, graph)
        }
    }

    private func keys(_ stored: StoredCalendar) -> [String] {
        stored.bookings.map { "\($0.key) \($0.subject ?? "-")" }.sorted()
    }

    private let before = ["a S", "b S", "m/o1 Series", "m/o2 Series"]

    @Test func `nothing changed is one question`() async throws {
        try await afterwards {
            $0["delta x"] = .page([], delta: "y")
        } _: { stored, answer, graph in
            #expect(keys(stored) == before)
            #expect(answer?.coverage == [])
            #expect(answer?.failures == [])
            #expect(answer?.cursor?.contains("token=y") == true)
            #expect(graph.asked == ["delta x"])
        }
    }

    @Test func `events that are new or different are taken from their rows`() async throws {
        try await afterwards {
            $0["delta x"] = .page(
                [
                    Row.single("a", 23, second: 5, subject: "T"),
                    Row.single("c", 25, second: 6),
                ],
                delta: "y"
            )
        } _: { stored, answer, graph in
            #expect(keys(stored) == ["a T", "b S", "c S", "m/o1 Series", "m/o2 Series"])
            #expect(answer?.coverage == [.resource("a"), .resource("c")])
            #expect(graph.asked == ["delta x"])
        }
    }

    @Test func `an event moved out of the window is gone`() async throws {
        try await afterwards {
            let far = Row.single("a", 23, second: 5).replacing("2026-11-23T", with: "2027-03-23T")
            $0["delta x"] = .page([far], delta: "y")
        } _: { stored, _, _ in
            #expect(keys(stored) == ["b S", "m/o1 Series", "m/o2 Series"])
            #expect(stored.resources["a"] == nil)
        }
    }

    @Test func `a removal counts once the event is not found`() async throws {
        try await afterwards {
            $0["delta x"] = .page([Row.removed("a"), Row.removed("unknown")], delta: "y")
        } _: { stored, _, graph in
            #expect(keys(stored) == ["b S", "m/o1 Series", "m/o2 Series"])
            #expect(graph.asked == ["delta x", "event a"])
        }
    }

    @Test func `a false removal leaves the event as it is now`() async throws {
        try await afterwards {
            $0["delta x"] = .page([Row.removed("a")], delta: "y")
            $0["event a"] = .row(Row.single("a", 23, second: 7, subject: "T"))
            $0["view"] = .page([Row.single("a", 23)])
        } _: { stored, _, _ in
            #expect(keys(stored) == ["a T", "b S", "m/o1 Series", "m/o2 Series"])
        }
    }

    @Test func `what is found outside the calendar only, as in Deleted Items, is gone`()
        async throws
    {
        try await afterwards {
            $0["delta x"] = .page([Row.removed("a"), Row.removed("m")], delta: "y")
            $0["event a"] = .row(Row.single("a", 23))
            $0["instances m"] = .page([Row.instance("o1", of: "m", 25)])
            $0["view"] = .page([Row.single("b", 24)])
        } _: { stored, _, _ in
            #expect(keys(stored) == ["b S"])
        }
    }

    @Test func `a removal that cannot be confirmed changes nothing and is asked for again`()
        async throws
    {
        try await afterwards {
            $0["delta x"] = .page([Row.removed("a")], delta: "y")
            $0["event a"] = .error(500, "ErrorInternalServerError")
        } _: { stored, answer, _ in
            #expect(keys(stored) == before)
            #expect(answer?.broken.map(\.resource) == ["a"])
            #expect(answer?.failures.map { $0.prefix(9) } == ["1 events "])
            #expect(answer?.coverage == [])
            #expect(stored.cursor?.contains(#""unread":["a"]"#) == true)
        }
    }

    @Test(arguments: ["ErrorNonExistentMailbox", "SomethingNew", ""])
    func `another 404 than that of an event is no event that is gone`(code: String) async throws {
        try await afterwards {
            $0["delta x"] = .page([Row.removed("a"), Row.removed("b")], delta: "y")
            $0["event a"] = .error(404, code)
        } _: { stored, answer, _ in
            #expect(keys(stored) == before.filter { $0 != "b S" })
            #expect(answer?.broken.map(\.resource) == ["a"])
            #expect(stored.cursor?.contains(#""unread":["a"]"#) == true)
        }
    }

    @Test func `a series that is told bare and cannot be read covers nothing`() async throws {
        try await afterwards {
            $0["delta x"] = .page([Row.bare("o1", of: "m", 25)], delta: "y")
            $0["instances m"] = .page([Row.bare("o1", of: "m", 25)])
            $0["view"] = .page([Row.bare("o1", of: "m", 25)])
            $0["event m"] = .error(500, "ErrorInternalServerError")
        } _: { stored, answer, _ in
            #expect(keys(stored) == before)
            #expect(answer?.coverage == [])
            #expect(answer?.broken.map(\.resource) == ["m"])
        }
    }

    @Test func `what was left unread is asked for, whatever is stored`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.bare("o1", of: "m", 23)], delta: "x")
            $0["event m"] = .error(500, "InternalServerError")
            $0["delta x"] = .page([], delta: "y")
        }
        try await graph.withSource { source in
            let first = try await source.load(LoadRequest("anna@example.com"))
            graph.change { $0["event m"] = .error(404, "ErrorItemNotFound") }
            var request = LoadRequest("anna@example.com")
            request.cursor = first.cursor
            let answer = try await source.load(request)
            #expect(answer.coverage == [.resource("m")])
            #expect(graph.asked == ["delta x", "event m"])
        }
    }

    @Test func `a link whose pages never end is given up for a whole round`() async throws {
        try await afterwards {
            $0["delta x"] = .page([], next: "1")
            $0["delta 1"] = .page([], next: "1")
            $0["delta"] = .page([Row.single("b", 24, subject: "T")], delta: "y")
        } _: { stored, _, graph in
            #expect(keys(stored) == ["b T"])
            #expect(stored.cursor?.contains("token=y") == true)
            #expect(graph.asked == ["delta x", "delta 1", "delta"])
        }
    }

    @Test func `a changed series is read once, whole`() async throws {
        try await afterwards {
            $0["delta x"] = .page(
                [
                    Row.bare("o1", of: "m", 25), Row.master("m", second: 9, subject: "New"),
                    Row.bare("o3", of: "m", 27),
                ],
                delta: "y"
            )
            $0["instances m"] = .page(
                [
                    Row.instance("o1", of: "m", 25, subject: "New"),
                    Row.instance("o3", of: "m", 27, type: "exception", subject: "Other"),
                ]
            )
        } _: { stored, answer, graph in
            #expect(keys(stored) == ["a S", "b S", "m/o1 New", "m/o3 Other"])
            #expect(answer?.coverage == [.resource("m")])
            #expect(graph.asked == ["delta x", "instances m"])
        }
    }

    @Test(arguments: [Row.bare("o1", of: "m", 25), Row.master("m", second: 9)])
    func `a series that is told of and not found stays until no row tells of it`(
        row: String
    ) async throws {
        try await afterwards {
            $0["delta x"] = .page([row], delta: "y")
            $0["event m"] = .error(404, "ErrorItemNotFound")
        } _: { stored, answer, _ in
            #expect(keys(stored) == before)
            #expect(answer?.coverage == [])
            #expect(answer?.broken.map(\.resource) == ["m"])
            #expect(stored.cursor?.contains(#""unread":["m"]"#) == true)
        }
    }

    @Test func `a series that is gone takes its occurrences with it`() async throws {
        try await afterwards {
            $0["delta x"] = .page([Row.removed("m"), Row.bare("o1", of: "m", 25)], delta: "y")
        } _: { stored, _, graph in
            #expect(keys(stored) == ["a S", "b S"])
            #expect(graph.asked == ["delta x", "instances m"])
        }
    }

    @Test func `rows replayed from before resurrect nothing and set nothing back`() async throws {
        try await afterwards {
            $0["delta x"] = .page(
                [
                    // One that was removed long ago, one in an older state, one series.
                    Row.single("z", 23, second: 0), Row.single("a", 23, second: 0, subject: "Old"),
                    Row.bare("o9", of: "gone", 25),
                ],
                delta: "y"
            )
            $0["event a"] = .row(Row.single("a", 23))
            $0["view"] = .page([Row.single("a", 23)])
        } _: { stored, _, _ in
            #expect(keys(stored) == before)
        }
    }

    @Test(arguments: [
        (410, "SyncStateNotFound"), (410, "syncStateNotFound"), (410, "resyncRequired"), (410, ""),
        (404, "SyncStateNotFound"), (400, "SyncStateInvalid"),
    ])
    func `a lost state is a whole round in the same load`(status: Int, code: String) async throws {
        try await afterwards {
            $0["delta x"] = .page([Row.single("c", 25, second: 6)], next: "1")
            $0["delta 1"] = .error(status, code)
            $0["delta"] = .page([Row.single("b", 24, subject: "T")], delta: "y")
        } _: { stored, answer, _ in
            #expect(keys(stored) == ["b T"])
            #expect(answer?.coverage == [.everything])
        }
    }

    @Test func `with choices, changed events are asked for with theirs`() async throws {
        let query = GraphQuery(withBody: true, choiceProperty: "String {G} Name X")
        try await afterwards(query: query) {
            $0["delta x"] = .page([Row.single("a", 23, second: 5)], delta: "y")
            let property = #","singleValueExtendedProperties":[{"id":"p","value":"rubbish"}]}"#
            $0["event a"] = .row(Row.single("a", 23, second: 5).dropLast() + property)
        } _: { stored, answer, graph in
            #expect(keys(stored) == before)
            #expect(answer?.broken.map(\.isDegraded) == [true])
            #expect(graph.asked == ["delta x", "event a"])
        }
    }

    @Test func `another window or other settings begin anew`() async throws {
        let graph = ScriptedGraph { $0["delta"] = .page([Row.single("a", 23)], delta: "x") }
        try await graph.withSource { source in
            let answer = try await source.load(LoadRequest("anna@example.com"))
            var request = LoadRequest("anna@example.com")
            request.cursor = answer.cursor
            let day = 86_400.0
            request.window = request.window.lowerBound..<request.window.upperBound + 2 * day
            _ = try await source.load(request)
            request = LoadRequest("berta@example.com")
            request.cursor = answer.cursor
            await #expect(throws: RemoteFailure.self) { try await source.load(request) }
        }
        #expect(graph.asked == ["delta", "delta", "berta@example.com delta"])
    }
}
