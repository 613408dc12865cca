import AbsenceModel
import Testing

@testable import CalendarFeed

@Suite struct SeriesTests {
    /// Mondays at 09:00 in Stockholm from 2 November 2026, 08:00Z in winter.
    private static let weekly = [
        "DTSTART;TZID=Europe/Stockholm:20261102T090000",
        "DTEND;TZID=Europe/Stockholm:20261102T100000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
    ]

    @Test func `a series has a booking for each occurrence, by its original start`() throws {
        let bookings = try ICalendarSample(series: Self.weekly).read().bookings
        #expect(
            bookings.map { "\($0.key) \($0.time.text)" } == [
                "a/20261102T080000Z 20261102T080000Z/20261102T090000Z",
                "a/20261109T080000Z 20261109T080000Z/20261109T090000Z",
                "a/20261116T080000Z 20261116T080000Z/20261116T090000Z",
                "a/20261123T080000Z 20261123T080000Z/20261123T090000Z",
            ]
        )
    }

    @Test(arguments: [
        "EXDATE;TZID=Europe/Stockholm:20261109T090000",
        "EXDATE:20261109T080000Z",
        "EXDATE;TZID=America/New_York:20261109T030000",
        "EXDATE;TZID=W. Europe Standard Time:20261109T090000",
        // Floating: where the series is, not where the user is.
        "EXDATE:20261109T090000",
        "EXDATE;VALUE=DATE:20261109",
        "EXDATE;TZID=Europe/Stockholm:20261201T090000,20261109T090000",
        "EXDATE;TZID=Europe/Stockholm:20261109T090000, 20261109T090000",
    ])
    func `an excluded occurrence is not told, however it is spelled`(line: String) throws {
        let sample = ICalendarSample(series: Self.weekly + [line])
            .with { $0.zone = "Australia/Lord_Howe" }
        #expect(
            try sample.starts() == ["20261102T080000Z", "20261116T080000Z", "20261123T080000Z"]
        )
        #expect(try sample.broken() == [])
    }

    @Test(arguments: [
        ("RDATE;TZID=Europe/Stockholm:20261104T140000", "20261104T130000Z/20261104T140000Z"),
        ("RDATE:20261104T130000Z", "20261104T130000Z/20261104T140000Z"),
        // A date in a series of times: at the time of the series.
        ("RDATE;VALUE=DATE:20261104", "20261104T080000Z/20261104T090000Z"),
        ("RDATE;VALUE=PERIOD:20261104T130000Z/PT3H", "20261104T130000Z/20261104T160000Z"),
        (
            "RDATE;VALUE=PERIOD:20261104T130000Z/20261104T150000Z",
            "20261104T130000Z/20261104T150000Z"
        ),
        ("RDATE:20261104T130000Z/PT3H", "20261104T130000Z/20261104T160000Z"),
        (
            "RDATE;VALUE=PERIOD;TZID=Europe/Stockholm:20261104T140000/PT15M",
            "20261104T130000Z/20261104T131500Z"
        ),
    ])
    func `an added occurrence is told`(line: String, time: String) throws {
        let sample = ICalendarSample(series: Self.weekly + [line])
        #expect(try sample.times().count == 5)
        #expect(try sample.times().contains(time))
    }

    @Test func `a period may lengthen an occurrence that the rule gives`() throws {
        let line = "RDATE;VALUE=PERIOD:20261109T080000Z/PT3H"
        let times = try ICalendarSample(series: Self.weekly + [line]).times()
        #expect(times.count == 4)
        #expect(times[1] == "20261109T080000Z/20261109T110000Z")
    }

    @Test func `added dates alone make a series with its start`() throws {
        let sample = ICalendarSample(
            "DTSTART:20261102T080000Z",
            "DURATION:PT1H",
            "RDATE:20261110T080000Z,20261120T080000Z"
        )
        #expect(
            try sample.read().bookings.map(\.key) == [
                "a/20261102T080000Z", "a/20261110T080000Z", "a/20261120T080000Z",
            ]
        )
    }

    @Test func `excluded dates win over added ones`() throws {
        let lines = ["RDATE:20261104T080000Z", "EXDATE:20261104T080000Z"]
        #expect(try ICalendarSample(series: Self.weekly + lines).times().count == 4)
    }

    @Test func `a rule of exceptions takes occurrences away`() throws {
        let sample = ICalendarSample(
            series: Self.weekly + ["EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2"]
        )
        #expect(try sample.starts() == ["20261109T080000Z", "20261123T080000Z"])
    }

    @Test func `a series of whole days has days for its names`() throws {
        let sample = ICalendarSample(
            "DTSTART;VALUE=DATE:20261102",
            "DTEND;VALUE=DATE:20261104",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;VALUE=DATE:20261109",
            "EXDATE:20261115T230000Z",
            "RDATE;VALUE=DATE:20261225"
        )
        #expect(
            try sample.read().bookings.map { "\($0.key) \($0.time.text)" } == [
                "a/20261102 2026-11-02/2026-11-04", "a/20261123 2026-11-23/2026-11-25",
                "a/20261225 2026-12-25/2026-12-27",
            ]
        )
    }

    @Test func `a series that Outlook marks as whole days is one of days`() throws {
        let sample = ICalendarSample(
            series: [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
                "DTSTART;TZID=W. Europe Standard Time:20261023T000000",
                "DTEND;TZID=W. Europe Standard Time:20261024T000000",
                "RRULE:FREQ=DAILY;UNTIL=20261026T230000Z",
                "EXDATE;TZID=W. Europe Standard Time:20261024T000000",
            ],
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
                "RECURRENCE-ID;TZID=W. Europe Standard Time:20261025T000000",
                "DTSTART;TZID=W. Europe Standard Time:20261025T000000",
                "DTEND;TZID=W. Europe Standard Time:20261027T000000",
            ]
        )
        #expect(
            try sample.read().bookings.map { "\($0.key) \($0.time.text)" }.sorted() == [
                "a/20261023 2026-10-23/2026-10-24", "a/20261025 2026-10-25/2026-10-27",
                "a/20261026 2026-10-26/2026-10-27", "a/20261027 2026-10-27/2026-10-28",
            ]
        )
    }

    @Test(arguments: [
        // At the very start of the last one, and a second before it.
        ("UNTIL=20261116T080000Z", 3), ("UNTIL=20261116T075959Z", 2),
        // Floating, at the wall of the series.
        ("UNTIL=20261116T090000", 3), ("UNTIL=20261116T085959", 2),
        // A date: to the end of that day.
        ("UNTIL=20261116", 3), ("UNTIL=20261115", 2),
        ("UNTIL=20261102T080000Z", 1),
        // Programs remove a series so.
        ("UNTIL=20261101T225959Z", 0), ("UNTIL=20201231", 0),
        ("COUNT=1", 1), ("COUNT=3", 3),
        ("UNTIL=20261116T080000Z;COUNT=2", 3),
    ])
    func `a series ends where its rule says`(end: String, count: Int) throws {
        let sample = ICalendarSample(
            "DTSTART;TZID=Europe/Stockholm:20261102T090000",
            "RRULE:FREQ=WEEKLY;\(end)"
        )
        #expect(try sample.times().count == count)
    }

    @Test(arguments: [
        ("UNTIL=20261116", 15), ("UNTIL=20261116T000000Z", 15), ("UNTIL=20261116T000000", 15),
        // The user's own midnight in UTC, and its last second.
        ("UNTIL=20261115T230000Z", 15), ("UNTIL=20261116T225959Z", 15),
    ])
    func `a series of days ends with the day of its rule`(end: String, count: Int) throws {
        let sample = ICalendarSample("DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=DAILY;\(end)")
        #expect(try sample.times().count == count)
    }

    @Test func `a series without end is bounded by the window`() throws {
        let sample = ICalendarSample("DTSTART:20150105T080000Z", "RRULE:FREQ=DAILY")
            .with { $0.window = ("20261101T000000", "20261201T000000") }
        #expect(try sample.times().count == 30)
        #expect(try sample.starts().first == "20261101T080000Z")
    }

    @Test func `an occurrence that reaches into the window is told`() throws {
        let sample = ICalendarSample(
            "DTSTART:20260105T080000Z",
            "DURATION:P40D",
            "RRULE:FREQ=MONTHLY"
        )
        .with { $0.window = ("20261101T000000", "20261102T000000") }
        #expect(try sample.starts() == ["20261005T080000Z"])
    }

    @Test(arguments: [
        // Every second week, counted from the start, eleven years later.
        ("20150105T080000Z", "FREQ=WEEKLY;INTERVAL=2", ["20261109", "20261123"]),
        (
            "20150105T080000Z", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU",
            [
                "20261108", "20261109", "20261122", "20261123",
            ]
        ),
        ("20150131T080000Z", "FREQ=MONTHLY", []),
        ("20150131T080000Z", "FREQ=MONTHLY;BYMONTHDAY=-1", ["20261130"]),
        ("20150105T080000Z", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["20261130"]),
        ("20150105T080000Z", "FREQ=MONTHLY;BYDAY=2TU", ["20261110"]),
        ("20150105T080000Z", "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR", []),
        ("20150117T080000Z", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=17", ["20261117"]),
        ("20150117T080000Z", "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYMONTHDAY=17", []),
        ("20150117T080000Z", "FREQ=DAILY;INTERVAL=10;COUNT=432", ["20261105"]),
    ])
    func `an old series keeps its step`(start: String, rule: String, days: [String]) throws {
        let sample = ICalendarSample("DTSTART:\(start)", "RRULE:\(rule)")
            .with { $0.window = ("20261101T000000", "20261201T000000") }
        #expect(try sample.starts().map { String($0.prefix(8)) } == days)
    }

    @Test func `a series of a hundred years costs no more steps than a new one`() throws {
        let sample = ICalendarSample(
            "DTSTART:19000101T080000Z",
            "RRULE:FREQ=DAILY;BYHOUR=8,9,10,11,12,13"
        ).with { $0.window = ("20261101T000000", "20261201T000000") }
        #expect(try sample.times().count == 180)
    }

    @Test func `the start counts as an occurrence that the rule does not give`() throws {
        let sample = ICalendarSample(
            "DTSTART:20261103T080000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261120T000000Z"
        )
        #expect(
            try sample.starts() == ["20261103T080000Z", "20261109T080000Z", "20261116T080000Z"]
        )
    }

    @Test func `two rules are put together`() throws {
        let sample = ICalendarSample(
            "DTSTART:20261102T080000Z",
            "RRULE:FREQ=WEEKLY;COUNT=2",
            "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"
        )
        #expect(
            try sample.starts() == [
                "20261102T080000Z", "20261104T080000Z", "20261109T080000Z", "20261111T080000Z",
            ]
        )
    }

    @Test func `cancelling the series cancels every occurrence`() throws {
        let override = [
            "RECURRENCE-ID:20261109T080000Z", "DTSTART:20261110T080000Z", "STATUS:CONFIRMED",
        ]
        let sample = ICalendarSample(series: Self.weekly + ["STATUS:CANCELLED"], override)
        let bookings = try sample.read().bookings
        #expect(bookings.count == 4)
        #expect(bookings.filter(\.isCancelled).count == 4)
    }
}
