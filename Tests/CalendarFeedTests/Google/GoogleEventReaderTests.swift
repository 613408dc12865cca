import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed
import Web

@Suite struct GoogleEventReaderTests {
    private func row(
        _ item: String,
        zone: String = "Europe/Stockholm",
        choice: String? = nil
    ) throws -> GoogleRow? {
        let reader = GoogleEventReader(
            window: Event.window,
            zone: Zone(TimeZone(identifier: zone) ?? .gmt),
            choiceProperty: choice
        )
        return try JSONReader().read(Array(item.utf8)) { reader.row($0) }
    }

    private func booking(_ more: String, choice: String? = nil) throws -> Booking? {
        guard
            case .booking(let booking, _) = try row(
                ScriptedGoogle.event("e1", more.isEmpty ? "" : ",\(more)"),
                choice: choice
            )?.content
        else { return nil }
        return booking
    }

    private func allDay(_ start: String, _ end: String) -> String {
        #"{"id":"e1","start":{"date":"\#(start)"},"end":{"date":"\#(end)"}}"#
    }

    @Test func `a plain event is busy, normal and one's own`() throws {
        let booking = try #require(
            try booking(#""summary":"Title","location":"Room","description":"Text""#)
        )
        #expect(booking.key == "e1")
        #expect(booking.resource == "e1")
        #expect(booking.showAs == .busy)
        #expect(booking.sensitivity == .normal)
        #expect(booking.response == .organizer)
        #expect(!booking.isCancelled)
        #expect(booking.subject == "Title")
        #expect(booking.location == "Room")
        #expect(booking.body == "Text")
        #expect(booking.choice == nil)
        #expect(
            booking.time
                == .timed(
                    start: Date(timeIntervalSince1970: 1_795_420_800),
                    end: Date(timeIntervalSince1970: 1_795_424_400)
                )
        )
    }

    @Test(arguments: [
        (#""transparency":"transparent""#, Booking.ShowAs.free),
        (#""transparency":"opaque""#, .busy),
        (#""eventType":"outOfOffice""#, .outOfOffice),
        (#""eventType":"outOfOffice","transparency":"transparent""#, .outOfOffice),
        (#""eventType":"focusTime""#, .busy),
        (#""eventType":"birthday","transparency":"transparent""#, .free),
        (#""eventType":"fromGmail""#, .busy),
        (#""eventType":"somethingNew""#, .busy),
        (
            #""eventType":"workingLocation","transparency":"transparent","#
                + #""workingLocationProperties":{"type":"homeOffice"}"#, .workingElsewhere
        ),
        (
            #""eventType":"workingLocation","workingLocationProperties":{"type":"customLocation"}"#,
            .workingElsewhere
        ),
        (
            #""eventType":"workingLocation","workingLocationProperties":{"type":"officeLocation"}"#,
            .free
        ),
        (#""eventType":"workingLocation""#, .workingElsewhere),
    ])
    func `how time is shown`(more: String, showAs: Booking.ShowAs) throws {
        #expect(try booking(more)?.showAs == showAs)
    }

    @Test func `a tentative event is tentative, unless it is free`() throws {
        let tentative = ScriptedGoogle.event("e1").replacing("confirmed", with: "tentative")
        guard case .booking(let booking, _) = try row(tentative)?.content else {
            Issue.record("no booking")
            return
        }
        #expect(booking.showAs == .tentative)
    }

    @Test(arguments: [
        ("default", Booking.Sensitivity.normal), ("public", .normal), ("private", .private),
        ("confidential", .confidential), ("somethingNew", .private),
    ])
    func `who may see it`(visibility: String, sensitivity: Booking.Sensitivity) throws {
        #expect(try booking(#""visibility":"\#(visibility)""#)?.sensitivity == sensitivity)
    }

    @Test(arguments: [
        (#""attendees":[]"#, Booking.Response.organizer),
        (#""attendees":[{"self":true,"responseStatus":"accepted"}]"#, .accepted),
        (#""attendees":[{"self":true,"responseStatus":"tentative"}]"#, .tentative),
        (#""attendees":[{"self":true,"responseStatus":"declined"}]"#, .declined),
        (#""attendees":[{"self":true,"responseStatus":"needsAction"}]"#, .notResponded),
        (#""attendees":[{"self":true}]"#, .notResponded),
        (
            #""attendees":[{"responseStatus":"declined"},"#
                + #"{"self":true,"responseStatus":"accepted"}]"#, .accepted
        ),
        (
            #""organizer":{"self":true},"attendees":[{"self":true,"responseStatus":"needsAction"}]"#,
            .organizer
        ),
        (
            #""organizer":{"self":true},"attendees":[{"self":true,"responseStatus":"declined"}]"#,
            .declined
        ),
        (#""organizer":{"self":true},"attendees":[{"responseStatus":"accepted"}]"#, .organizer),
        (#""attendees":[{"responseStatus":"declined"}]"#, .accepted),
        (#""attendeesOmitted":true"#, .accepted),
        (#""organizer":{"email":"b@example.com"}"#, .organizer),
    ])
    func `what the user answered`(more: String, response: Booking.Response) throws {
        #expect(try booking(more)?.response == response)
    }

    @Test func `whole days are dates, whatever the zone`() throws {
        for zone in ["Europe/Stockholm", "Pacific/Auckland", "America/Los_Angeles"] {
            guard
                case .booking(let booking, _) = try row(
                    allDay("2026-11-23", "2026-11-25"),
                    zone: zone
                )?.content
            else {
                Issue.record("no booking")
                return
            }
            #expect(
                booking.time
                    == .allDay(
                        start: LocalDate(year: 2026, month: 11, day: 23),
                        end: LocalDate(year: 2026, month: 11, day: 25)
                    )
            )
        }
    }

    @Test func `a day that ends when it begins is a day`() throws {
        guard case .booking(let booking, _) = try row(allDay("2026-11-30", "2026-11-30"))?.content
        else {
            Issue.record("no booking")
            return
        }
        #expect(
            booking.time
                == .allDay(
                    start: LocalDate(year: 2026, month: 11, day: 30),
                    end: LocalDate(year: 2026, month: 12, day: 1)
                )
        )
    }

    @Test(arguments: [
        #"{"id":"e1"}"#,
        #"{"id":"e1","start":{}}"#,
        #"{"id":"e1","start":{"date":"2026-13-01"},"end":{"date":"2026-11-24"}}"#,
        #"{"id":"e1","start":{"date":"2026-11-23"},"end":{"dateTime":"2026-11-24T00:00:00Z"}}"#,
        #"{"id":"e1","start":{"date":"2026-11-23"},"end":{"date":"2026-11-22"}}"#,
        #"{"id":"e1","start":{"dateTime":"2026-11-23T09:00:00"},"end":{"dateTime":"x"}}"#,
        #"{"id":"e1","start":{"dateTime":"2026-11-23T09:00:00Z"},"end":{"date":"2026-11-24"}}"#,
        #"{"id":"e1","start":{"dateTime":"2026-11-23T09:00:00Z"},"#
            + #""end":{"dateTime":"2026-11-23T08:00:00Z"}}"#,
        #"{"id":"e1","start":7,"end":"x"}"#,
    ])
    func `an event whose time makes no sense is broken`(item: String) throws {
        guard case .broken = try row(item)?.content else {
            Issue.record("it is not broken")
            return
        }
    }

    @Test func `what lies outside the window is there, and no booking`() throws {
        for item in [
            allDay("2020-01-01", "2020-01-02"), allDay("2040-01-01", "2040-01-02"),
            #"{"id":"e","start":{"dateTime":"2040-01-01T00:00:00Z"},"#
                + #""end":{"dateTime":"2040-01-01T01:00:00Z"}}"#,
        ] {
            guard case .outside = try row(item)?.content else {
                Issue.record("it is not outside")
                return
            }
        }
    }

    @Test func `an item without an id is no row`() throws {
        #expect(try row(#"{"status":"cancelled"}"#) == nil)
        #expect(try row(#"{"id":"","status":"cancelled"}"#) == nil)
        #expect(try row(#""e1""#) == nil)
    }

    @Test func `a choice is read where the customer has named its property`() throws {
        let more = #""extendedProperties":{"private":{"kk":"reason=business_trip;kind=direct"}}"#
        #expect(
            try booking(more, choice: "kk")?.choice
                == .absence(reason: Reason(rawValue: "business_trip"), kind: .direct)
        )
        #expect(try booking(more, choice: "other")?.choice == nil)
        #expect(try booking(more)?.choice == nil)
    }

    @Test func `a choice that cannot be read is noted, and the booking stands`() throws {
        let item = ScriptedGoogle.event(
            "e1",
            #","extendedProperties":{"private":{"kk":"secret words"}}"#
        )
        guard case .booking(let booking, let note) = try row(item, choice: "kk")?.content else {
            Issue.record("no booking")
            return
        }
        #expect(booking.choice == nil)
        #expect(note?.contains("kk") == true)
        #expect(note?.contains("secret") == false)
    }
}
