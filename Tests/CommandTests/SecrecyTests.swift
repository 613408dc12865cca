import Foundation
import TestSupport
import Testing

/// Neither a secret nor text that no rule shows gets anywhere.
@Suite struct SecrecyTests {
    private static let canary = "kanarie"

    /// Shown is the subject of `n1` alone.
    private func fill(_ office: Office) throws {
        try office.write(
            Office.customer.replacing("rules:\n", with: "rules:\n  text: [subject]\n"),
            to: "customer.yaml"
        )
        let text = [
            "LOCATION:Kanarieplats", "DESCRIPTION:Kanariekropp", "COMMENT:Kanarienot",
            "ORGANIZER;CN=Kanarieordnare:mailto:kanarie@prov.example",
            "ATTENDEE;CN=Kanariegäst:mailto:kanariefagel@prov.example", "CATEGORIES:Kanariegrupp",
            "X-ALT-DESC:Kanariehtml", "CONTACT:Kanarietelefon",
        ]
        let hidden = ["SUMMARY:Kanarieämne"] + text
        let day = "20261123T"
        let bookings = [
            EventText("n1", day + "080000Z", day + "090000Z", ["SUMMARY:Synligt"] + text),
            EventText("p1", day + "100000Z", day + "110000Z", ["CLASS:PRIVATE"] + hidden),
            EventText("p2", day + "110000Z", day + "120000Z", ["CLASS:CONFIDENTIAL"] + hidden),
            EventText("x1", day + "120000Z", day + "130000Z", ["STATUS:CANCELLED"] + hidden),
            EventText(
                "d1",
                day + "130000Z",
                day + "140000Z",
                ["ATTENDEE;PARTSTAT=DECLINED:mailto:anna@prov.example"] + hidden
            ),
            EventText("e1", day + "150000Z", day + "140000Z", hidden),
            EventText("r1", day + "150000Z", day + "160000Z", ["RRULE:FREQ=SECONDLY"] + hidden),
            EventText("z1", day + "150000Z", day + "Kanarie", hidden),
        ]
        for booking in bookings { try office.book("anna", booking) }
        try office.write("Kanarieskräp\r\n", to: "calendars/anna/rubbish.ics")
        try office.write(
            EventText("cut", day + "150000Z", day + "160000Z", hidden).text
                .replacing("END:VEVENT\r\nEND:VCALENDAR\r\n", with: ""),
            to: "calendars/anna/cut.ics"
        )
    }

    private func expectNoCanary(
        _ endings: [Program.Ending],
        in office: Office,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for text in endings.map(\.everything) + [try await office.allData()] {
            let lines = text.split(separator: "\n").filter { $0.lowercased().contains(Self.canary) }
            #expect(lines == [], sourceLocation: sourceLocation)
        }
    }

    @Test func `text that no rule shows is in no table and in no output`() async throws {
        try await Office.furnished { office in
            try fill(office)
            try office.write(
                Office.roster.replacing("services", with: "services,mail")
                    .replacing("calendar diversion", with: "calendar diversion,anna@prov.example")
                    .replacing("files:cia,calendar", with: "files:cia,calendar,"),
                to: "roster.csv"
            )
            var endings: [Program.Ending] = []
            for arguments in [
                ["customer", "apply", "customer.yaml"], ["roster", "import", "roster.csv"],
                ["load", "bookings", "--verbose"], ["load", "bookings", "--full", "--verbose"],
                ["reconcile", "--apply", "--verbose"], ["reconcile", "--format", "json"],
                ["explain", "anna", "--at", "2026-11-23T11:30"], ["away", "--format", "json"],
            ] {
                endings.append(try await office.program.run(arguments + ["--now", Office.now]))
            }
            #expect(endings.map(\.status) == Array(repeating: 0, count: endings.count))
            try await expectNoCanary(endings, in: office)
            #expect(try await office.allData().contains("Synligt"))
            #expect(
                try await office.rows("select count(*) from watch.quarantine") == ["5"]
            )
        }
    }

    @Test(
        arguments: [
            // What was staged is refused, with the whole row in the server's message.
            """
            alter table staging.bookings
            add constraint bookings_refused_check check (booking_key <> 'p1')
            """,
            // The same when it is taken in.
            """
            alter table calendar.bookings
            add constraint bookings_refused_check check (booking_key <> 'n1')
            """,
            """
            create function staging.tell() returns trigger language plpgsql as $$
            begin raise exception 'cannot take %', new; end $$;
            create trigger tell before insert on staging.bookings
            for each row when (new.booking_key = 'p1') execute function staging.tell()
            """,
        ]
    )
    func `a load that fails half-way tells nothing either`(fault: String) async throws {
        try await Office.furnished { office in
            try fill(office)
            try await office.expect(0, "customer", "apply", "customer.yaml")
            _ = try await office.rows(fault)
            let ending = try await office.expect(2, "load", "bookings", "--verbose")
            #expect(ending.complaints.contains("could not be taken in"))
            try await expectNoCanary([ending], in: office)
            // What the others brought is there.
            #expect(
                try await office.rows("select user_key from watch.failed_calendars") == ["anna"]
            )
        }
    }

    @Test func `no password is in a table or in an output`() async throws {
        try await Office.furnished { office in
            let port = try Loopback.freePort()
            try office.write("KanarieHemligt1\n", to: "password")
            try office.write(
                Office.customer.replacing(
                    "  - { name: files, kind: ics, folder: calendars }\n",
                    with: """
                          - { name: files, kind: caldav, url: "http://127.0.0.1:\(port)/", user: kk, password_file: password }
                          - { name: more, kind: caldav, url: "http://127.0.0.1:\(port)/", user: kk, password_env: KK_TEST_PASSWORD }

                        """
                ),
                to: "customer.yaml"
            )
            var office = office
            office.program.environment["KK_TEST_PASSWORD"] = "KanarieHemligt2"
            office.program.environment["PGPASSWORD"] = "KanarieHemligt3"
            try await office.expect(0, "customer", "apply", "customer.yaml")
            let load = try await office.expect(1, "load", "bookings", "--verbose")
            let check = try await office.expect(1, "check", "--verbose")
            try await expectNoCanary([load, check], in: office)
        }
    }

    @Test func `a URL with a password is refused and not quoted`() async throws {
        try await Office.run { office in
            try office.write(
                Office.customer.replacing(
                    "folder: calendars",
                    with: "url: \"https://anna:kanarieord@dav.example/{address}.ics\""
                ),
                to: "customer.yaml"
            )
            let ending = try await office.expect(1, "customer", "apply", "customer.yaml")
            #expect(ending.complaints.contains("customer.yaml:9: calendars[files].url: "))
            try await expectNoCanary([ending], in: office)
        }
    }
}
