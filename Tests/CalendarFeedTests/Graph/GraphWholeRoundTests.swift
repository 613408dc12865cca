import AbsenceModel
@testable import CalendarFeed
import Foundation
import Testing

@Suite struct `GraphSource: whole round` {
    private func load(
        _ graph: ScriptedGraph,
        query: GraphQuery = GraphQuery(withBody: true)
    ) async throws -> LoadAnswer {
        try await graph.withSource(query: query) {
            try await $0.load(LoadRequest("anna@example.com"))
        }
    }

    private func texts(_ answer: LoadAnswer) -> [String] {
        answer.bookings.map { "\($0.key) \($0.subject ?? "-") \($0.showAs.rawValue)" }.sorted()
    }

    @Test func `pages are followed to the delta link, an empty one too`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.single("a", 23)], next: "1")
            $0["delta 1"] = .page([], next: "2")
            $0["delta 2"] = .page([Row.single("b", 24)], delta: "x")
        }
        let answer = try await load(graph)
        #expect(texts(answer) == ["a S busy", "b S busy"])
        #expect(answer.coverage == [.everything])
        #expect(Set(answer.marks.keys) == ["a", "b"])
        #expect(answer.cursor?.contains("$deltatoken=x") == true)
        #expect(graph.asked == ["delta", "delta 1", "delta 2"])
    }

    @Test func `occurrences take their content from the series, also from one that comes later`()
        async throws
    {
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [Row.bare("o1", of: "m", 23), Row.bare("o2", of: "m", 24)],
                next: "1"
            )
            $0["delta 1"] = .page([Row.master("m")], delta: "x")
        }
        let answer = try await load(graph)
        #expect(texts(answer) == ["m/o1 Series busy", "m/o2 Series busy"])
        #expect(answer.bookings.allSatisfy { $0.resource == "m" })
        #expect(graph.asked == ["delta", "delta 1"])
    }

    @Test func `a series that did not come is asked for`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.bare("o1", of: "m", 23)], delta: "x")
            $0["event m"] = .row(Row.master("m"))
        }
        #expect(texts(try await load(graph)) == ["m/o1 Series busy"])
        #expect(graph.asked == ["delta", "event m"])
    }

    @Test func `an occurrence that does not name its series is asked for`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [Row.bare("o1", of: "m", 23).replacing(#""m""#, with: "null")],
                delta: "x"
            )
            $0["event o1"] = .row(Row.instance("o1", of: "m", 23))
            $0["instances m"] = .page([Row.instance("o1", of: "m", 23)])
            $0["view"] = .page([Row.instance("o1", of: "m", 23)])
        }
        #expect(texts(try await load(graph)) == ["m/o1 Series busy"])
    }

    @Test func `occurrences of a series that is not found are not published, and asked for again`()
        async throws
    {
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.bare("o1", of: "m", 23), Row.single("a", 23)], delta: "x")
            $0["delta x"] = .page([], delta: "y")
        }
        try await graph.withSource { source in
            var stored = StoredCalendar()
            let answer = try await source.load(LoadRequest("anna@example.com"))
            stored.take(answer)
            #expect(texts(answer) == ["a S busy"])
            #expect(answer.broken.map(\.resource) == ["m"])
            #expect(stored.cursor?.contains(#""unread":["m"]"#) == true)

            let later = try await source.load(LoadRequest("anna@example.com", after: stored))
            #expect(later.coverage == [.resource("m")])
            #expect(later.broken.isEmpty)
            #expect(later.cursor?.contains(#""unread":[]"#) == true)
        }
    }

    @Test func `a series that cannot be read stays as it is and is asked for in the next round`()
        async throws
    {
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.bare("o1", of: "m", 23), Row.single("a", 23)], delta: "x")
            $0["event m"] = .error(500, "InternalServerError")
        }
        try await graph.withSource { source in
            var stored = StoredCalendar()
            let answer = try await source.load(LoadRequest("anna@example.com"))
            stored.take(answer)
            #expect(texts(answer) == ["a S busy"])
            #expect(answer.broken.map(\.resource) == ["m"])
            #expect(answer.broken.allSatisfy { !$0.reason.contains("Hemligt") })
            #expect(Set(answer.marks.keys) == ["a", "m"])

            graph.change {
                $0["delta x"] = .page([], delta: "y")
                $0["event m"] = .row(Row.master("m"))
                $0["instances m"] = .page([Row.instance("o1", of: "m", 23)])
                $0["view"] = .page([Row.instance("o1", of: "m", 23)])
            }
            stored.take(try await source.load(LoadRequest("anna@example.com", after: stored)))
            #expect(stored.bookings.map(\.key).sorted() == ["a", "m/o1"])
            #expect(stored.cursor?.contains(#""unread":[]"#) == true)
        }
    }

    @Test func `exceptions without content are asked for one by one`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [
                    Row.master("m"), Row.bare("o1", of: "m", 23),
                    Row.bare("e1", of: "m", 24, type: "exception"),
                    Row.bare("e2", of: "m", 25, type: "exception"),
                    Row.instance("e3", of: "m", 26, type: "exception", subject: "Moved"),
                ],
                delta: "x"
            )
            $0["event e1"] = .row(
                Row.instance("e1", of: "m", 24, type: "exception", subject: "Other")
            )
        }
        let answer = try await load(graph)
        #expect(texts(answer) == ["m/e1 Other busy", "m/e3 Moved busy", "m/o1 Series busy"])
        #expect(graph.asked.sorted() == ["delta", "event e1", "event e2"])
    }

    @Test func `an event that comes twice counts as it was changed last`() async throws {
        let rows = [
            Row.single("a", 23, second: 2, subject: "New"), Row.single("a", 24, second: 1),
            Row.single("b", 23, second: 1, subject: "P"),
            Row.single("b", 23, second: 1, subject: "Q"),
        ]
        for rows in [rows, rows.reversed()] {
            let graph = ScriptedGraph { $0["delta"] = .page(rows, delta: "x") }
            #expect(texts(try await load(graph)) == ["a New busy", "b Q busy"])
        }
    }

    @Test func `a row that also comes as removed is asked for`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [Row.single("a", 23), Row.single("b", 23), Row.removed("a"), Row.removed("b")],
                next: "1"
            )
            $0["delta 1"] = .page([Row.removed("never-seen")], delta: "x")
            $0["event b"] = .row(Row.single("b", 23))
            $0["view"] = .page([Row.single("b", 23)])
        }
        #expect(texts(try await load(graph)) == ["b S busy"])
        #expect(graph.asked.sorted() == ["delta", "delta 1", "event a", "event b", "view"])
    }

    @Test func `a series that also comes as removed is asked for`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [
                    Row.master("m"), Row.bare("o1", of: "m", 23), Row.removed("m"),
                    Row.master("n"), Row.bare("o2", of: "n", 24), Row.removed("n"),
                    Row.bare("o3", of: "p", 24), Row.removed("p"),
                ],
                delta: "x"
            )
            // Found by its identifier, and no longer in the calendar.
            $0["event p"] = .row(Row.master("p"))
            $0["instances p"] = .page([Row.instance("o3", of: "p", 24)])
            $0["event n"] = .row(Row.master("n"))
            $0["instances n"] = .page([Row.instance("o2", of: "n", 24)])
            $0["view"] = .page([Row.instance("o2", of: "n", 24)])
        }
        #expect(texts(try await load(graph)) == ["n/o2 Series busy"])
    }

    @Test func `broken events are named and the others go on`() async throws {
        let base = #""type":"singleInstance",\#(Row.content("S"))"#
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [
                    #"{"id":"no-start","start":null,\#(base)}"#,
                    #"{"id":"no-end",\#(base),"start":{"dateTime":"2026-11-23T09:00:00"}}"#,
                    #"{"id":"backwards",\#(base),\#(Row.time(23, 9, minutes: -30))}"#,
                    #"{"id":"no-day",\#(base),\#(Row.time(31))}"#,
                    #"{"id":"no-zone",\#(base),\#(Row.time(23).replacing("UTC", with: "Mars"))}"#,
                    Row.single("fine", 23),
                ],
                delta: "x"
            )
        }
        let answer = try await load(graph)
        #expect(texts(answer) == ["fine S busy"])
        let names = ["backwards", "no-day", "no-end", "no-start", "no-zone"]
        #expect(answer.broken.map(\.resource).sorted() == names)
        #expect(Set(answer.marks.keys) == Set(names + ["fine"]))
        #expect(answer.coverage == [.everything])
        #expect(answer.cursor != nil)
    }

    @Test func `events without an id are counted, and nothing is taken for gone`() async throws {
        let nameless = Row.single("b", 23).replacing(#""id":"b","#, with: "")
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.single("a", 23), nameless], delta: "x")
        }
        let answer = try await load(graph)
        #expect(texts(answer) == ["a S busy"])
        #expect(answer.coverage == [])
        #expect(answer.cursor == nil)
        #expect(answer.failures.map { $0.prefix(9) } == ["1 events "])
    }

    @Test func `where rounds never end, the calendar is read as a view, until another day`()
        async throws
    {
        // The same page under ever new links.
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.single("a", 23)], next: "1")
            for page in 1...20 {
                $0["delta \(page)"] = .page([Row.single("b", 23)], next: "\(page + 1)")
            }
            $0["view"] = .page(
                [
                    Row.single("a", 23), Row.single("b", 23), Row.instance("o", of: "m", 24),
                    Row.instance("e", of: "m", 25, type: "exception", subject: "Other"),
                ]
            )
        }
        try await graph.withSource { source in
            var stored = StoredCalendar()
            let answer = try await source.load(LoadRequest("anna@example.com"))
            stored.take(answer)
            #expect(texts(answer) == ["a S busy", "b S busy", "m/e Other busy", "m/o Series busy"])
            #expect(answer.coverage == [.everything])
            #expect(graph.asked.count < 10)

            graph.change { $0["view"] = .page([Row.single("b", 23)]) }
            stored.take(try await source.load(LoadRequest("anna@example.com", after: stored)))
            #expect(stored.bookings.map(\.key) == ["b"])
            #expect(graph.asked == ["view"])
        }
    }

    @Test func `choices come by a second question`() async throws {
        let property = #""singleValueExtendedProperties":[{"id":"p","value":"skip"}]"#
        let graph = ScriptedGraph {
            $0["delta"] = .page(
                [Row.single("a", 23), Row.single("b", 23), Row.bare("o", of: "m", 24)],
                delta: "x"
            )
            $0["view"] = .page([#"{"id":"a",\#(property)}"#, #"{"id":"b"}"#, #"{"id":"o"}"#])
            $0["event m"] = .row(
                Row.master("m").dropLast() + "," + property.replacing("skip", with: "kind=open")
                    + "}"
            )
        }
        let answer = try await load(
            graph,
            query: GraphQuery(withBody: true, choiceProperty: "String {G} Name X")
        )
        let choices = answer.bookings.map { "\($0.key) \($0.choice.map { "\($0)" } ?? "-")" }
        #expect(choices.sorted().prefix(2) == ["a skip", "b -"])
        #expect(
            answer.bookings.first { $0.key == "m/o" }?.choice == .absence(reason: nil, kind: .open)
        )
        #expect(graph.asked == ["delta", "view", "event m"])
    }
}
