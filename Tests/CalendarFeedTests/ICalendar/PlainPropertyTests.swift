import Testing

@testable import CalendarFeed

/// What is read without libical is the same as what libical reads.
@Suite struct PlainPropertyTests {
    @Test(arguments: [
        "SUMMARY:Möte", #"SUMMARY:Plan "Öst": 1\, 2\; 3\\4"#, #"SUMMARY:a\nb\Nc"#,
        "SUMMARY:a;b,c:d",
        "SUMMARY;LANGUAGE=sv:Avstämning", #"DESCRIPTION:Rad 1\n\nRad 3 https://a.example/?b=c&d"#,
        "LOCATION:Rum 'Å' (3:e våningen) 100 % = allt^n", "UID:040000008200E00074C5B7101A82E008",
        "UID:1@a.example", "SEQUENCE:0", "SEQUENCE:12", "SEQUENCE:007",
        "DTSTAMP:20260101T000000Z", "LAST-MODIFIED:20261231T235960Z", "DTSTAMP:20260101T000000",
        "DTSTART;TZID=Europe/Stockholm:20261123T080000", "DTSTART:20261123T080000Z",
        "DTSTART:20261123T080000", "DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20270101",
        "DTSTART;VALUE=DATE-TIME;TZID=UTC:20261123T000000", "DTSTART;VALUE=DATE:20261123T000000",
        #"DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20261123T080000"#,
        "DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20261123T080000",
        "DTEND;TZID=W. Europe Standard Time:20240229T235959", "DTEND:99991231T000000Z",
        "DTSTART:00010101T000000Z", "RECURRENCE-ID;TZID=Europe/Stockholm:20261123T080000",
        "EXDATE;TZID=Europe/Stockholm:20261123T080000,20261124T080000",
        "EXDATE;VALUE=DATE:20261123,20261124", "RDATE:20261123T080000Z,20261124T080000Z",
        "TRANSP:OPAQUE", "TRANSP:TRANSPARENT", "STATUS:CONFIRMED", "STATUS:TENTATIVE",
        "STATUS:CANCELLED", "CLASS:PUBLIC", "CLASS:PRIVATE", "CLASS:CONFIDENTIAL",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "ORGANIZER:mailto:a@b.example",
        #"ORGANIZER;CN="Öst, A: chef";EMAIL=a@b.example:mailto:A@b.example"#,
        "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:anna@b.example",
        "ATTENDEE;CUTYPE=ROOM;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:MAILTO:rum%201@b.example",
    ])
    func `a plain property says what libical reads`(_ line: String) throws {
        let text = component(line)
        let plain = ParsedComponent(plain: try #require(text.plain))
        let parsed = try #require(ParsedComponent(parsing: text.bytes))
        let names = PropertyName.allCases.filter { !plain.all($0).isEmpty }
        #expect(names.count == 1)
        for name in PropertyName.allCases {
            let saying = { Saying(name, $0) }
            #expect(plain.all(name).map(saying) == parsed.all(name).map(saying))
            #expect(plain.first(name).map(saying) == parsed.first(name).map(saying))
        }
    }

    @Test(arguments: [
        "SUMMARY: Möte", "SUMMARY:Möte ", "SUMMARY:a\tb", #"SUMMARY:a\tb"#, #"SUMMARY:a\"#,
        #"SUMMARY:a\:b"#, "SUMMARY;ENCODING=QUOTED-PRINTABLE:a=20b", "SUMMARY;LANGUAGE=:a",
        "SUMMARY;ALTREP=\"CID:a\":b", "SEQUENCE:-1", "SEQUENCE:1234567890", "SEQUENCE:1a",
        "DTSTART:20261123", "DTSTART;TZID=Europe/Stockholm:20261123T080000Z",
        "DTSTART;VALUE=DATE;TZID=UTC:20261123", "DTSTART;tzid=UTC:20261123T080000",
        "DTSTART;X-A=B:20261123T080000", "DTSTART;TZID=UTC;TZID=UTC:20261123T080000",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261123T080000Z", "DURATION:PT1H",
        "RDATE;VALUE=PERIOD:20261123T080000Z/PT1H", "RDATE:20261123T080000Z/PT1H",
        "STATUS:confirmed", "STATUS:FINAL", "TRANSP;X-A=B:OPAQUE", "CLASS:X-SECRET",
        "ATTENDEE;PARTSTAT=X-MAYBE:mailto:a@b.example", "ATTENDEE:mailto:a b@c.example",
        "ATTENDEE;CN=Öst, A:mailto:a@b.example",
        "ATTENDEE;DELEGATED-TO=\"mailto:a@b.c\":mailto:d@e.f",
        #"ATTENDEE;CN="^n":mailto:a@b.example"#, "X-KALENDERKOPPLING-CHOICE:skip",
    ])
    func `what can be read in two ways is libical's to read`(_ line: String) {
        #expect(component(line).plain == nil)
    }

    @Test func `what is not UTF-8 is libical's to read`() {
        var text = ComponentText("VEVENT")
        text.add(ContentLine(Array("SUMMARY:M".utf8) + [0xF6, 0x74, 0x65], isCut: false))
        #expect(text.plain == nil)
    }

    private func component(_ line: String) -> ComponentText {
        var text = ComponentText("VEVENT")
        text.add(ContentLine(Array(line.utf8)[...], isCut: false))
        return text
    }

    /// All that a property is asked for.
    private struct Saying: Equatable {
        var value: String?
        var text: String?
        var date: DateText?
        var sequence: Int?
        var parameters: [String?]

        init(_ name: PropertyName, _ property: ParsedProperty) {
            switch name {
            case .uid, .summary, .location, .description: text = property.text
            case .sequence: sequence = property.sequence
            case .stamp, .lastModified, .start, .end, .recurrenceID, .additions, .exclusions:
                date = property.date
            default: value = property.value
            }
            parameters = ["TZID", "EMAIL", "PARTSTAT", "RANGE"].map(property.parameter)
        }
    }
}
