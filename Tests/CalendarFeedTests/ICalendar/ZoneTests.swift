import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed

@Suite struct ZoneTests {
    /// What Outlook writes for Stockholm.
    static func description(
        _ name: String,
        location: String? = nil,
        offset: (String, String) = ("+0100", "+0200")
    ) -> [String] {
        ["BEGIN:VTIMEZONE", "TZID:\(name)"] + (location.map { ["X-LIC-LOCATION:\($0)"] } ?? []) + [
            "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:\(offset.1)",
            "TZOFFSETTO:\(offset.0)", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
            "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000",
            "TZOFFSETFROM:\(offset.0)", "TZOFFSETTO:\(offset.1)",
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
        ]
    }

    @Test(arguments: [
        ("Europe/Stockholm", "070000", "080000"),
        ("\"Europe/Stockholm\"", "070000", "080000"),
        ("/freeassociation.sourceforge.net/Europe/Stockholm", "070000", "080000"),
        ("/citadel.org/20190914_1/Europe/Stockholm", "070000", "080000"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "120000", "120000"),
        ("America/Argentina/Buenos_Aires", "120000", "120000"),
        ("Asia/Calcutta", "033000", "033000"), ("Europe/Kiev", "060000", "070000"),
        ("W. Europe Standard Time", "070000", "080000"),
        ("\"W. Europe Standard Time\"", "070000", "080000"),
        ("GMT Standard Time", "080000", "090000"), ("Greenwich Standard Time", "090000", "090000"),
        ("FLE Standard Time", "060000", "070000"), ("India Standard Time", "033000", "033000"),
        ("Eastern Standard Time", "130000", "140000"),
        ("Eastern Standard Time 1", "130000", "140000"),
        ("US Eastern Standard Time", "130000", "140000"),
        ("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "070000", "080000"),
        ("\"(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "070000", "080000"),
        ("(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome", "070000", "080000"),
        ("(UTC+00:00) Dublin\\, Edinburgh\\, Lisbon\\, London", "080000", "090000"),
        ("(GMT) Greenwich Mean Time : Dublin\\, Edinburgh\\, Lisbon\\, London", "080000", "090000"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "130000", "140000"),
        ("(UTC) Coordinated Universal Time", "090000", "090000"),
        ("tzone://Microsoft/Utc", "090000", "090000"), ("UTC", "090000", "090000"),
        ("GMT", "090000", "090000"), ("Etc/UTC", "090000", "090000"), ("Z", "090000", "090000"),
        ("CET", "070000", "080000"), ("europe/stockholm", "070000", "080000"),
        ("Etc/GMT-1", "080000", "080000"),
    ])
    func `a zone is known by its name`(name: String, summer: String, winter: String) throws {
        for (day, time) in [("20260601", summer), ("20261201", winter)] {
            let sample = ICalendarSample("DTSTART;TZID=\(name):\(day)T090000")
                .with { $0.zone = "Australia/Lord_Howe" }
            #expect(try sample.starts() == ["\(day)T\(time)Z"])
            #expect(try sample.broken() == [])
        }
    }

    @Test(arguments: [
        "Customized Time Zone", "tzone://Microsoft/Custom", "Stockholm, Oslo", "1", "",
    ])
    func `a zone that only the calendar knows is taken from there`(name: String) throws {
        let lines = Self.description(name, offset: ("+0100", "+0200"))
        for (wall, instant) in [
            ("20260329T013000", "20260329T003000Z"), ("20260329T023000", "20260329T013000Z"),
            ("20260329T030000", "20260329T010000Z"), ("20260601T090000", "20260601T070000Z"),
            ("20261025T023000", "20261025T003000Z"), ("20261025T030000", "20261025T020000Z"),
            ("20261201T090000", "20261201T080000Z"), ("20270601T090000", "20270601T070000Z"),
        ] {
            let sample = ICalendarSample("DTSTART;TZID=\(name.isEmpty ? "\"\"" : name):\(wall)")
                .with { $0.calendarLines = lines }
            #expect(try sample.starts() == [instant])
        }
    }

    @Test func `a described zone holds over every change of twenty years`() throws {
        let text = ICalendarSample("DTSTART;TZID=Own:20260101T000000")
            .with { $0.calendarLines = Self.description("Own") }.text
        let outline = try ICalendarOutline(Array(text.utf8))
        let end = try #require(WallTime(year: 2031, month: 1, day: 1))
        let zones = ZoneLookup(outline.calendars[0], user: .utc, until: end)
        let described = try #require(zones.zone(named: "Own"))
        let known = Zone(try #require(TimeZone(identifier: "Europe/Stockholm")))
        // Since 1996 the Union's clocks change on these days.
        for instant in stride(from: 978_307_200, to: 1_900_000_000, by: 10_800) {
            #expect(described.wall(at: instant) == known.wall(at: instant))
        }
    }

    @Test func `a zone without changes, and one that gave them up`() throws {
        let fixed = [
            "BEGIN:VTIMEZONE", "TZID:Fixed", "BEGIN:STANDARD", "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530", "END:STANDARD", "END:VTIMEZONE",
        ]
        let sample = ICalendarSample("DTSTART;TZID=Fixed:20260601T090000")
        #expect(try sample.with { $0.calendarLines = fixed }.starts() == ["20260601T033000Z"])
        let former = [
            "BEGIN:VTIMEZONE", "TZID:Fixed",
            "BEGIN:DAYLIGHT", "DTSTART:20000326T020000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20150329T000000Z", "END:DAYLIGHT",
            "BEGIN:STANDARD", "DTSTART:20001029T030000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20151025T000000Z", "END:STANDARD",
            "BEGIN:STANDARD", "DTSTART:20160327T020000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300",
            "END:STANDARD", "END:VTIMEZONE",
        ]
        #expect(try sample.with { $0.calendarLines = former }.starts() == ["20260601T060000Z"])
    }

    @Test func `the last change of a zone counts when its rule ends with it`() throws {
        let lines = Self.description("Own").map { line in
            // The clock is set back at 01:00Z on 25 October 2015, and stays.
            switch line {
            case _ where line.hasSuffix("BYMONTH=10"): line + ";UNTIL=20151025T010000Z"
            case _ where line.hasSuffix("BYMONTH=3"): line + ";UNTIL=20150329T010000Z"
            default: line
            }
        }
        for (day, time) in [("20150601", "070000"), ("20151201", "080000"), ("20160601", "080000")]
        {
            let sample = ICalendarSample("DTSTART;TZID=Own:\(day)T090000").with {
                $0.calendarLines = lines
                $0.window = ("20150101T000000", "20170101T000000")
            }
            #expect(try sample.starts() == ["\(day)T\(time)Z"])
        }
    }

    @Test func `a name that everybody knows goes before the calendar's own description`() throws {
        let wrong = Self.description("Europe/Stockholm", offset: ("+0500", "+0600"))
        let sample = ICalendarSample("DTSTART;TZID=Europe/Stockholm:20261201T090000")
            .with { $0.calendarLines = wrong }
        #expect(try sample.starts() == ["20261201T080000Z"])
    }

    @Test func `a description goes before a guess`() throws {
        let own = Self.description("CST", offset: ("+0800", "+0800"))
        let sample = ICalendarSample("DTSTART;TZID=CST:20261201T090000")
            .with { $0.calendarLines = own }
        #expect(try sample.starts() == ["20261201T010000Z"])
    }

    @Test func `a description may name the place that it is of`() throws {
        let own = Self.description("Own", location: "Asia/Kolkata")
        let sample = ICalendarSample("DTSTART;TZID=Own:20261201T090000")
            .with { $0.calendarLines = own }
        #expect(try sample.starts() == ["20261201T033000Z"])
    }

    @Test(arguments: [
        ("Europe/Stockholm", "Asia/Kolkata", "20261201T033000Z"),
        ("Europe/Stockholm", "W. Europe Standard Time", "20261201T080000Z"),
        ("America/New_York", "Nowhere/Else", "20261201T140000Z"),
        ("America/New_York", "", "20261201T140000Z"),
    ])
    func `floating times stand where the feed says, else where the user is`(
        user: String,
        feed: String,
        start: String
    ) throws {
        let sample = ICalendarSample("DTSTART:20261201T090000")
            .with { ($0.zone, $0.calendarLines) = (user, ["X-WR-TIMEZONE:\(feed)"]) }
        #expect(try sample.starts() == [start])
        #expect(try sample.broken().count == (feed.hasPrefix("Nowhere") ? 1 : 0))
    }

    @Test func `X-WR-TIMEZONE moves nothing that has a zone`() throws {
        let sample = ICalendarSample("DTSTART:20261201T090000Z")
            .with { $0.calendarLines = ["X-WR-TIMEZONE:Asia/Kolkata"] }
        #expect(try sample.starts() == ["20261201T090000Z"])
        let day = ICalendarSample("DTSTART;VALUE=DATE:20261201")
            .with { $0.calendarLines = ["X-WR-TIMEZONE:Asia/Kolkata"] }
        #expect(try day.times() == ["2026-12-01/2026-12-02"])
    }

    @Test(arguments: ["Nowhere/Else", "Customized Time Zone", "Factory", "../etc/passwd", "Mars"])
    func `an event in an unknown zone is broken and the rest goes through`(name: String) throws {
        let sample = ICalendarSample("DTSTART;TZID=\(name):20261201T090000")
            .with { $0.events.append(["UID:b", "DTSTART:20261201T090000Z"]) }
        #expect(try sample.read().bookings.map(\.key) == ["b"])
        let broken = try #require(try sample.read().broken.first)
        #expect(broken.key == "a" && !broken.isDegraded)
        #expect(broken.reason.contains("\"\(name)\" is not known"))
    }

    @Test func `each of Microsoft's zones is one that Foundation knows`() throws {
        #expect(WindowsZones.table.count == 139)
        for row in WindowsZones.table {
            #expect(TimeZone(identifier: row.identifier) != nil, "\(row.name)")
            #expect(ZoneNames.zone(named: row.name) != nil, "\(row.name)")
            for place in row.places.split(separator: ",") {
                #expect(
                    WindowsZones.identifier(ofPlaces: String(place)) == row.identifier,
                    "\(place)"
                )
            }
        }
    }
}
