import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed

/// The changes of the clock in 2026: Stockholm on 29 March and 25 October, New York on
/// 8 March and 1 November, Lord Howe (by half an hour) on 5 April and 4 October.
@Suite struct ClockChangeTests {
    @Test(arguments: [
        // A meeting keeps its time on the wall.
        ("Europe/Stockholm", "20260328T090000", ["28T080000", "29T070000", "30T070000"]),
        ("Europe/Stockholm", "20261024T090000", ["24T070000", "25T080000", "26T080000"]),
        ("America/New_York", "20260307T090000", ["07T140000", "08T130000", "09T130000"]),
        ("America/New_York", "20261031T090000", ["31T130000", "01T140000", "02T140000"]),
        ("Australia/Lord_Howe", "20260404T090000", ["03T220000", "04T223000", "05T223000"]),
        ("Australia/Lord_Howe", "20261003T090000", ["02T223000", "03T220000", "04T220000"]),
        // A time that the clock jumps over: by the offset before, and back the day after.
        ("Europe/Stockholm", "20260328T023000", ["28T013000", "29T013000", "30T003000"]),
        ("America/New_York", "20260307T023000", ["07T073000", "08T073000", "09T063000"]),
        ("Australia/Lord_Howe", "20261003T021500", ["02T154500", "03T154500", "04T151500"]),
        // A time that the clock shows twice: the first.
        ("Europe/Stockholm", "20261024T023000", ["24T003000", "25T003000", "26T013000"]),
        ("America/New_York", "20261031T013000", ["31T053000", "01T053000", "02T063000"]),
        ("Australia/Lord_Howe", "20260404T014500", ["03T144500", "04T144500", "05T151500"]),
        // Where clocks stay.
        ("Asia/Kolkata", "20260328T090000", ["28T033000", "29T033000", "30T033000"]),
    ])
    func `a daily series crosses a change of the clock`(
        zone: String,
        start: String,
        days: [String]
    ) throws {
        let sample = ICalendarSample("DTSTART;TZID=\(zone):\(start)", "RRULE:FREQ=DAILY;COUNT=3")
            .with { $0.window = ("20260101T000000", "20270101T000000") }
        #expect(try sample.starts().map { String($0.dropFirst(6).dropLast()) } == days)
    }

    @Test func `a series at half past two does not drift over the years`() throws {
        let sample = ICalendarSample(
            "DTSTART;TZID=Europe/Stockholm:20160101T023000",
            "RRULE:FREQ=DAILY"
        )
        .with { $0.window = ("20260327T000000", "20260401T000000") }
        #expect(
            try sample.starts() == [
                "20260327T013000Z", "20260328T013000Z", "20260329T013000Z", "20260330T003000Z",
                "20260331T003000Z",
            ]
        )
    }

    @Test(arguments: [
        // A shift over the night in which the clock is set: to the same time on the wall.
        ("20260328T220000", "20260329T060000", "20260328T210000Z/20260329T040000Z"),
        ("20261024T220000", "20261025T060000", "20261024T200000Z/20261025T050000Z"),
        // Within the hour that there is not, and the one that there is twice.
        ("20260329T020000", "20260329T023000", "20260329T010000Z/20260329T013000Z"),
        ("20260329T023000", "20260329T030000", "20260329T013000Z/20260329T020000Z"),
        ("20260329T023000", "20260329T031500", "20260329T013000Z/20260329T021500Z"),
        ("20261025T023000", "20261025T030000", "20261025T003000Z/20261025T020000Z"),
        ("20261025T020000", "20261025T023000", "20261025T000000Z/20261025T003000Z"),
    ])
    func `an event lasts over a change of the clock`(
        start: String,
        end: String,
        time: String
    ) throws {
        let lines = [
            "DTSTART;TZID=Europe/Stockholm:\(start)", "DTEND;TZID=Europe/Stockholm:\(end)",
        ]
        #expect(try ICalendarSample(series: lines).times() == [time])
        // The same as one of a series that began in January.
        let days = try #require(DateText(end.utf8)).wall.midnight.seconds
        let shift = days - (try #require(DateText("20260111".utf8)).wall.seconds)
        let walls = try [start, end].map { text in
            try #require(DateText(text.utf8)).wall + -shift
        }
        let series = ICalendarSample(
            "DTSTART;TZID=Europe/Stockholm:\(walls[0].dateTimeText)",
            "DTEND;TZID=Europe/Stockholm:\(walls[1].dateTimeText)",
            "RRULE:FREQ=DAILY"
        )
        #expect(try series.times().contains(time))
    }

    @Test func `a whole day is a whole day when the clock changes`() throws {
        let sample = ICalendarSample(
            "DTSTART;VALUE=DATE:20260328",
            "RRULE:FREQ=DAILY;COUNT=3"
        )
        #expect(
            try sample.times() == [
                "2026-03-28/2026-03-29", "2026-03-29/2026-03-30", "2026-03-30/2026-03-31",
            ]
        )
    }

    /// Every zone against Foundation's own calendar, at each quarter of an hour around the
    /// changes of 2026.
    @Test(arguments: [
        "Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
        "America/Santiago", "Asia/Tehran", "Pacific/Chatham", "Pacific/Apia", "Europe/Dublin",
    ])
    func `every instant comes back from its wall time`(name: String) throws {
        let timeZone = try #require(TimeZone(identifier: name))
        let zone = Zone(timeZone)
        var transition = Date(timeIntervalSince1970: 1_767_225_600)
        for _ in 0..<4 {
            guard let next = timeZone.nextDaylightSavingTimeTransition(after: transition) else {
                break
            }
            transition = next
            let center = Int(next.timeIntervalSince1970)
            for instant in stride(from: center - 90_000, through: center + 90_000, by: 900) {
                let wall = zone.wall(at: instant)
                let back = zone.instant(of: wall)
                // The first of the two instants that show one wall time.
                #expect(back <= instant)
                #expect(zone.wall(at: back) == wall)
                #expect(instant - back <= 7200)
            }
        }
    }
}
