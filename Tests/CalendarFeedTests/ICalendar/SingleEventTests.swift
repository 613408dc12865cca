import AbsenceModel
import Testing

@testable import CalendarFeed

@Suite struct SingleEventTests {
    @Test(arguments: [
        // Zones and UTC.
        (
            ["DTSTART:20261123T080000Z", "DTEND:20261123T090000Z"],
            "20261123T080000Z/20261123T090000Z"
        ),
        (
            [
                "DTSTART;TZID=Europe/Stockholm:20261123T090000",
                "DTEND;TZID=Europe/Stockholm:20261123T100000",
            ],
            "20261123T080000Z/20261123T090000Z"
        ),
        (
            [
                "DTSTART;TZID=Europe/Stockholm:20261123T090000",
                "DTEND;TZID=America/New_York:20261123T120000",
            ],
            "20261123T080000Z/20261123T170000Z"
        ),
        // Floating: where the user is.
        (
            ["DTSTART:20261123T090000", "DTEND:20261123T100000"],
            "20261123T080000Z/20261123T090000Z"
        ),
        // Without end.
        (["DTSTART:20261123T080000Z"], "20261123T080000Z/20261123T080000Z"),
        (["DTSTART:20261123T080000Z", "DURATION:PT1H30M"], "20261123T080000Z/20261123T093000Z"),
        (["DTSTART:20261123T080000Z", "DURATION:P1W"], "20261123T080000Z/20261130T080000Z"),
        // Days are counted on the wall, hours are hours (RFC 5545 3.3.6).
        (
            ["DTSTART;TZID=Europe/Stockholm:20261024T120000", "DURATION:P1D"],
            "20261024T100000Z/20261025T110000Z"
        ),
        (
            ["DTSTART;TZID=Europe/Stockholm:20261024T120000", "DURATION:PT24H"],
            "20261024T100000Z/20261025T100000Z"
        ),
        // Whole days.
        (["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261125"], "2026-11-23/2026-11-25"),
        (["DTSTART;VALUE=DATE:20261123"], "2026-11-23/2026-11-24"),
        (["DTSTART:20261123", "DTEND:20261125"], "2026-11-23/2026-11-25"),
        (["DTSTART;VALUE=DATE:20261231", "DURATION:P2D"], "2026-12-31/2027-01-02"),
        (["DTSTART;VALUE=DATE:20261123", "DURATION:PT36H"], "2026-11-23/2026-11-25"),
        (
            ["DTSTART;VALUE=DATE:20261123T000000", "DTEND;VALUE=DATE:20261124T000000"],
            "2026-11-23/2026-11-24"
        ),
        (["DTSTART;VALUE=DATE:20261123", "DTEND:20261124T120000"], "2026-11-23/2026-11-25"),
        // Marked so by Outlook.
        (
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "DTSTART;TZID=Europe/Stockholm:20261123T000000",
                "DTEND;TZID=Europe/Stockholm:20261124T000000",
            ],
            "2026-11-23/2026-11-24"
        ),
        (
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "DTSTART;TZID=America/New_York:20261123T000000",
                "DTEND;TZID=America/New_York:20261124T000000",
            ],
            "2026-11-23/2026-11-24"
        ),
        (
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "DTSTART:20261122T230000Z",
                "DTEND:20261124T230000Z",
            ],
            "2026-11-23/2026-11-25"
        ),
        (
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "DTSTART:20260328T230000Z",
                "DTEND:20260329T220000Z",
            ],
            "2026-03-29/2026-03-30"
        ),
        (
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
                "DTSTART;TZID=Europe/Stockholm:20261123T000000",
                "DTEND;TZID=Europe/Stockholm:20261124T000000",
            ],
            "20261122T230000Z/20261123T230000Z"
        ),
        // Ends when it starts: delivered as it is.
        (
            ["DTSTART:20261123T080000Z", "DTEND:20261123T080000Z"],
            "20261123T080000Z/20261123T080000Z"
        ),
        (["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261123"], "2026-11-23/2026-11-23"),
        // A leap second, and letters of the other case.
        (
            ["DTSTART:20261231T235960Z", "DTEND:20270101T000000Z"],
            "20261231T235959Z/20270101T000000Z"
        ),
        (["dtstart;tzid=Europe/Stockholm:20261123t090000"], "20261123T080000Z/20261123T080000Z"),
    ])
    func `an event stands where the calendar says`(lines: [String], time: String) throws {
        let sample = ICalendarSample(series: lines)
        #expect(try sample.times() == [time])
        #expect(try sample.read().bookings.first?.key == "a")
    }

    @Test(arguments: [
        ("20261123T080000Z", "20261123T090000Z", true),
        // Ends when the window begins, begins when it ends.
        ("20260930T220000Z", "20261001T000000Z", false),
        ("20261201T000000Z", "20261201T010000Z", false),
        ("20260930T220000Z", "20261001T000001Z", true),
        ("20261130T235959Z", "20261201T010000Z", true),
        ("20200101T000000Z", "20300101T000000Z", true),
        // Of no length.
        ("20261001T000000Z", "20261001T000000Z", true),
        ("20261201T000000Z", "20261201T000000Z", false),
    ])
    func `only what overlaps the window is told`(start: String, end: String, isTold: Bool) throws {
        let sample = ICalendarSample("DTSTART:\(start)", "DTEND:\(end)")
            .with { $0.window = ("20261001T000000", "20261201T000000") }
        #expect(try sample.times().isEmpty == !isTold)
    }

    @Test func `a whole day overlaps the window by the user's own midnights`() throws {
        let day = ICalendarSample("DTSTART;VALUE=DATE:20261201")
        let window = ("20261101T000000", "20261130T233000")
        #expect(try day.with { $0.window = window }.times() == ["2026-12-01/2026-12-02"])
        #expect(try day.with { ($0.window, $0.zone) = (window, "America/New_York") }.times() == [])
    }

    @Test func `of two texts of one event the newer counts`() throws {
        let old = ["SEQUENCE:1", "DTSTAMP:20261101T000000Z", "DTSTART:20261123T080000Z"]
        let new = ["SEQUENCE:2", "DTSTAMP:20260101T000000Z", "DTSTART:20261123T100000Z"]
        #expect(try ICalendarSample(series: old, new).starts() == ["20261123T100000Z"])
        #expect(try ICalendarSample(series: new, old).starts() == ["20261123T100000Z"])
        let newest = ["SEQUENCE:2", "LAST-MODIFIED:20260102T000000Z", "DTSTART:20261123T120000Z"]
        #expect(try ICalendarSample(series: newest, new).starts() == ["20261123T120000Z"])
    }

    @Test func `tasks and journals are passed over`() throws {
        let sample = ICalendarSample("DTSTART:20261123T080000Z")
            .with {
                $0.calendarLines = [
                    "BEGIN:VTODO", "UID:t", "DTSTART:20261123T080000Z", "END:VTODO",
                    "BEGIN:VJOURNAL", "UID:j", "DTSTART:20261123T080000Z", "END:VJOURNAL",
                ]
            }
        #expect(try sample.read().bookings.map(\.key) == ["a"])
    }

    @Test func `an alarm's own properties are not the event's`() throws {
        let sample = ICalendarSample(
            "DTSTART:20261123T080000Z",
            "BEGIN:VALARM",
            "TRIGGER:-PT15M",
            "DURATION:PT3H",
            "SUMMARY:Alarm",
            "DESCRIPTION:Alarm",
            "END:VALARM",
            "SUMMARY:Meeting"
        )
        #expect(try sample.times() == ["20261123T080000Z/20261123T080000Z"])
        #expect(try sample.onlyBooking().subject == "Meeting")
        #expect(try sample.onlyBooking().body == nil)
    }
}
