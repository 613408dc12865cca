import AbsenceModel
import Testing

@testable import CalendarFeed

@Suite struct BookingDetailsTests {
    private func booking(_ lines: [String], calendar: [String] = []) throws -> Booking {
        try ICalendarSample(series: ["DTSTART:20261123T080000Z"] + lines)
            .with { $0.calendarLines = calendar }.onlyBooking()
    }

    @Test func `texts come without escapes and folds`() throws {
        let booking = try booking([
            "SUMMARY;LANGUAGE=sv:Möte\\, med \\; och", " \\\\ \\n rad två",
            "LOCATION:Rum \"A\": 3", "DESCRIPTION:Vä", "\tg", "RESOURCES:x",
        ])
        #expect(booking.subject == "Möte, med ; och\\ \n rad två")
        #expect(booking.location == "Rum \"A\": 3")
        #expect(booking.body == "Väg")
        #expect(booking.resource == "r.ics")
    }

    @Test func `what is empty or absent is nil`() throws {
        let booking = try booking(["SUMMARY:", "DESCRIPTION:"])
        #expect(booking.subject == nil && booking.location == nil && booking.body == nil)
    }

    @Test(arguments: [
        ([], Booking.ShowAs.busy),
        (["TRANSP:OPAQUE"], .busy), (["TRANSP:TRANSPARENT"], .free),
        (["transp:transparent"], .free),
        (["TRANSP:UNHEARD"], .busy),
        (["STATUS:TENTATIVE"], .tentative), (["STATUS:CONFIRMED"], .busy),
        (["STATUS:TENTATIVE", "TRANSP:TRANSPARENT"], .free),
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"], .free),
        (["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"], .tentative),
        (["X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "TRANSP:TRANSPARENT"], .busy),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF"], .outOfOffice),
        (["X-MICROSOFT-CDO-BUSYSTATUS:oof"], .outOfOffice),
        (["X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "TRANSP:OPAQUE"], .workingElsewhere),
        (["X-MICROSOFT-CDO-BUSYSTATUS:UNHEARD", "TRANSP:TRANSPARENT"], .free),
        (["X-MICROSOFT-CDO-INTENDEDSTATUS:OOF"], .busy),
    ])
    func `the time is shown as the calendar says`(
        lines: [String],
        showAs: Booking.ShowAs
    ) throws {
        #expect(try booking(lines).showAs == showAs)
    }

    @Test(arguments: [
        ([], Booking.Sensitivity.normal),
        (["CLASS:PUBLIC"], .normal), (["CLASS:public"], .normal), (["CLASS:PRIVATE"], .private),
        (["CLASS:CONFIDENTIAL"], .confidential),
        // RFC 5545 3.8.1.3.
        (["CLASS:X-SECRET"], .private), (["CLASS:UNHEARD"], .private),
    ])
    func `who may see it`(lines: [String], sensitivity: Booking.Sensitivity) throws {
        #expect(try booking(lines).sensitivity == sensitivity)
    }

    private static let other = "ATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.se"
    private static let boss = "ORGANIZER;CN=Chef:mailto:chef@example.se"

    @Test(arguments: [
        ([], Booking.Response.organizer),
        ([boss], .organizer),
        (["ORGANIZER:mailto:anna@example.se", other], .organizer),
        ([boss, other, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.se"], .accepted),
        ([boss, other, "ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:Anna@Example.SE"], .tentative),
        ([boss, "ATTENDEE;CN=\"A: B\";PARTSTAT=DECLINED:mailto:anna@example.se"], .declined),
        ([boss, "ATTENDEE;PARTSTAT=DELEGATED:mailto:anna@example.se"], .declined),
        ([boss, "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:anna@example.se"], .notResponded),
        ([boss, "ATTENDEE:mailto:anna@example.se"], .notResponded),
        ([boss, "ATTENDEE;PARTSTAT=X-LATER:mailto:anna@example.se"], .notResponded),
        ([boss, "ATTENDEE;PARTSTAT=accepted;EMAIL=anna@example.se:urn:uuid:1"], .accepted),
        ([boss, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna%40example.se"], .accepted),
        ([boss, "ATTENDEE;PARTSTAT=ACCEPTED:anna@example.se"], .accepted),
        // A second address of the user's.
        ([boss, "ATTENDEE;PARTSTAT=DECLINED:mailto:anna.a@example.se"], .declined),
        // Invited through a group.
        ([boss, other], .accepted), ([other], .accepted),
        // The organizer is an attendee too, and may stay away.
        (
            [
                "ORGANIZER:mailto:anna@example.se", other,
                "ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.se",
            ], .organizer
        ),
        (
            [
                "ORGANIZER:mailto:anna@example.se", other,
                "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:anna@example.se",
            ], .organizer
        ),
        (
            [
                "ORGANIZER:mailto:anna@example.se", other,
                "ATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.se",
            ], .declined
        ),
    ])
    func `what the user answered`(lines: [String], response: Booking.Response) throws {
        let sample = ICalendarSample(series: ["DTSTART:20261123T080000Z"] + lines)
            .with { $0.mailAddresses = ["Anna@example.se", "anna.a@example.se"] }
        #expect(try sample.onlyBooking().response == response)
    }

    @Test func `a cancelled event is told as cancelled`() throws {
        #expect(try booking(["STATUS:CANCELLED"]).isCancelled)
        #expect(try booking([], calendar: ["METHOD:CANCEL"]).isCancelled)
        #expect(try !booking(["STATUS:CONFIRMED"], calendar: ["METHOD:PUBLISH"]).isCancelled)
    }

    @Test(arguments: [
        ("skip", Booking.Choice.skip), ("SKIP", .skip),
        (
            "reason=business_trip;kind=direct",
            .absence(reason: Reason(rawValue: "business_trip"), kind: .direct)
        ),
        (
            "reason=business_trip\\;kind=direct",
            .absence(reason: Reason(rawValue: "business_trip"), kind: .direct)
        ),
        ("kind=open; reason=meeting", .absence(reason: Reason(rawValue: "meeting"), kind: .open)),
        ("reason=lunch", .absence(reason: Reason(rawValue: "lunch"), kind: nil)),
        ("kind=information", .absence(reason: nil, kind: .information)),
    ])
    func `a choice is read`(text: String, choice: Booking.Choice) throws {
        #expect(try booking(["X-KALENDERKOPPLING-CHOICE:\(text)"]).choice == choice)
    }

    @Test(arguments: [
        "", "skipp", "reason=", "kind=loud", "reason=a;reason=b", "kind=open;kind=open",
        "reason=a,kind=open", "absence", "reason=a b", "skip;kind=open", "kind", "reason=a;",
        "reason=möte!",
    ])
    func `a choice that cannot be read is none, and is told`(text: String) throws {
        let sample = ICalendarSample(
            "DTSTART:20261123T080000Z",
            "X-KALENDERKOPPLING-CHOICE:\(text)"
        )
        #expect(try sample.onlyBooking().choice == nil)
        let broken = try #require(try sample.read().broken.first)
        #expect(broken.key == "a" && broken.isDegraded)
        #expect(broken.reason.contains("X-KALENDERKOPPLING-CHOICE"))
    }

    @Test func `two choices for one booking are none`() throws {
        let sample = ICalendarSample(
            "DTSTART:20261123T080000Z",
            "X-KALENDERKOPPLING-CHOICE:skip",
            "X-KALENDERKOPPLING-CHOICE:kind=open"
        )
        #expect(try sample.onlyBooking().choice == nil)
        #expect(try sample.broken().count == 1)
    }

    @Test func `an event without UID has a name that stays`() throws {
        let sample = ICalendarSample().with {
            $0.events = [
                ["SEQUENCE:1", "DTSTAMP:20260101T000000Z", "DTSTART:20261123T080000Z"],
                ["DTSTART:20261123T090000Z"],
            ]
        }
        let keys = try sample.read().bookings.map(\.key)
        #expect(Set(keys).count == 2)
        #expect(keys.allSatisfy { $0.hasPrefix("no-uid-") })
        #expect(try sample.read().broken.map(\.key) == keys)
        let later = sample.with {
            $0.events[0] = ["SEQUENCE:2", "DTSTAMP:20260202T000000Z", "DTSTART:20261123T080000Z"]
        }
        #expect(try later.read().bookings.map(\.key) == keys)
    }

    @Test func `a UID that no index takes is shortened, and stays apart`() throws {
        let long = String(repeating: "ä", count: 3000)
        let sample = ICalendarSample().with {
            $0.events = ["1", "2"].map { ["UID:\(long)\($0)", "DTSTART:20261123T080000Z"] }
        }
        let keys = try sample.read().bookings.map(\.key)
        #expect(Set(keys).count == 2)
        #expect(keys.allSatisfy { $0.utf8.count <= ICalendarLimits.keyBytes })
    }
}
