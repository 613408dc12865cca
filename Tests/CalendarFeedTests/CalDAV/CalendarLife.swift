import AbsenceModel
import CalendarFeed
import TestSupport
import Testing
import Web

/// What happens to a calendar, step by step.
struct CalendarLife {
    var server: CalDAVServer

    /// A weekly series that begins on Monday 16 November 2026.
    private func series(_ more: [String] = [], further: String = "") -> String {
        Event.text(
            "series",
            "20261116T080000Z",
            "20261116T090000Z",
            ["RRULE:FREQ=WEEKLY;COUNT=5"] + more,
            further: further
        )
    }

    private let movedOccurrence = """
        BEGIN:VEVENT\r
        UID:series\r
        DTSTAMP:20261120T120000Z\r
        RECURRENCE-ID:20261130T080000Z\r
        DTSTART:20261201T130000Z\r
        DTEND:20261201T140000Z\r
        SUMMARY:Möte & <mer>\r
        END:VEVENT\r

        """

    func run(tellsTokens: Bool) async throws {
        try await withFetcher({ $0.timeout = .seconds(30) }) { fetcher in
            let writer = CalDAVWriter(server, fetcher: fetcher)
            let source = try CalDAVSource(
                base: server.base,
                credentials: server.credentials,
                fetcher: fetcher
            )
            var stored = StoredCalendar()
            try await writer.makeCalendar("work")
            try await writer.put(Event.onDay(23, "one"), as: "one.ics", in: "work")
            stored.take(try await source.load(LoadRequest(server.address)))
            #expect(stored.bookings.count == 1)
            #expect(stored.cursor?.contains("\"rejectsUnknownTokens\":\(tellsTokens)") == true)

            let steps: [(String, () async throws -> Void)] = [
                ("nothing", {}),
                (
                    "create",
                    {
                        let text = Event.onDay(24, "två")
                        try await writer.put(text, as: "tv%C3%A5@x.ics", in: "work")
                    }
                ),
                (
                    "move",
                    {
                        let text = Event.onDay(25, "one")
                        try await writer.put(text, as: "one.ics", in: "work")
                    }
                ),
                ("create a series", { try await writer.put(series(), as: "s.ics", in: "work") }),
                (
                    "delete one occurrence",
                    {
                        let text = series(["EXDATE:20261123T080000Z"])
                        try await writer.put(text, as: "s.ics", in: "work")
                    }
                ),
                (
                    "move one occurrence",
                    {
                        let text = series(["EXDATE:20261123T080000Z"], further: movedOccurrence)
                        try await writer.put(text, as: "s.ics", in: "work")
                    }
                ),
                (
                    "leave the window",
                    {
                        let text = Event.text("one", "20280101T080000Z", "20280101T090000Z")
                        try await writer.put(text, as: "one.ics", in: "work")
                    }
                ),
                ("delete", { try await writer.delete("tv%C3%A5@x.ics", in: "work") }),
                ("delete the series", { try await writer.delete("s.ics", in: "work") }),
                (
                    "another calendar",
                    {
                        try await writer.makeCalendar("more")
                        try await writer.put(Event.onDay(26, "three"), as: "three.ics", in: "more")
                    }
                ),
                ("remove a calendar", { try await writer.removeCalendar("work") }),
            ]
            for (name, step) in steps {
                try await step()
                let answer = try await source.load(LoadRequest(server.address, after: stored))
                #expect(answer.failures.isEmpty, "after \(name)")
                #expect(answer.broken.isEmpty, "after \(name)")
                if name == "nothing" {
                    #expect(answer.bookings.isEmpty)
                    #expect(answer.coverage.isEmpty)
                    #expect(answer.cursor == stored.cursor)
                }
                stored.take(answer)
                var fresh = StoredCalendar()
                fresh.take(try await source.load(LoadRequest(server.address)))
                #expect(stored.sorted == fresh.sorted, "after \(name)")
            }
            #expect(stored.bookings.map(\.resource) == [server.home + "more/three.ics"])
        }
    }
}
