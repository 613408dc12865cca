import AbsenceModel
import Testing

@testable import CalendarFeed

@Suite struct OverrideTests {
    /// Mondays at 09:00 in Stockholm from 2 November 2026, 08:00Z in winter.
    private static let weekly = [
        "DTSTART;TZID=Europe/Stockholm:20261102T090000",
        "DTEND;TZID=Europe/Stockholm:20261102T100000",
        "SUMMARY:Series",
        "RRULE:FREQ=WEEKLY;COUNT=4",
    ]

    private func told(_ sample: ICalendarSample) throws -> [String] {
        try sample.read().bookings.map { booking in
            "\(booking.key) \(booking.time.text) \(booking.subject ?? "-")"
                + (booking.isCancelled ? " cancelled" : "")
        }.sorted()
    }

    @Test(arguments: [
        "RECURRENCE-ID;TZID=Europe/Stockholm:20261109T090000",
        "RECURRENCE-ID:20261109T080000Z",
        "RECURRENCE-ID;TZID=W. Europe Standard Time:20261109T090000",
        "RECURRENCE-ID;TZID=Asia/Kolkata:20261109T133000",
        "RECURRENCE-ID:20261109T090000",
        "RECURRENCE-ID;VALUE=DATE:20261109",
    ])
    func `a moved occurrence keeps its name, however it is spelled`(line: String) throws {
        let moved = [
            line, "DTSTART;TZID=Europe/Stockholm:20261110T140000",
            "DTEND;TZID=Europe/Stockholm:20261110T150000", "SUMMARY:Moved",
        ]
        let sample = ICalendarSample(series: Self.weekly, moved)
            .with { $0.zone = "America/New_York" }
        #expect(
            try told(sample) == [
                "a/20261102T080000Z 20261102T080000Z/20261102T090000Z Series",
                "a/20261109T080000Z 20261110T130000Z/20261110T140000Z Moved",
                "a/20261116T080000Z 20261116T080000Z/20261116T090000Z Series",
                "a/20261123T080000Z 20261123T080000Z/20261123T090000Z Series",
            ]
        )
    }

    @Test func `an occurrence may be moved into the window and out of it`() throws {
        let sample = ICalendarSample(
            series: Self.weekly,
            ["RECURRENCE-ID:20261123T080000Z", "DTSTART:20261105T080000Z"],
            ["RECURRENCE-ID:20261102T080000Z", "DTSTART:20261205T080000Z"]
        ).with { $0.window = ("20261101T000000", "20261110T000000") }
        #expect(
            try sample.read().bookings.map { "\($0.key) \($0.time.text)" }.sorted() == [
                "a/20261109T080000Z 20261109T080000Z/20261109T090000Z",
                "a/20261123T080000Z 20261105T080000Z/20261105T080000Z",
            ]
        )
    }

    @Test func `a cancelled occurrence is told as cancelled`() throws {
        let cancelled = [
            "RECURRENCE-ID:20261109T080000Z", "DTSTART:20261109T080000Z", "STATUS:CANCELLED",
        ]
        let bookings = try ICalendarSample(series: Self.weekly, cancelled).read().bookings
        #expect(bookings.filter(\.isCancelled).map(\.key) == ["a/20261109T080000Z"])
        #expect(bookings.count == 4)
    }

    @Test func `an excluded occurrence is gone with what replaced it`() throws {
        let moved = ["RECURRENCE-ID:20261109T080000Z", "DTSTART:20261110T080000Z"]
        for line in ["EXDATE:20261109T080000Z", "EXDATE;VALUE=DATE:20261109"] {
            let sample = ICalendarSample(series: Self.weekly + [line], moved)
            #expect(
                try sample.starts() == ["20261102T080000Z", "20261116T080000Z", "20261123T080000Z"]
            )
        }
    }

    @Test func `of two texts of an occurrence the newer counts`() throws {
        let old = [
            "RECURRENCE-ID:20261109T080000Z", "SEQUENCE:1", "DTSTART:20261110T080000Z",
        ]
        let new = [
            "RECURRENCE-ID;TZID=Europe/Stockholm:20261109T090000", "SEQUENCE:2",
            "DTSTART:20261111T080000Z",
        ]
        for overrides in [[old, new], [new, old]] {
            let sample = ICalendarSample(series: Self.weekly)
                .with { $0.events += overrides.map { ["UID:a"] + $0 } }
            #expect(try sample.starts().contains("20261111T080000Z"))
            #expect(try sample.times().count == 4)
        }
    }

    @Test func `an occurrence may become a whole day, and a day a time`() throws {
        let day = ["RECURRENCE-ID:20261109T080000Z", "DTSTART;VALUE=DATE:20261110"]
        #expect(
            try ICalendarSample(series: Self.weekly, day).read().bookings
                .map { "\($0.key) \($0.time.text)" }.contains(
                    "a/20261109T080000Z 2026-11-10/2026-11-11"
                )
        )
        let days = ["DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=DAILY;COUNT=3"]
        for line in [
            "RECURRENCE-ID;VALUE=DATE:20261103", "RECURRENCE-ID:20261102T230000Z",
            "RECURRENCE-ID;TZID=Europe/Stockholm:20261103T000000",
        ] {
            let time = [line, "DTSTART:20261103T080000Z", "DTEND:20261103T090000Z"]
            #expect(
                try ICalendarSample(series: days, time).read().bookings
                    .map { "\($0.key) \($0.time.text)" }.sorted() == [
                        "a/20261102 2026-11-02/2026-11-03",
                        "a/20261103 20261103T080000Z/20261103T090000Z",
                        "a/20261104 2026-11-04/2026-11-05",
                    ]
            )
        }
    }

    @Test func `occurrences without their series stand alone`() throws {
        let sample = ICalendarSample(
            series: ["RECURRENCE-ID:20261109T080000Z", "DTSTART:20261110T080000Z", "SUMMARY:One"],
            ["RECURRENCE-ID;VALUE=DATE:20261112", "DTSTART;VALUE=DATE:20261112", "SUMMARY:Two"]
        )
        #expect(
            try told(sample) == [
                "a/20261109T080000Z 20261110T080000Z/20261110T080000Z One",
                "a/20261112 2026-11-12/2026-11-13 Two",
            ]
        )
    }

    @Test func `an occurrence that the rule does not give is told all the same`() throws {
        let extra = ["RECURRENCE-ID:20261111T080000Z", "DTSTART:20261111T090000Z"]
        #expect(try ICalendarSample(series: Self.weekly, extra).times().count == 5)
    }

    @Test func `an older text with a rule of its own is no occurrence`() throws {
        let remnant = [
            "SEQUENCE:1", "RECURRENCE-ID:20261130T080000Z", "DTSTART:20261130T080000Z",
            "RRULE:FREQ=WEEKLY",
        ]
        #expect(
            try ICalendarSample(series: Self.weekly + ["SEQUENCE:2"], remnant).times().count == 4
        )
    }

    @Test func `this and future moves what follows by as much, on the wall`() throws {
        let series = [
            "DTSTART;TZID=Europe/Stockholm:20261012T090000", "DURATION:PT1H", "SUMMARY:Old",
            "RRULE:FREQ=WEEKLY;COUNT=5",
        ]
        let following = [
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Stockholm:20261019T090000",
            "DTSTART;TZID=Europe/Stockholm:20261020T100000", "DURATION:PT2H", "SUMMARY:New",
        ]
        let exact = [
            "RECURRENCE-ID;TZID=Europe/Stockholm:20261102T090000", "SUMMARY:Own",
            "DTSTART;TZID=Europe/Stockholm:20261102T090000",
        ]
        // The clock is set back on 25 October.
        #expect(
            try told(ICalendarSample(series: series, following, exact)) == [
                "a/20261012T070000Z 20261012T070000Z/20261012T080000Z Old",
                "a/20261019T070000Z 20261020T080000Z/20261020T100000Z New",
                "a/20261026T080000Z 20261027T090000Z/20261027T110000Z New",
                "a/20261102T080000Z 20261102T080000Z/20261102T080000Z Own",
                "a/20261109T080000Z 20261110T090000Z/20261110T110000Z New",
            ]
        )
    }

    @Test func `this and future may bring occurrences into the window`() throws {
        let following = [
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20261109T080000Z", "DTSTART:20261019T080000Z",
        ]
        let sample = ICalendarSample(series: Self.weekly, following)
            .with { $0.window = ("20261026T000000", "20261027T000000") }
        #expect(
            try sample.read().bookings.map { "\($0.key) \($0.time.text)" } == [
                "a/20261116T080000Z 20261026T080000Z/20261026T080000Z"
            ]
        )
    }

    @Test func `this and future may make days of times`() throws {
        let following = [
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20261116T080000Z", "DTSTART;VALUE=DATE:20261117",
        ]
        #expect(
            try ICalendarSample(series: Self.weekly, following).times() == [
                "2026-11-17/2026-11-18", "2026-11-24/2026-11-25",
                "20261102T080000Z/20261102T090000Z", "20261109T080000Z/20261109T090000Z",
            ]
        )
    }
}
