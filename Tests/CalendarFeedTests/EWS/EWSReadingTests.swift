import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed
import Web

@Suite struct `EWS: answers` {
    private func answer(_ messages: String, header: String = "") -> [UInt8] {
        Array(
            """
            <?xml version="1.0"?><x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/">\
            \(header)<x:Body><GetItemResponse \
            xmlns="http://schemas.microsoft.com/exchange/services/2006/messages" \
            xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">\
            <ResponseMessages>\(messages)</ResponseMessages></GetItemResponse></x:Body></x:Envelope>
            """.utf8
        )
    }

    private func item(_ properties: String) -> String {
        """
        <GetItemResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode>\
        <Items><t:CalendarItem><t:ItemId Id="a&amp;b" ChangeKey="k"/>\(properties)\
        </t:CalendarItem></Items></GetItemResponseMessage>
        """
    }

    @Test func `properties are read by name, whatever the prefixes`() throws {
        let text = item(
            "<t:Subject>Möte &amp; <![CDATA[<mer>]]></t:Subject><t:Body BodyType=\"Text\"/>"
                + "<t:StartTimeZone Id=\"W. Europe Standard Time\" Name=\"x\"><t:Periods>"
                + "<t:Subject>none</t:Subject></t:Periods></t:StartTimeZone>"
                + "<t:ExtendedProperty><t:ExtendedFieldURI PropertyName=\"x\"/>"
                + "<t:Value>skip</t:Value></t:ExtendedProperty>"
        )
        let read = try EWSAnswerParser.parse(answer(text))
        #expect(read.name == "GetItemResponse")
        let item = try #require(read.messages.first?.items.first)
        #expect(read.messages.first?.isSuccess == true)
        #expect(item.kind == "CalendarItem")
        #expect(item.id == "a&b")
        #expect(item["Subject"] == "Möte & <mer>")
        #expect(item.startZone == "W. Europe Standard Time")
        #expect(item.choice == "skip")
    }

    @Test func `characters that XML forbids become blanks`() throws {
        let text = item("<t:Subject>a&#x1F;b&#31;c&#x20;d\u{1}e&#xFFFF;f&amp;#x1F;</t:Subject>")
        let item = try #require(
            try EWSAnswerParser.parse(answer(text)).messages.first?.items.first
        )
        #expect(
            item["Subject"]?.split(separator: " ", omittingEmptySubsequences: true).joined()
                == "abcdef&#x1F;"
        )
    }

    @Test func `an error inside another is the one that counts`() throws {
        let text = """
            <GetItemResponseMessage ResponseClass="Error"><MessageText>Anna's secret</MessageText>\
            <ResponseCode>ErrorInternalServerError</ResponseCode><MessageXml>\
            <t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value>\
            <t:Value Name="BackOffMilliseconds">1500</t:Value></MessageXml>\
            </GetItemResponseMessage>
            """
        let message = try #require(try EWSAnswerParser.parse(answer(text)).messages.first)
        #expect(!message.isSuccess)
        #expect(message.error.innermost == "ErrorServerBusy")
        #expect(message.error.backOff == .milliseconds(1500))
        #expect(message.error.isPassing)
        #expect(!message.error.failure(of: "GetItem").description.contains("Anna"))
    }

    @Test func `what is no code of an error is not quoted`() {
        let failure = EWSError(code: "Anna's <secret>").failure(of: "GetItem")
        #expect(failure.description.contains("an unknown error"))
        #expect(!failure.description.contains("Anna"))
    }

    @Test(arguments: [
        "", "<html><body>Outlook</body></html>", "{}",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><x:Envelope "
            + "xmlns:x=\"http://schemas.xmlsoap.org/soap/envelope/\"/>",
        "<x:Envelope xmlns:x=\"http://schemas.xmlsoap.org/soap/envelope/\"><x:Body/></x:Envelope>",
        "<x:Envelope xmlns:x=\"http://other.example/\"><x:Body/></x:Envelope>",
    ])
    func `what is no answer is malformed`(_ text: String) {
        let failure = #expect(throws: RemoteFailure.self) {
            try EWSAnswerParser.parse(Array(text.utf8))
        }
        #expect(failure?.code == .malformed)
    }

    @Test func `an answer that is cut anywhere is malformed`() {
        let whole = answer(item("<t:Subject>Möte</t:Subject>"))
        for end in stride(from: 0, to: whole.count - 1, by: 7) {
            #expect(throws: RemoteFailure.self) { try EWSAnswerParser.parse(Array(whole[..<end])) }
        }
    }

    @Test(
        arguments: [
            ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"),
            ("2026-11-23T09:00:00.1234567Z", "2026-11-23T09:00:00Z"),
            ("2026-11-23T09:00:00+01:00", "2026-11-23T08:00:00Z"),
            ("2026-11-23T09:00:00.5-05:30", "2026-11-23T14:30:00Z"),
            ("2026-11-23T09:00:00", "2026-11-23T09:00:00Z"),
            (" 2026-11-23T09:00:00Z\n", "2026-11-23T09:00:00Z"),
            ("2026-11-23", nil), ("2026-13-23T09:00:00Z", nil), ("2026-11-23T09:00:00ZZ", nil),
            ("2026-11-23T09:00:00+1:00", nil), ("20261123T090000Z", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `times are read in UTC`(_ text: String, _ expected: String?) {
        let date = EWSTime.instant(text).map { Date(timeIntervalSince1970: Double($0)) }
        #expect(date?.formatted(.iso8601) == expected)
    }
}

@Suite struct `EWS: bookings` {
    private static let window =
        Date(timeIntervalSince1970: 1_794_787_200)..<Date(timeIntervalSince1970: 1_798_416_000)

    private func item(_ properties: [String: String], zone: String? = nil) -> EWSItem {
        let standard = [
            "Start": "2026-11-23T09:00:00Z", "End": "2026-11-23T10:00:00Z",
            "CalendarItemType": "Single",
        ]
        return EWSItem(
            kind: "CalendarItem",
            id: "id",
            properties: standard.merging(properties) { $1 },
            startZone: zone
        )
    }

    private func read(_ item: EWSItem, in zone: String = "Europe/Stockholm") throws -> Booking? {
        let reader = EWSBookingReader(
            timeZone: try #require(TimeZone(identifier: zone)),
            window: Self.window
        )
        switch reader.read(item, as: try #require(EWSIdentity(item))) {
        case .booking(let booking), .withoutChoice(let booking): return booking
        case .outside, .broken: return nil
        }
    }

    @Test(
        arguments: [
            ("2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z", "W. Europe Standard Time"),
            ("2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z", "Eastern Standard Time"),
            ("2026-11-22T18:30:00Z", "2026-11-23T18:30:00Z", "India Standard Time"),
            ("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z", "UTC"),
            ("2026-11-22T10:00:00Z", "2026-11-23T10:00:00Z", "UTC+14"),
            ("2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z", nil),
            // Of zones that nobody knows, east and west of the user's.
            ("2026-11-22T15:00:00Z", "2026-11-23T15:00:00Z", "Customized Time Zone"),
            ("2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z", "tzone://Microsoft/Custom"),
            // No longer than it starts.
            ("2026-11-22T23:00:00Z", "2026-11-22T23:00:00Z", "W. Europe Standard Time"),
        ] as [(String, String, String?)]
    )
    func `whole days are the dates on the wall where they were booked`(
        _ start: String,
        _ end: String,
        _ zone: String?
    ) throws {
        let item = item(["Start": start, "End": end, "IsAllDayEvent": "true"], zone: zone)
        #expect(
            try read(item)?.time
                == .allDay(
                    start: LocalDate(year: 2026, month: 11, day: 23),
                    end: LocalDate(year: 2026, month: 11, day: 24)
                )
        )
    }

    @Test func `values are those of the calendar`() throws {
        let booking = try #require(
            try read(
                item([
                    "LegacyFreeBusyStatus": "OOF", "Sensitivity": "Confidential",
                    "MyResponseType": "Decline", "IsCancelled": "true", "Subject": "S",
                    "Location": "L", "Body": "B",
                ])
            )
        )
        #expect(booking.showAs == .outOfOffice)
        #expect(booking.sensitivity == .confidential)
        #expect(booking.response == .declined)
        #expect(booking.isCancelled)
        #expect([booking.subject, booking.location, booking.body] == ["S", "L", "B"])
    }

    @Test(
        arguments: [
            ("Unknown", "0", .organizer), ("Unknown", "1", .organizer), ("Unknown", "3", .accepted),
            ("Organizer", "1", .organizer), ("Accept", "3", .accepted),
            ("Tentative", "3", .tentative), ("NoResponseReceived", "3", .notResponded),
        ] as [(String, String, Booking.Response)]
    )
    func `an unknown response is the organizer's, or accepted where one was invited`(
        _ response: String,
        _ state: String,
        _ expected: Booking.Response
    ) throws {
        let item = item(["MyResponseType": response, "AppointmentState": state])
        #expect(try read(item)?.response == expected)
    }

    @Test func `what nobody knows keeps the time taken and the details private`() throws {
        let booking = try #require(
            try read(item(["LegacyFreeBusyStatus": "NoData", "Sensitivity": "Secret"]))
        )
        #expect(booking.showAs == .busy)
        #expect(booking.sensitivity == .private)
        #expect(try read(item(["AppointmentState": "7"]))?.isCancelled == true)
    }

    @Test(arguments: [
        ["Start": ""], ["End": "tomorrow"], ["End": "2026-11-23T08:59:59Z"],
        ["CalendarItemType": "RecurringMaster"], ["Start": "2027-03-01T09:00:00Z"],
        ["Start": "2026-11-15T22:00:00Z", "End": "2026-11-16T00:00:00Z"],
    ])
    func `what has no time, or none in the window, is no booking`(
        _ properties: [String: String]
    ) throws {
        #expect(try read(item(properties)) == nil)
    }

    @Test func `an occurrence is known by its series and its original start`() throws {
        let moved = item([
            "CalendarItemType": "Exception", "UID": "series",
            "RecurrenceId": "2026-11-23T09:00:00+01:00", "Start": "2026-11-24T09:00:00Z",
        ])
        let identity = try #require(EWSIdentity(moved))
        #expect(identity.resource == "series")
        #expect(identity.key == "series/20261123T080000Z")
        #expect(EWSIdentity(item(["CalendarItemType": "Occurrence"])) == nil)
        #expect(EWSIdentity(item([:]))?.key == "id")
    }

    @Test func `a long name is shortened to what an index takes, and stays its own`() throws {
        var names: Set<String> = []
        for end in ["a", "b"] {
            let uid = String(repeating: "0", count: 4_000) + end
            let occurrence = item([
                "CalendarItemType": "Occurrence", "UID": uid,
                "RecurrenceId": "2026-11-23T09:00:00Z",
            ])
            let identity = try #require(EWSIdentity(occurrence))
            #expect(identity.key.utf8.count < 200)
            names.insert(identity.resource)
        }
        #expect(names.count == 2)
    }
}
