import AbsenceModel
import Testing

@testable import CalendarFeed
import Web

/// Streams that are no calendar, or hardly one.
@Suite struct BrokenStreamTests {
    private func failure(_ bytes: [UInt8]) throws -> RemoteFailure.Code? {
        do {
            _ = try ICalendarSample().reader.read(bytes, resource: "r.ics")
            return nil
        } catch {
            return (error as? RemoteFailure)?.code
        }
    }

    private static let whole = ICalendarSample("DTSTART:20261123T080000Z", "SUMMARY:Hemligt").text

    @Test(arguments: [
        ("", RemoteFailure.Code.truncated), ("\r\n\r\n", .truncated), ("BEGIN:VCAL", .truncated),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", .truncated),
        ("<!DOCTYPE html>\n<html><body>Log in</body></html>\n", .malformed),
        ("<html style=\"a:b\">\n", .malformed), ("{\"error\": \"no\"}", .malformed),
        ("Not found", .malformed), ("BEGIN:VCARD\r\nEND:VCARD\r\n", .malformed),
        ("END:VCALENDAR\r\n", .malformed),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n", .malformed),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n<html>:\r\n", .malformed),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n", .malformed),
        ("BEGIN:VCALENDAR\r\nX:\u{0}\r\nEND:VCALENDAR\r\n", .malformed),
    ])
    func `a stream that is no calendar fails as a whole`(
        text: String,
        code: RemoteFailure.Code
    ) throws {
        #expect(try failure(Array(text.utf8)) == code)
    }

    @Test func `a stream that is cut anywhere fails as truncated`() throws {
        let bytes = Array(Self.whole.utf8)
        // Without its last line end it is whole.
        for length in 0..<(bytes.count - 2) {
            #expect(try failure(Array(bytes[..<length])) == .truncated, "\(length)")
        }
        #expect(try failure(Array(bytes[..<(bytes.count - 2)])) == nil)
    }

    @Test func `a remark of the server behind the calendar does no harm`() throws {
        let text = Self.whole + "X-COMMENT:Cached from 2026-11-23\r\n"
        #expect(try failure(Array(text.utf8)) == nil)
        #expect(try failure(Array((Self.whole + "BEG").utf8)) == .malformed)
    }

    @Test func `no damage stops the reader`() throws {
        let series = ICalendarSample(
            series: [
                "DTSTART;TZID=Own:20261102T090000", "DTEND;TZID=Own:20261102T100000",
                "RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;UNTIL=20271231T000000Z",
                "EXDATE;TZID=Own:20261130T090000", "RDATE;VALUE=PERIOD:20261104T130000Z/PT3H",
                "ATTENDEE;CN=\"A: B\";PARTSTAT=DECLINED:mailto:anna@example.se",
            ],
            ["RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Own:20261130T090000", "DTSTART:20261201"]
        ).with { $0.calendarLines = ZoneTests.description("Own") }
        let whole = Array(series.text.utf8)
        var number: UInt64 = 1
        var readCount = 0
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<3 {
                number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let place = Int(number >> 33) % bytes.count
                switch (number >> 20) % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: number >> 24)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[(place + 7) % bytes.count], at: place)
                default: bytes[place] = UInt8(ascii: "0") + UInt8((number >> 24) % 10)
                }
            }
            if (try? series.reader.read(bytes, resource: "r.ics")) != nil { readCount += 1 }
        }
        #expect(readCount > 1500)
    }

    @Test func `UTF-16 is refused with a word on what to do`() throws {
        let bytes = Self.whole.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try failure(bytes) == .malformed)
    }

    @Test func `a calendar without events is empty`() throws {
        #expect(try ICalendarSample().with { $0.events = [] }.read().bookings == [])
    }

    @Test(arguments: ["\r\n", "\n", "\r", "\r\r\n", "\r\n\r\n"])
    func `lines may end in any way`(end: String) throws {
        let text = ICalendarSample("DTSTART:20261123T080000Z", "SUMMARY:En", "  rad").text
            .replacing("\r\n", with: end)
        for mark in ["", "\u{FEFF}", "\r\n"] {
            let content = try ICalendarSample().reader.read(
                Array((mark + text).utf8),
                resource: "r"
            )
            #expect(content.bookings.map(\.subject) == ["En rad"])
        }
    }

    @Test func `a fold may part a letter, and Latin-1 is read`() throws {
        let parts = Self.whole.replacing("Hemligt", with: "M|te").split(separator: "|")
        let bytes = parts.map { Array($0.utf8) }
        for middle: [UInt8] in [[0xC3, 0x0D, 0x0A, 0x20, 0xB6], [0xF6]] {
            let content = try ICalendarSample().reader.read(
                bytes[0] + middle + bytes[1],
                resource: "r"
            )
            #expect(content.bookings.map(\.subject) == ["Möte"])
        }
    }

    @Test func `deep nesting is refused and costs no stack`() throws {
        let open = Array("BEGIN:VCALENDAR\r\n".utf8)
        let bytes = Array(repeatElement(open, count: 62_500).joined())
        #expect(try failure(bytes) == .malformed)
    }

    @Test func `a line of megabytes costs no time, and a long text is cut between letters`() throws
    {
        let long = String(repeating: "ö\\n", count: 2 << 20)
        let sample = ICalendarSample(
            "DTSTART:20261123T080000Z",
            "SUMMARY:Kort",
            "X-ALT-DESC:\(long)",
            "DESCRIPTION:\(long)"
        )
        let clock = ContinuousClock()
        var booking: Booking?
        let time = try clock.measure { booking = try sample.onlyBooking() }
        #expect(time < .seconds(20))
        let body = try #require(booking?.body)
        #expect(body.utf8.count <= ICalendarLimits.lineBytes)
        #expect(body.allSatisfy { "ö\n".contains($0) })
    }

    @Test func `a stream beyond the limit is refused`() throws {
        let bytes = [UInt8](repeating: 0x41, count: ICalendarLimits.bytes + 1)
        #expect(try failure(bytes) == .tooLarge)
    }
}
