import TestSupport
import Testing

/// What cannot be read stands in the quarantine with its reason, and nothing else suffers.
@Suite struct QuarantineTests {
    private func withFolder(_ body: (Office) async throws -> Void) async throws {
        try await Office.run { office in
            try await office.open(
                calendars: "- { name: files, kind: ics, folder: calendars }",
                users: """
                    anna,Anna Åkesson,4021,files:anna,calendar diversion
                    bo,Bo Ek,4022,files:bo,calendar diversion
                    """
            )
            try office.book("anna", EventText("whole", "20261123T080000Z", "20261123T090000Z"))
            try office.book("bo", EventText("b", "20261123T080000Z", "20261123T090000Z"))
            try await body(office)
        }
    }

    private let quarantine = """
        select user_key, resource_key, coalesce(booking_key, '-'), reason from watch.quarantine
        order by 1, 2, 3
        """

    @Test func `each broken file and booking is told with its reason, and the rest goes through`()
        async throws
    {
        try await withFolder { office in
            try office.write("this is no calendar", to: "calendars/anna/unreadable.ics")
            try office.book(
                "anna",
                EventText(
                    "unexpandable",
                    "20261123T120000Z",
                    "20261123T130000Z",
                    ["RRULE:FREQ=FORTNIGHTLY"]
                )
            )
            try office.book(
                "anna",
                EventText("backwards", "20261123T140000Z", "20261123T130000Z")
            )
            try office.book(
                "anna",
                EventText(
                    "endless",
                    "20261123T150000Z",
                    "20261123T160000Z",
                    ["RRULE:FREQ=DAILY"]
                )
            )
            let load = try await office.run("load", "bookings")
            #expect(load.complaints.contains("see watch.quarantine broken=3"))
            let rows = try await office.rows(quarantine)
            #expect(
                rows == [
                    "anna|backwards.ics|backwards|the event ends before it starts",
                    "anna|unexpandable.ics|unexpandable|the rule has no FREQ that RFC 5545 knows",
                    """
                    anna|unreadable.ics|-|the text is no iCalendar: it does not begin with \
                    BEGIN:VCALENDAR; perhaps it is a web page
                    """,
                ]
            )
            // An occurrence a day, as far as the rules look ahead, and one each of the whole ones.
            #expect(try await office.reconcileTouched() == ChangeCounts(created: 30 + 2))
        }
    }

    @Test func `what is mended leaves the quarantine`() async throws {
        try await withFolder { office in
            try office.write("BEGIN:VCALENDAR\r\n", to: "calendars/anna/late.ics")
            try office.book("anna", EventText("e", "20261123T140000Z", "20261123T130000Z"))
            try await office.run("load", "bookings")
            #expect(try await office.rows(quarantine).count == 2)
            #expect(try await office.reconcileTouched() == ChangeCounts(created: 2))

            try office.book("anna", EventText("e", "20261123T140000Z", "20261123T150000Z"))
            try await office.run("load", "bookings")
            #expect(try await office.rows(quarantine).count == 1)
            #expect(try await office.reconcileTouched() == ChangeCounts(created: 1))

            try office.book("anna", EventText("late", "20261123T160000Z", "20261123T170000Z"))
            try await office.run("load", "bookings")
            #expect(try await office.rows(quarantine) == [])
            #expect(try await office.reconcileTouched() == ChangeCounts(created: 1))
        }
    }

    @Test func `what is removed leaves the quarantine as well`() async throws {
        try await withFolder { office in
            try office.write("nothing", to: "calendars/anna/late.ics")
            try await office.run("load", "bookings")
            try office.remove("calendars/anna/late.ics")
            try await office.run("load", "bookings")
            #expect(try await office.rows(quarantine) == [])
        }
    }

    @Test(arguments: ["cut off", "a rule that nobody can expand"])
    func `a series that becomes unreadable keeps its occurrences`(fault: String) async throws {
        try await withFolder { office in
            func series(_ lines: [String]) -> EventText {
                EventText("s", "20261123T120000Z", "20261123T130000Z", lines)
            }
            try office.book("anna", series(["RRULE:FREQ=WEEKLY;COUNT=3"]))
            try await office.run("load", "bookings")
            #expect(try await office.reconcileTouched() == ChangeCounts(created: 5))

            let broken =
                fault == "cut off"
                ? String(series(["RRULE:FREQ=WEEKLY;COUNT=3"]).text.prefix(150))
                : series(["RRULE:FREQ=WEEKLY;BYDAY=XX"]).text
            try office.write(broken, to: "calendars/anna/s.ics")
            for full in ["--verbose", "--full"] {
                try await office.run("load", "bookings", full)
                #expect(try await office.rows(quarantine).count == 1)
                #expect(try await office.reconcileTouched() == .none)
                #expect(
                    try await office.rows(
                        "select count(*) from calendar.bookings where booking_key like 's/%'"
                    ) == ["3"]
                )
            }

            try office.book(
                "anna",
                series(["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261130T120000Z"])
            )
            try await office.run("load", "bookings")
            #expect(try await office.rows(quarantine) == [])
            #expect(try await office.reconcileTouched() == ChangeCounts(withdrawn: 1))
        }
    }
}
