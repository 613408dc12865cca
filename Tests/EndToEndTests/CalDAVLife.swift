import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// What happens to the calendar of Anna, step by step, each with the fewest changes that bring her
/// telephone up to date.
struct CalDAVLife {
    var server: CalDAVServer

    private struct Step {
        var name: String
        var changes: ChangeCounts
        var act: (CalDAVWriter) async throws -> Void
    }

    private func steps() -> [Step] {
        func one(_ start: String, _ end: String, _ lines: [String] = []) -> EventText {
            EventText("one", "20261124T\(start)Z", "20261124T\(end)Z", lines)
        }
        func series(_ lines: [String] = []) -> EventText {
            EventText(
                "series",
                "20261123T120000Z",
                "20261123T130000Z",
                ["RRULE:FREQ=WEEKLY;COUNT=4"] + lines
            )
        }
        let lacking = series(["EXDATE:20261130T120000Z"])
        func put(
            _ name: String,
            _ event: EventText,
            as file: String,
            _ changes: ChangeCounts
        ) -> Step {
            Step(name: name, changes: changes) {
                try await $0.put(event.text, as: "\(file).ics", in: "work")
            }
        }
        return [
            Step(name: "nothing", changes: .none) { _ in },
            put("create", one("080000", "090000"), as: "one", ChangeCounts(created: 1)),
            put("move", one("100000", "113000"), as: "one", ChangeCounts(updated: 1)),
            put(
                "show as out of office",
                one("100000", "113000", ["X-MICROSOFT-CDO-BUSYSTATUS:OOF"]),
                as: "one",
                ChangeCounts(updated: 1)
            ),
            put(
                "make free",
                one("100000", "113000", ["TRANSP:TRANSPARENT"]),
                as: "one",
                ChangeCounts(withdrawn: 1)
            ),
            put("make busy", one("100000", "113000"), as: "one", ChangeCounts(created: 1)),
            put("create a series", series(), as: "series", ChangeCounts(created: 4)),
            put(
                "change what no rule looks at",
                one("100000", "113000", ["SUMMARY:Annat", "LOCATION:Annorstädes"]),
                as: "one",
                .none
            ),
            put(
                "make private",
                one("100000", "113000", ["CLASS:PRIVATE"]),
                as: "one",
                ChangeCounts(withdrawn: 1)
            ),
            put("delete one occurrence", lacking, as: "series", ChangeCounts(withdrawn: 1)),
            put(
                "move one occurrence",
                lacking.moving("20261207T120000Z", to: "20261208T140000Z", "20261208T150000Z"),
                as: "series",
                ChangeCounts(updated: 1)
            ),
            put(
                "move it back",
                lacking,
                as: "series",
                ChangeCounts(updated: 1)
            ),
            put("make public again", one("100000", "113000"), as: "one", ChangeCounts(created: 1)),
            Step(name: "delete", changes: ChangeCounts(withdrawn: 1)) {
                try await $0.delete("one.ics", in: "work")
            },
            Step(name: "another calendar", changes: ChangeCounts(created: 1)) {
                try await $0.makeCalendar("more")
                try await $0.put(one("080000", "090000").text, as: "two.ics", in: "more")
            },
            Step(name: "delete the series", changes: ChangeCounts(withdrawn: 3)) {
                try await $0.delete("series.ics", in: "work")
            },
            Step(name: "remove the calendar", changes: ChangeCounts(withdrawn: 1)) {
                try await $0.removeCalendar("more")
            },
        ]
    }

    func run() async throws {
        try await withFetcher { fetcher in
            try await run(CalDAVWriter(server, fetcher: fetcher))
        }
    }

    private func run(_ writer: CalDAVWriter) async throws {
        try await writer.makeCalendar("work")
        try await Office.run { office in
            try await office.openCalDAV(server)
            try await office.run("load", "bookings", "--full")
            for step in steps() {
                try await step.act(writer)
                try await office.run("load", "bookings")
                let changes = try await office.reconcileTouched()
                #expect(changes == step.changes, "after: \(step.name)")
                let shown = try await office.shown()
                let whole = try await shownAfterAFullLoad()
                #expect(shown == whole, "after: \(step.name)")
            }
            #expect(try await office.shown() == [])
            let again = try await office.run("reconcile", "--apply")
            #expect(again.output == "prov: nothing to change\n")
        }
    }

    /// What a database that begins now gives.
    private func shownAfterAFullLoad() async throws -> [String] {
        try await Office.run { office in
            try await office.openCalDAV(server)
            try await office.run("load", "bookings", "--full")
            try await office.run("reconcile", "--apply")
            return try await office.shown()
        }
    }
}

/// Runs `body` with a fetcher, which is shut down whatever happens.
func withFetcher<Result>(
    _ body: (HTTPFetcher) async throws -> Result
) async throws -> Result {
    let fetcher = try HTTPFetcher()
    do {
        let result = try await body(fetcher)
        try await fetcher.shutdown()
        return result
    } catch {
        try await fetcher.shutdown()
        throw error
    }
}

extension Office {
    /// Opens with Anna alone, whose calendar is on `server`.
    func openCalDAV(_ server: CalDAVServer, through proxy: String? = nil) async throws {
        let user: String
        let password: String
        if case .basic(let name, let secret) = server.credentials {
            (user, password) = (name, secret)
        } else {
            (user, password) = ("anyone", "anything")
        }
        try write("\(password)\n", to: "password")
        let base = proxy.map { server.base.replacing(server.origin, with: $0) } ?? server.base
        let address = server.address.isEmpty ? server.home : server.address
        try await open(
            calendars: """
                - name: dav
                  kind: caldav
                  url: \(base)
                  user: \(user)
                  password_file: password
                  timeout: 5
                """,
            users: "anna,Anna Åkesson,4021,dav:\(address),calendar diversion"
        )
    }
}
