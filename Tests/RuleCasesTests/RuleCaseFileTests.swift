import AbsenceModel
import Foundation
import RuleCases
import Settings
import Testing

@Suite struct RuleCaseFileTests {
    /// The example of cases/README.md.
    static let example = """
        name: Two coded meetings four minutes apart become one; a private one gives nothing
        system: trio                        # the template
        now: 2026-11-23T07:00:00+01:00      # the moment of the run
        rules:                              # optional
          merge_gap: 5m
        users:                              # optional
          - id: anna
            timezone: Europe/Stockholm      # required
            services: [calendar, diversion] # none when left out
            preferences: { enabled: true }  # the user's own rules
        bookings:
          - id: m1                          # unique in the case
            user: anna                      # may be left out where there is one user
            subject: "SAM: budget"          # optional
            location: Rum 4
            body: Ta med siffrorna
            show_as: busy
            sensitivity: normal
            response: organizer
            cancelled: false
            start: 2026-11-23T09:00         # without an offset: wall time
            end: 2026-11-23T10:00
            override: { kind: open }
          - { id: m2, subject: "TJÄ: hos kund", start: 2026-11-23T10:04, end: 2026-11-23T11:00 }
          - { id: p1, sensitivity: private, start: 2026-11-23T13:00, end: 2026-11-23T14:00 }
          - { id: day, all_day: true, start: 2026-11-24, end: 2026-11-25 }
        expect:
          - reason: meeting
            kind: direct
            start: 2026-11-23T09:00
            end: 2026-11-23T11:00
            bookings: [m1, m2]
            text: null
            back_at: 2026-11-23T11:00
            announced_reason: meeting
            target: { type: announcement }
          - { text: Möte, target: { type: number, number: "+46121" } }
        skipped:
          - { booking: p1, because: private }
          - { booking: day, because: no_code }
        """

    @Test func `the example is read whole`() throws {
        let file = try RuleCaseFile(Data(Self.example.utf8), file: "c.yaml")
        #expect(file.file == "c.yaml")
        #expect(file.cases.count == 1)
        let ruleCase = try #require(file.cases.first)
        #expect(ruleCase.name.hasPrefix("Two coded meetings"))
        #expect(ruleCase.file == "c.yaml")
        #expect(ruleCase.line == 1)
        #expect(ruleCase.system == .trio)
        #expect(ruleCase.now == (try utc("2026-11-23T06:00:00Z")))
        #expect(ruleCase.rules.json == #"{"merge_gap":300}"#)

        #expect(ruleCase.users.map(\.id) == ["anna"])
        #expect(ruleCase.users[0].timeZone.identifier == "Europe/Stockholm")
        #expect(ruleCase.users[0].hasCalendar)
        #expect(ruleCase.users[0].hasDiversion)
        #expect(ruleCase.users[0].preferences.json == #"{"enabled":true}"#)

        #expect(ruleCase.bookings.map(\.user) == ["anna", "anna", "anna", "anna"])
        #expect(
            ruleCase.bookings[0].booking
                == Booking(
                    key: "m1",
                    resource: "case",
                    time: .timed(
                        start: try utc("2026-11-23T08:00:00Z"),
                        end: try utc("2026-11-23T09:00:00Z")
                    ),
                    subject: "SAM: budget",
                    location: "Rum 4",
                    body: "Ta med siffrorna",
                    choice: .absence(reason: nil, kind: .open)
                )
        )
        #expect(
            ruleCase.bookings[2].booking
                == Booking(
                    key: "p1",
                    resource: "case",
                    time: .timed(
                        start: try utc("2026-11-23T12:00:00Z"),
                        end: try utc("2026-11-23T13:00:00Z")
                    ),
                    sensitivity: .private
                )
        )
        #expect(
            ruleCase.bookings[3].booking.time
                == .allDay(
                    start: LocalDate(year: 2026, month: 11, day: 24),
                    end: LocalDate(year: 2026, month: 11, day: 25)
                )
        )

        var first = ExpectedAbsence(line: 28, user: "anna")
        first.reason = .named(Reason(rawValue: "meeting"))
        first.kind = .named(.direct)
        first.start = .named(try utc("2026-11-23T08:00:00Z"))
        first.end = .named(try utc("2026-11-23T10:00:00Z"))
        first.bookings = .named(["m1", "m2"])
        first.text = .named(nil)
        first.backAt = .named(try utc("2026-11-23T10:00:00Z"))
        first.announcedReason = .named(Reason(rawValue: "meeting"))
        first.target = .named(.announcement)
        var second = ExpectedAbsence(line: 37, user: "anna")
        second.text = .named("Möte")
        second.target = .named(.number("+46121"))
        #expect(ruleCase.expect == [first, second])

        #expect(ruleCase.skipped.map(\.booking) == ["p1", "day"])
        #expect(ruleCase.skipped.map(\.because) == [.private, .noCode])
    }

    static let head = """
        name: n
        system: one-x
        now: 2026-11-23T07:00:00Z

        """

    @Test func `a case may name the items that it is about`() throws {
        let yaml = "bookings: []\nexpect: []\n"
        #expect(try ruleCase(Self.head + yaml).items == [])
        let items = try ruleCase(Self.head + yaml + "items: [S0-1, S4-23, X-20, V14, P-10]").items
        #expect(items.map(\.rawValue) == ["S0-1", "S4-23", "X-20", "V14", "P-10"])
    }

    @Test func `without users there is anna, with both services`() throws {
        let anna = try ruleCase(Self.head + "bookings: []\nexpect: []").users
        #expect(anna.map(\.id) == ["anna"])
        #expect(anna[0].timeZone.identifier == "Europe/Stockholm")
        #expect(anna[0].hasCalendar && anna[0].hasDiversion)
        #expect(anna[0].preferences == PreferencesDocument())
    }

    @Test func `a user without services has none`() throws {
        let yaml = "users: [{ id: kari, timezone: Europe/Oslo }]\nbookings: []\nexpect: []"
        let kari = try ruleCase(Self.head + yaml).users[0]
        #expect(!kari.hasCalendar && !kari.hasDiversion)
    }

    @Test func `of several users each booking and absence names one`() throws {
        let yaml = """
            users:
              - { id: anna, timezone: Europe/Stockholm }
              - { id: sam, timezone: America/New_York }
            bookings:
              - { id: a, user: anna, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
              - { id: s, user: sam, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
            expect:
              - { user: sam, start: 2026-11-23T09:00, bookings: [s] }
            """
        let ruleCase = try ruleCase(Self.head + yaml)
        #expect(ruleCase.bookings.map(\.user) == ["anna", "sam"])
        #expect(
            ruleCase.bookings[1].booking.time
                == .timed(
                    start: try utc("2026-11-23T14:00:00Z"),
                    end: try utc("2026-11-23T15:00:00Z")
                )
        )
        #expect(ruleCase.expect[0].start == .named(try utc("2026-11-23T14:00:00Z")))
    }

    /// What is written, and the instant that it is for a user in Stockholm.
    @Test(arguments: [
        ("2026-11-23T09:00", "2026-11-23T08:00:00Z"),
        ("2026-11-23T09:00:01", "2026-11-23T08:00:01Z"),
        ("\"2026-11-23T09:00\"", "2026-11-23T08:00:00Z"),
        ("2026-11-23T09:00+05:30", "2026-11-23T03:30:00Z"),
        ("2026-11-23T09:00:00-03:00", "2026-11-23T12:00:00Z"),
        ("2026-11-23T09:00Z", "2026-11-23T09:00:00Z"),
        // In the gap: the offset before it. In the overlap: the first.
        ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00Z"),
    ])
    func `times are wall times or have an offset`(text: String, instant: String) throws {
        let yaml = "bookings: [{ id: a, start: \(text), end: \(text) }]\nexpect: []"
        let date = try utc(instant)
        #expect(
            try ruleCase(Self.head + yaml).bookings[0].booking.time
                == .timed(start: date, end: date)
        )
    }

    @Test(arguments: [
        ("skip", Booking.Choice.skip),
        ("{}", .absence(reason: nil, kind: nil)),
        ("{ reason: lunch }", .absence(reason: Reason(rawValue: "lunch"), kind: nil)),
        ("{ reason: fika, kind: open }", .absence(reason: Reason(rawValue: "fika"), kind: .open)),
    ])
    func `an override is skip, or a reason and a kind`(
        text: String,
        choice: Booking.Choice
    ) throws {
        let yaml = """
            rules: { reasons: { fika: { sv: F, no: F, en: F } } }
            bookings: [{ id: a, start: 2026-11-23, end: 2026-11-24, all_day: true, override: \(text) }]
            expect: []
            """
        #expect(try ruleCase(Self.head + yaml).bookings[0].booking.choice == choice)
    }

    @Test func `every word of a booking is read`() throws {
        for showAs in Booking.ShowAs.allCases {
            for sensitivity in Booking.Sensitivity.allCases {
                for response in Booking.Response.allCases {
                    let yaml = """
                        bookings:
                          - { id: a, start: 2026-11-23T09:00, end: 2026-11-23T09:00, cancelled: true,
                              show_as: \(showAs.rawValue), sensitivity: \(sensitivity.rawValue),
                              response: \(response.rawValue), subject: "", location: ~ }
                        expect: []
                        """
                    let booking = try ruleCase(Self.head + yaml).bookings[0].booking
                    #expect(booking.showAs == showAs)
                    #expect(booking.sensitivity == sensitivity)
                    #expect(booking.response == response)
                    #expect(booking.isCancelled)
                    #expect(booking.subject?.isEmpty == true)
                    #expect(booking.location == nil)
                }
            }
        }
    }

    @Test func `every cause is read`() throws {
        for because in SkipCause.allCases {
            let yaml = """
                bookings: [{ id: a, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }]
                expect: []
                skipped: [{ booking: a, because: \(because.rawValue) }]
                """
            #expect(try ruleCase(Self.head + yaml).skipped.first?.because == because)
        }
        #expect(SkipCause.allCases.count == 15)
    }

    @Test func `each document is a case, and knows its line`() throws {
        let text = Self.head + "bookings: []\nexpect: []"
        let file = try RuleCaseFile(Data("\(text)\n---\n\(text)\n".utf8), file: "c.yaml")
        #expect(file.cases.map(\.line) == [1, 7])
    }

    @Test func `a folder gives all its files in order, and all their problems`() throws {
        let folder = NSTemporaryDirectory() + "cases-\(UUID().uuidString)"
        let files = FileManager.default
        try files.createDirectory(atPath: folder + "/more", withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        #expect(
            problems { try RuleCaseFile.read([folder, folder + "/no.yaml"]) }
                == "\(folder): the folder holds no rule cases, which are files ending in .yaml "
                + "or .yml\n\(folder)/no.yaml: there is no such file"
        )
        let text = Self.head + "bookings: []\nexpect: []"
        for name in ["b.yaml", "a.yml", "more/c.yaml", "notes.txt"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        #expect(
            try RuleCaseFile.read([folder]).map(\.file)
                == ["\(folder)/a.yml", "\(folder)/b.yaml", "\(folder)/more/c.yaml"]
        )
        #expect(try RuleCaseFile.read([folder + "/notes.txt"]).map(\.cases.count) == [1])
        for name in ["a.yml", "more/c.yaml"] {
            try Data("name: n".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let told = problems { try RuleCaseFile.read([folder + "/"]) }
        #expect(told.contains("\(folder)/a.yml:1: case \"n\": system: this key is missing"))
        #expect(told.contains("\(folder)/more/c.yaml:1: case \"n\": now: this key is missing"))
    }
}
