import AbsenceModel
import Foundation
import Testing

/// The clock changes of 2026 as the IANA database has them.
@Suite struct WallClockTests {
    struct Reading: CustomTestStringConvertible, Sendable {
        var zone: String
        var wall: String
        /// All instants that show it, in UTC.
        var instants: [String]
        /// The one that is chosen.
        var instant: String

        var testDescription: String { "\(zone) \(wall)" }

        init(_ zone: String, _ wall: String, _ instants: [String], chosen: String? = nil) {
            self.zone = zone
            self.wall = wall
            self.instants = instants
            instant = chosen ?? instants[0]
        }
    }

    static let readings = [
        // Stockholm: 29 March 02:00 to 03:00, 25 October 03:00 to 02:00.
        Reading("Europe/Stockholm", "2026-03-29T01:59:59", ["2026-03-29T00:59:59"]),
        Reading("Europe/Stockholm", "2026-03-29T02:00", [], chosen: "2026-03-29T01:00"),
        Reading("Europe/Stockholm", "2026-03-29T02:30", [], chosen: "2026-03-29T01:30"),
        Reading("Europe/Stockholm", "2026-03-29T03:00", ["2026-03-29T01:00"]),
        Reading("Europe/Stockholm", "2026-10-25T01:59:59", ["2026-10-24T23:59:59"]),
        Reading("Europe/Stockholm", "2026-10-25T02:00", ["2026-10-25T00:00", "2026-10-25T01:00"]),
        Reading("Europe/Stockholm", "2026-10-25T02:30", ["2026-10-25T00:30", "2026-10-25T01:30"]),
        Reading("Europe/Stockholm", "2026-10-25T03:00", ["2026-10-25T02:00"]),
        // New York: 8 March 02:00 to 03:00, 1 November 02:00 to 01:00.
        Reading("America/New_York", "2026-03-08T01:59", ["2026-03-08T06:59"]),
        Reading("America/New_York", "2026-03-08T02:30", [], chosen: "2026-03-08T07:30"),
        Reading("America/New_York", "2026-03-08T03:00", ["2026-03-08T07:00"]),
        Reading("America/New_York", "2026-11-01T00:59", ["2026-11-01T04:59"]),
        Reading("America/New_York", "2026-11-01T01:30", ["2026-11-01T05:30", "2026-11-01T06:30"]),
        Reading("America/New_York", "2026-11-01T02:00", ["2026-11-01T07:00"]),
        // Lord Howe changes by half an hour: 5 April 02:00 to 01:30, 4 October 02:00 to 02:30.
        Reading("Australia/Lord_Howe", "2026-04-05T01:29", ["2026-04-04T14:29"]),
        Reading(
            "Australia/Lord_Howe",
            "2026-04-05T01:30",
            ["2026-04-04T14:30", "2026-04-04T15:00"]
        ),
        Reading(
            "Australia/Lord_Howe",
            "2026-04-05T01:59",
            ["2026-04-04T14:59", "2026-04-04T15:29"]
        ),
        Reading("Australia/Lord_Howe", "2026-04-05T02:00", ["2026-04-04T15:30"]),
        Reading("Australia/Lord_Howe", "2026-10-04T01:59", ["2026-10-03T15:29"]),
        Reading("Australia/Lord_Howe", "2026-10-04T02:15", [], chosen: "2026-10-03T15:45"),
        Reading("Australia/Lord_Howe", "2026-10-04T02:30", ["2026-10-03T15:30"]),
        // The largest offsets, and a zone that left out a whole day.
        Reading("Pacific/Kiritimati", "2026-01-01T00:00", ["2025-12-31T10:00"]),
        Reading("Pacific/Pago_Pago", "2026-01-01T00:00", ["2026-01-01T11:00"]),
        Reading("Pacific/Apia", "2011-12-30T12:00", [], chosen: "2011-12-30T22:00"),
        Reading("Asia/Kathmandu", "2026-06-15T12:00", ["2026-06-15T06:15"]),
    ]

    @Test(arguments: readings)
    func `the wall clock tells the instant`(reading: Reading) throws {
        let timeZone = try #require(TimeZone(identifier: reading.zone))
        let wall = try #require(WallClock(reading.wall))
        #expect(wall.instants(in: timeZone).map(utc) == reading.instants)
        #expect(utc(wall.instant(in: timeZone)) == reading.instant)
    }

    @Test(arguments: readings)
    func `an instant tells the wall clock`(reading: Reading) throws {
        let timeZone = try #require(TimeZone(identifier: reading.zone))
        for instant in reading.instants {
            let date = try #require(WallClock(instant)).instant(offset: 0)
            #expect(WallClock(at: date, in: timeZone).description == reading.wall)
        }
    }

    @Test func `a time in a gap is shown as far behind it as it was after its start`() throws {
        let stockholm = try #require(TimeZone(identifier: "Europe/Stockholm"))
        let instant = WallClock.instant(of: 2026, 3, 29, 2, 30, 0, in: stockholm)
        #expect("\(WallClock(at: instant, in: stockholm))" == "2026-03-29T03:30")
    }

    @Test func `every quarter of the year 2026 comes back`() throws {
        for zone in ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe"] {
            let timeZone = try #require(TimeZone(identifier: zone))
            let start = WallClock.instant(of: 2026, 1, 1, in: timeZone)
            for quarter in 0..<(365 * 96) {
                let instant = start.addingTimeInterval(Double(quarter * 900))
                let wall = WallClock(at: instant, in: timeZone)
                try #require(wall.instants(in: timeZone).contains(instant), "\(zone) \(instant)")
                try #require(wall.instant(in: timeZone) <= instant)
            }
        }
    }

    @Test func `parts of a second are dropped, also before 1970`() {
        let before = Date(timeIntervalSince1970: -0.5)
        #expect("\(WallClock(at: before, in: .gmt))" == "1969-12-31T23:59:59")
        let after = Date(timeIntervalSince1970: 59.999)
        #expect("\(WallClock(at: after, in: .gmt))" == "1970-01-01T00:00:59")
    }

    @Test func `24:00 is the start of the day after`() {
        let end = WallClock(date: LocalDate(year: 2026, month: 12, day: 31), hour: 24)
        #expect(utc(end.instant(in: .gmt)) == "2027-01-01T00:00")
    }

    @Test func `wall clocks have the order of their times`() throws {
        let nine = try #require(WallClock("2026-11-23T09:00"))
        let ten = try #require(WallClock("2026-11-23T10:00"))
        #expect(nine < ten)
        #expect(!(ten < nine))
    }

    @Test(arguments: [
        "", "T", "2026-11-23", "2026-11-23 09:00", "2026-11-23T9:00", "2026-11-23T09",
        "2026-11-23T24:00", "2026-11-23T09:60", "2026-11-23T09:00:60", "2026-11-23T09:00:00.5",
        "2026-11-23T09:00Z", "2026-11-23T09:00:00:00", "2026-02-29T09:00", "2026-11-23T09:+1",
        "2026-11-23T٠٩:00",
    ])
    func `what is no wall time is not read`(text: String) {
        #expect(WallClock(text) == nil)
    }

    private func utc(_ instant: Date) -> String {
        WallClock(at: instant, in: .gmt).description
    }
}

@Suite struct LocalDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-23", 20_780),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `a date has its number of days, and back`(text: String, days: Int) throws {
        let date = try #require(LocalDate(text))
        #expect(date.daysSince1970 == days)
        #expect(LocalDate(daysSince1970: days).description == text)
    }

    @Test func `all days of 800 years follow each other`() {
        var last = LocalDate(daysSince1970: -146_098)
        for days in -146_097...146_097 {
            let date = LocalDate(daysSince1970: days)
            #expect(last < date && date.daysSince1970 == days)
            last = date
        }
    }

    @Test func `a month or day beyond its range counts on`() {
        let date = LocalDate(year: 2026, month: 14, day: 0)
        #expect(LocalDate(daysSince1970: date.daysSince1970).description == "2027-01-31")
        let earlier = LocalDate(year: 2026, month: 0, day: 1)
        #expect(LocalDate(daysSince1970: earlier.daysSince1970).description == "2025-12-01")
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-11-31", "2026-13-01", "2026-00-10", "2026-01-00",
        "2100-02-29", "26-11-23", "2026-1-23", "+026-11-23", "2026-11-23-", "2026-11-2³",
        "0000-12-31",
    ])
    func `what is no date is not read`(text: String) {
        #expect(LocalDate(text) == nil)
    }
}
