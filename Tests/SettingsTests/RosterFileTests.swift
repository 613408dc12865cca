import Foundation
import Settings
import Testing

@Suite struct RosterFileTests {
    static func roster(_ text: String) throws -> RosterFile {
        try roster(Data(text: text))
    }

    static func roster(_ data: Data) throws -> RosterFile {
        try RosterFile(
            data,
            file: "r.csv",
            sources: ["ics", "dav"],
            timeZone: #require(TimeZone(identifier: "Europe/Stockholm")),
            language: .swedish
        )
    }

    @Test func `a whole roster is read`() throws {
        let text = #"""
            key,name,extension,calendar,timezone,services,language,mail
            anna,Anna Åkesson,4021,ics:anna dav:a@x.se,Europe/Oslo,calendar diversion,no,A@x.se
            bo,"Berg, Bo ""Bosse""",4022,ics:b|dav:https://x/b:1,,diversion|calendar,,b@x.se|B@x.se
            cilla,Cilla,0042,,,,,

            """#
        let users = try Self.roster(text).users
        #expect(users.map(\.row) == [2, 3, 4])
        #expect(users.map(\.line) == [2, 3, 4])
        #expect(users.map(\.key) == ["anna", "bo", "cilla"])
        #expect(users.map(\.name) == ["Anna Åkesson", "Berg, Bo \"Bosse\"", "Cilla"])
        #expect(users.map(\.extension) == ["4021", "4022", "0042"])
        #expect(
            users.map(\.calendars) == [
                [
                    CalendarAddress(source: "ics", address: "anna"),
                    CalendarAddress(source: "dav", address: "a@x.se"),
                ],
                [
                    CalendarAddress(source: "ics", address: "b"),
                    CalendarAddress(source: "dav", address: "https://x/b:1"),
                ],
                [],
            ]
        )
        #expect(
            users.map(\.timeZone.identifier)
                == ["Europe/Oslo", "Europe/Stockholm", "Europe/Stockholm"]
        )
        #expect(users.map(\.language) == [.norwegian, .swedish, .swedish])
        #expect(users.map(\.mailAddresses) == [["a@x.se"], ["b@x.se"], []])
        #expect(users.map(\.hasCalendar) == [true, true, false])
        #expect(users.map(\.hasDiversion) == [true, true, false])
    }

    static let header = "key,name,extension,calendar,services"

    /// The same user in other dress.
    @Test(arguments: [
        "\(header)\nanna,Anna,4021,ics:a,calendar",
        "\(header)\r\nanna,Anna,4021,ics:a,calendar\r\n",
        "\u{FEFF}\(header)\nanna,Anna,4021,ics:a,calendar\n",
        "key;name;extension;calendar;services\nanna;Anna;4021;ics:a;calendar\n",
        "\"key\";\"name\";extension;calendar;services\n\"anna\";\"Anna\";4021;ics:a;calendar",
        "services,calendar,extension,name,key\ncalendar,ics:a,4021,Anna,anna",
        " key , name ,extension,calendar,services\n anna, Anna ,4021, ics:a ,calendar ",
        "\(header)\n\nanna,Anna,4021,ics:a,calendar\n\n\r\n",
    ])
    func `commas or semicolons, line ends, quotes, spaces and order do not matter`(
        text: String
    ) throws {
        let users = try Self.roster(text).users
        #expect(users.count == 1)
        #expect(users.first?.key == "anna")
        #expect(users.first?.name == "Anna")
        #expect(users.first?.extension == "4021")
        #expect(users.first?.calendars == [CalendarAddress(source: "ics", address: "a")])
        #expect(users.first?.hasCalendar == true)
    }

    @Test func `a quoted field may hold a line end, and the next row knows its line`() throws {
        let text = "\(Self.header)\na,A,41,\"ics:1\nics:2\",\nb,B,42,,"
        let users = try Self.roster(text).users
        #expect(users.map(\.line) == [2, 4])
        #expect(users.map(\.row) == [2, 3])
        #expect(users[0].calendars.map(\.address) == ["1", "2"])
    }

    static let zone =
        "allowed: a name of the IANA database such as Europe/Stockholm"

    static let wrong = [
        Wrong("", "r.csv: the file is empty"),
        Wrong("\n\n", "r.csv: the file is empty"),
        Wrong(header, "r.csv: the file holds no users, only the names of the columns"),
        Wrong(
            "key,name,extention,calendar,\na,A,41,,",
            "r.csv:1: extention: unknown column, did you mean extension? \(columns)",
            "r.csv:1: column 5: unknown column; \(columns)",
            "r.csv:1: extension: this column is missing",
            "r.csv:1: services: this column is missing"
        ),
        Wrong(
            "\(header),key\na,A,41,,,b",
            "r.csv:1: key: this column stands twice"
        ),
        Wrong(
            "\(header),timezone,language,mail\n"
                + "anna,Anna,4021,,calendar,,,\n"
                + "anna,Bo,4021,,,,,\n"
                + "c d,,4,tape:x,kalender,Europe/Olso,da,post\n"
                + ",Dan,40x1,ics: |:y|ics,calender,CET,,@x\n",
            "r.csv:3: row 3: key: \"anna\" stands already in row 2",
            "r.csv:3: row 3: extension: \"4021\" stands already in row 2",
            "r.csv:4: row 4: key: \"c d\" holds white space; allowed: one word",
            "r.csv:4: row 4: extension: \"4\" is no extension; allowed: 2 to 15 digits",
            "r.csv:4: row 4: name: a value is missing here",
            "r.csv:4: row 4: calendar: \"tape\" is no calendar source; allowed: ics, dav",
            "r.csv:4: row 4: services: \"kalender\" is no service, did you mean calendar? "
                + "allowed: calendar, diversion",
            "r.csv:4: row 4: timezone: \"Europe/Olso\" is no time zone, "
                + "did you mean Europe/Oslo? \(zone)",
            "r.csv:4: row 4: language: \"da\" is no language; allowed: sv, no, en",
            "r.csv:4: row 4: mail: \"post\" is no mail address; allowed: name@domain",
            "r.csv:5: row 5: key: a value is missing here",
            "r.csv:5: row 5: extension: \"40x1\" is no extension; allowed: 2 to 15 digits",
            "r.csv:5: row 5: calendar: \"ics:\" \(noCalendar)",
            "r.csv:5: row 5: calendar: \":y\" \(noCalendar)",
            "r.csv:5: row 5: calendar: \"ics\" \(noCalendar)",
            "r.csv:5: row 5: services: \"calender\" is no service, did you mean calendar? "
                + "allowed: calendar, diversion",
            "r.csv:5: row 5: timezone: \"CET\" is no time zone; \(zone)",
            "r.csv:5: row 5: mail: \"@x\" is no mail address; allowed: name@domain"
        ),
        Wrong(
            "\(header)\na,A,1234567890123456,,\nb,B,४२,,",
            "r.csv:2: row 2: extension: \"1234567890123456\" is no extension; "
                + "allowed: 2 to 15 digits",
            "r.csv:3: row 3: extension: \"४२\" is no extension; allowed: 2 to 15 digits"
        ),
        Wrong(
            "\(header)\na,A,41,ics:a ics:a,",
            "r.csv:2: row 2: calendar: \"ics:a\" stands twice"
        ),
        Wrong(
            "\(header)\na,A,41,\nb,B,42,,,\nc;C;43;;\nd,D,44,,",
            "r.csv:2: row 2: 4 fields, where the first row has 5 columns",
            "r.csv:3: row 3: 6 fields, where the first row has 5 columns",
            "r.csv:4: row 4: 1 field, where the first row has 5 columns"
        ),
        Wrong(
            "\(header)\na,\"A\nB\",41,,",
            "r.csv:2: row 2: name: must be one line, without control characters"
        ),
        Wrong(
            "\(header)\n\"a\"x,A,41,,\nb,B\"B,42,,\nc,C,4,,",
            "r.csv:2: row 2: text stands after the closing quote; within a field, double it",
            "r.csv:3: row 3: a quote stands inside a field that does not begin with one",
            "r.csv:4: row 4: extension: \"4\" is no extension; allowed: 2 to 15 digits"
        ),
        Wrong(
            "\(header)\na,A,41,,\nb,\"B,42,,\nc,C,43,,\n",
            "r.csv:3: row 3: a quote opens here and never closes"
        ),
        Wrong(
            "\(header)\na,A,41,,\rb,B,42,,\r",
            "r.csv:2: row 2: a carriage return stands alone; allowed line ends: LF and CRLF"
        ),
        Wrong(
            "key,\"name\na,A",
            "r.csv:1: row 1: a quote opens here and never closes"
        ),
    ]
    static let columns =
        "allowed: key, name, extension, calendar, services, timezone, language, mail"
    static let noCalendar = "is no calendar; allowed: source:address"

    @Test(arguments: wrong)
    func `everything wrong is told at once`(wrong: Wrong) {
        #expect(problems { try Self.roster(wrong.text) } == wrong.problems)
    }

    @Test func `Latin-1 is refused by its first line`() {
        let data = Data(text: "\(Self.header)\na,A,41,,\nb,") + [0xC5, 0x6B, 0x65]
        #expect(
            problems { try Self.roster(data) }
                == "r.csv:3: the file is not UTF-8 (Latin-1 or Windows-1252, it seems); "
                + "save it as UTF-8"
        )
    }

    @Test func `a hundred thousand users are read`() throws {
        let rows = (1...100_000).map { "u\($0),Name \($0),\(100_000 + $0),ics:\($0),calendar" }
        let users = try Self.roster(([Self.header] + rows).joined(separator: "\r\n")).users
        #expect(users.count == 100_000)
        #expect(users.last?.line == 100_001)
    }

    @Test func `a file that is not there is told`() throws {
        let told = problems {
            try RosterFile(
                contentsOf: "/nowhere/r.csv",
                sources: [],
                timeZone: .gmt,
                language: .english
            )
        }
        #expect(told == "/nowhere/r.csv: there is no such file")
    }
}
