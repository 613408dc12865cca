import AbsenceModel
import Testing

@testable import CalendarFeed

/// Events and rules that are wrong.
@Suite struct BrokenEventTests {
    @Test(arguments: [
        (["SUMMARY:Hemligt"], "a the event has no DTSTART"),
        (["DTSTART:20261301T080000Z"], "a DTSTART is no date of the calendar"),
        (["DTSTART:20260230T080000Z"], "a DTSTART is no date of the calendar"),
        (["DTSTART:20261123T13000Z"], "a DTSTART is no date of the calendar"),
        (["DTSTART:Hemligt"], "a DTSTART is no date of the calendar"),
        (
            ["DTSTART:20261123T080000Z", "DTEND:20261323T080000Z"],
            "a DTEND is no date of the calendar"
        ),
        (
            ["DTSTART:20261123T080000Z", "DTEND:20261123T070000Z"],
            "a the event ends before it starts"
        ),
        (
            ["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261122"],
            "a the event ends before it starts"
        ),
        (["DTSTART:20261123T080000Z", "DURATION:-PT1H"], "a the event ends before it starts"),
        (["DTSTART;VALUE=DATE:20261123", "DURATION:-P1D"], "a the event ends before it starts"),
        (["DTSTART:20261123T080000Z", "DURATION:P1Y"], "a libical refuses DURATION"),
        (["DTSTART:20261123T080000Z", "DURATION:Hemligt"], "a libical refuses DURATION"),
    ])
    func `an event that cannot be read is broken and the rest goes through`(
        lines: [String],
        broken: String
    ) throws {
        let sample = ICalendarSample(series: lines)
            .with { $0.events.append(["UID:b", "DTSTART:20261123T080000Z"]) }
        #expect(try sample.read().bookings.map(\.key) == ["b"])
        #expect(try sample.broken() == [broken])
    }

    @Test(arguments: [
        "FREQ=FORTNIGHTLY", "INTERVAL=2", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=65537", "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;COUNT=some", "FREQ=WEEKLY;UNTIL=20261340", "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=YEARLY;BYDAY=60MO",
        "FREQ=DAILY;BYHOUR=25", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=WEEKLY;HEMLIGT=1",
        "FREQ=WEEKLY;BYDAY", "Hemligt", "FREQ=WEEKLY;WKST=QQ", "FREQ=DAILY;BYYEARDAY=400",
        // More than anybody books.
        "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=SECONDLY;BYMONTH=2",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,10,20,30,40,50",
    ])
    func `a series whose rule cannot be expanded is broken, never a single event`(
        rule: String
    ) throws {
        let sample = ICalendarSample("DTSTART:20260105T080000Z", "RRULE:\(rule)")
            .with { $0.events.append(["UID:b", "DTSTART:20261123T080000Z"]) }
        #expect(try sample.read().bookings.map(\.key) == ["b"])
        let broken = try #require(try sample.read().broken.first)
        #expect(broken.key == "a" && !broken.isDegraded)
        #expect(!broken.reason.contains("HEMLIGT"))
    }

    @Test(arguments: [
        // What other programs write and libical refuses (recurrence.md, pitfall 1).
        ("FREQ=WEEKLY; UNTIL=20260120T000000Z; BYDAY=MO, TU", 5, 0),
        ("freq=weekly;until=20260120t000000z", 3, 0),
        ("FREQ=WEEKLY;UNTIL=20260120T000000Z;", 3, 0),
        ("FREQ=WEEKLY;BYDAY=MO,,TU,;UNTIL=20260120T000000Z", 5, 0),
        ("FREQ=WEEKLY;BYDAY=+0MO;UNTIL=20260120T000000Z", 3, 0),
        ("FREQ=WEEKLY;UNTIL=20260120T000000Z;COUNT=-1", 3, 1),
        ("FREQ=WEEKLY;UNTIL=20260120T000000Z;COUNT=0", 3, 1),
        ("FREQ=WEEKLY;UNTIL=20260120T000000Z;COUNT=1", 3, 1),
        ("FREQ=WEEKLY;COUNT=3;X-NOTE=1", 3, 1),
        ("FREQ=WEEKLY;COUNT=3;COUNT=3", 3, 0),
        ("FREQ=MONTHLY;BYMONTHDAY=20,5,5,-1;COUNT=5", 5, 0),
        ("RSCALE=GREGORIAN;FREQ=WEEKLY;COUNT=3", 3, 0),
        ("FREQ=DAILY;BYHOUR=16,8;COUNT=4", 4, 0),
        // Expanded, but nobody has checked libical there (recurrence.md, pitfall 7).
        ("FREQ=HOURLY;INTERVAL=6;COUNT=4", 4, 1), ("FREQ=MINUTELY;COUNT=10", 10, 1),
        ("FREQ=SECONDLY;COUNT=10", 10, 1),
        ("FREQ=YEARLY;BYWEEKNO=2;BYDAY=MO;COUNT=2", 2, 1),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=1;COUNT=3", 3, 1),
        ("FREQ=DAILY;BYHOUR=8,9;BYSETPOS=1;COUNT=3", 3, 1),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;COUNT=3", 3, 0),
    ])
    func `a rule that is odd is expanded, and told where it may be wrong`(
        rule: String,
        count: Int,
        notes: Int
    ) throws {
        let sample = ICalendarSample("DTSTART:20260105T080000Z", "RRULE:\(rule)")
            .with { $0.window = ("20260101T000000", "20270601T000000") }
        #expect(try sample.times().count == count)
        let broken = try sample.read().broken
        #expect(broken.count == notes)
        #expect(broken.allSatisfy { $0.key == "a" && $0.isDegraded })
    }

    @Test func `a doubtful series outside the window is no matter`() throws {
        let sample = ICalendarSample("DTSTART:20160105T080000Z", "RRULE:FREQ=HOURLY;COUNT=3")
        #expect(try sample.broken() == [])
    }

    @Test func `a broken event that lies outside the window is no matter`() throws {
        let past = ICalendarSample("DTSTART;TZID=Mars:20160105T080000")
        #expect(try past.broken() == [])
        let unknown = ICalendarSample("DTSTART;TZID=Mars:20160105T080000", "RRULE:FREQ=DAILY")
        #expect(try unknown.broken().count == 1)
    }

    @Test func `dates of a list that do not exist are left out and told`() throws {
        let sample = ICalendarSample(
            "DTSTART:20261102T080000Z",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE:20261131T080000Z,20261109T080000Z",
            "RDATE:20261301T080000Z"
        )
        #expect(try sample.starts() == ["20261102T080000Z", "20261116T080000Z"])
        let broken = try sample.read().broken
        #expect(broken.map(\.isDegraded) == [true])
        #expect(broken.first?.reason.contains("EXDATE") == true)
        #expect(broken.first?.reason.contains("RDATE") == true)
    }

    @Test func `an occurrence that cannot be read is not told at its old time`() throws {
        let series = ["DTSTART:20261102T080000Z", "RRULE:FREQ=WEEKLY;COUNT=3"]
        let moved = ["RECURRENCE-ID:20261109T080000Z", "DTSTART;TZID=Mars:20261110T080000"]
        let sample = ICalendarSample(series: series, moved)
        #expect(try sample.starts() == ["20261102T080000Z", "20261116T080000Z"])
        let broken = try sample.read().broken
        #expect(broken.map(\.key) == ["a/20261109T080000Z"])
        #expect(broken.map(\.isDegraded) == [false])
    }

    @Test func `an occurrence that cannot be told is not taken for the series`() throws {
        let series = ["SEQUENCE:1", "DTSTART:20261102T080000Z", "RRULE:FREQ=WEEKLY;COUNT=3"]
        let moved = ["SEQUENCE:2", "RECURRENCE-ID:20261309T080000Z", "DTSTART:20261110T080000Z"]
        let sample = ICalendarSample(series: series, moved)
        #expect(try sample.times().count == 3)
        #expect(try sample.broken() == ["~a RECURRENCE-ID is no date of the calendar"])
    }

    @Test func `of a broken series what replaces its occurrences goes through`() throws {
        let series = ["DTSTART:20261102T080000Z", "RRULE:FREQ=NEVER"]
        let moved = ["RECURRENCE-ID:20261109T080000Z", "DTSTART:20261110T080000Z"]
        let sample = ICalendarSample(series: series, moved)
        #expect(try sample.read().bookings.map(\.key) == ["a/20261109T080000Z"])
        #expect(try sample.read().broken.map(\.key) == ["a"])
    }

    @Test func `a calendar of endless rules costs what it may and no more`() throws {
        let sample = ICalendarSample().with {
            $0.events = (0..<20).map {
                ["UID:\($0)", "DTSTART:20000101T080000Z", "RRULE:FREQ=DAILY;COUNT=500000"]
            }
        }
        var reader = try sample.reader
        reader.budget.steps = 100_000
        let content = try reader.read(Array(sample.text.utf8), resource: "r.ics")
        // Each takes some ten thousand steps.
        #expect(content.broken.count == 11)
        #expect(Set(content.bookings.map { $0.key.prefix { $0 != "/" } }).count == 9)
        reader.budget = ExpansionBudget()
        reader.budget.occurrences = 3000
        #expect(try reader.read(Array(sample.text.utf8), resource: "r.ics").broken.count == 16)
    }

    @Test func `no reason quotes what the event is about`() throws {
        let wrong = [
            "DTSTART:Hemligt", "DTSTART;TZID=Mars:20261123T080000", "DTEND:Hemligt",
            "RRULE:Hemligt", "DURATION:Hemligt", "RECURRENCE-ID:Hemligt",
            "X-KALENDERKOPPLING-CHOICE:Hemligt", "EXDATE:Hemligt", "SEQUENCE:Hemligt",
        ]
        for line in wrong {
            let sample = ICalendarSample(
                line,
                "DTSTART:20261123T080000Z",
                "SUMMARY:Hemligt",
                "LOCATION:Hemligt",
                "DESCRIPTION:Hemligt"
            )
            #expect(try sample.broken().allSatisfy { !$0.contains("Hemligt") }, "\(line)")
        }
    }
}
