import AbsenceModel
@testable import CalendarFeed
import Foundation
import Testing
import Web

@Suite struct `Graph's events` {
    private func booking(_ fields: String, time: String = Row.time(23)) throws -> Booking {
        let bytes = Array(#"{"id":"a",\#(fields),\#(time)}"#.utf8)
        let event = try JSONReader().read(bytes) { try #require(GraphEventReader().read($0)) }
        var findings = GraphFindings()
        let request = LoadRequest("a")
        GraphBookings(window: request.window, timeZone: request.timeZone)
            .add(event, to: &findings)
        return try #require(findings.bookings.first)
    }

    @Test func `nulls everywhere are a plain busy booking`() throws {
        let booking = try booking(
            #""type":null,"seriesMasterId":null,"subject":null,"showAs":null,"sensitivity":null,"#
                + #""isAllDay":null,"isCancelled":null,"isOrganizer":null,"responseStatus":null,"#
                + #""location":null,"body":null,"bodyPreview":null,"iCalUId":null,"#
                + #""singleValueExtendedProperties":null,"@odata.etag":null,"#
                + #""lastModifiedDateTime":null"#
        )
        #expect(
            booking
                == Booking(
                    key: "a",
                    resource: "a",
                    time: .timed(
                        start: Date(timeIntervalSince1970: 1_795_424_400),
                        end: Date(timeIntervalSince1970: 1_795_428_000)
                    ),
                    mark: "0/"
                )
        )
    }

    @Test(arguments: [
        ("free", Booking.ShowAs.free), ("tentative", .tentative), ("busy", .busy),
        ("oof", .outOfOffice), ("workingElsewhere", .workingElsewhere), ("unknown", .busy),
    ])
    func `showAs is read`(text: String, showAs: Booking.ShowAs) throws {
        #expect(try booking(#""showAs":"\#(text)""#).showAs == showAs)
    }

    @Test(arguments: [
        ("normal", Booking.Sensitivity.normal), ("personal", .personal), ("private", .private),
        ("confidential", .confidential), ("unknownFutureValue", .private),
    ])
    func `sensitivity is read, what is unknown as private`(
        text: String,
        sensitivity: Booking.Sensitivity
    ) throws {
        #expect(try booking(#""sensitivity":"\#(text)""#).sensitivity == sensitivity)
    }

    @Test(arguments: [
        (#""none""#, "true", Booking.Response.organizer), (#""none""#, "false", .accepted),
        ("null", "true", .organizer), ("null", "false", .accepted),
        (#""organizer""#, "true", .organizer), (#""accepted""#, "false", .accepted),
        (#""tentativelyAccepted""#, "false", .tentative), (#""declined""#, "false", .declined),
        (#""notResponded""#, "false", .notResponded),
    ])
    func `the answer is read`(text: String, isOrganizer: String, response: Booking.Response) throws
    {
        let fields = #""isOrganizer":\#(isOrganizer),"responseStatus":{"response":\#(text)}"#
        #expect(try booking(fields).response == response)
    }

    @Test func `text is taken as text only`() throws {
        let text = try booking(
            #""subject":"Ä","location":{"displayName":"Rum 1"},"bodyPreview":"Kort","#
                + #""body":{"contentType":"text","content":"Lång"}"#
        )
        #expect([text.subject, text.location, text.body] == ["Ä", "Rum 1", "Lång"])
        let markup = try booking(
            #""bodyPreview":"Kort","body":{"contentType":"html","content":"<p>Lång</p>"}"#
        )
        #expect(markup.body == "Kort")
    }

    @Test func `whole days are the dates on the wall`() throws {
        let time =
            #""start":{"dateTime":"2026-11-23T00:00:00.0000000","timeZone":"UTC"},"#
            + #""end":{"dateTime":"2026-11-25T00:00:00.0000000","timeZone":"UTC"}"#
        #expect(
            try booking(#""isAllDay":true"#, time: time).time
                == .allDay(
                    start: LocalDate(year: 2026, month: 11, day: 23),
                    end: LocalDate(year: 2026, month: 11, day: 25)
                )
        )
    }

    @Test func `a time in another zone than the one asked for is understood`() throws {
        let time = Row.time(23).replacing("UTC", with: "W. Europe Standard Time")
        #expect(
            try booking(#""showAs":"busy""#, time: time).time
                == .timed(
                    start: Date(timeIntervalSince1970: 1_795_420_800),
                    end: Date(timeIntervalSince1970: 1_795_424_400)
                )
        )
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00", 0), ("1970-01-01T00:00:01.0000000", 10_000_000),
        ("2026-11-23T09:00:00.1234567Z", 17_954_244_001_234_567),
        ("1970-01-01T00:00:00.5Z", 5_000_000), ("1969-12-31T23:59:59.9", -1_000_000),
    ])
    func `times are read to the last digit`(text: String, count: Int) {
        let ticks = Array(text.utf8).withUnsafeBytes { GraphTicks(text: $0) }
        #expect(ticks?.count == count)
        #expect(ticks?.seconds == Int((Double(count) / 1e7).rounded(.down)))
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T09:00", "2026-02-30T09:00:00", "2026-11-23T24:00:00",
        "2026-11-23T09:00:00.", "2026-11-23T09:00:00+01:00", "2026-11-23 09:00:00",
        "not a time at all",
    ])
    func `what is no time is none`(text: String) {
        #expect(Array(text.utf8).withUnsafeBytes { GraphTicks(text: $0) } == nil)
    }
}
