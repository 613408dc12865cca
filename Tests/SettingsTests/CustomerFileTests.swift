import AbsenceModel
import Foundation
import Settings
import Testing

@Suite struct CustomerFileTests {
    static let whole = """
        customer: sundsvall
        name: Sundsvalls kommun
        system: trio
        timezone: Europe/Stockholm
        language: en
        rules: { merge_gap: 5m, forwarding: off }
        calendars:
          - { name: shared, kind: ics, folder: /srv/calendars, timeout: 20 }
          - { name: feeds, kind: ics, url: "https://feeds.example/{address}.ics" }
          - name: radicale
            kind: caldav
            url: https://dav.example/{address}/
            user: reader
            password_file: /etc/kalenderkoppling/radicale
            ca_file: /etc/ssl/ours.pem
          - { name: other, kind: caldav, url: http://localhost:5232/, user: u, password_env: PW }
        exchange: { kind: table, service: pbx }
        contract: { term: 12, starts: 2026-12-01 }
        limits:
          withdrawn_share: 0.25
          withdrawn_share_from: 20
          withdrawn_count: 100
          newly_direct_share: 1
          newly_direct_from: 0
          newly_direct_count: 50
        retention: { audit: 36, versions: 6 }
        """

    @Test func `a whole file is read`() throws {
        let file = try CustomerFile(Data(text: Self.whole), file: "c.yaml")
        #expect(file.customer == "sundsvall")
        #expect(file.name == "Sundsvalls kommun")
        #expect(file.system == .trio)
        #expect(file.timeZone.identifier == "Europe/Stockholm")
        #expect(file.language == .english)
        #expect(file.rules.json == #"{"forwarding":false,"merge_gap":300}"#)
        #expect(file.calendars.map(\.name) == ["shared", "feeds", "radicale", "other"])
        #expect(file.calendars[0].access == .folder("/srv/calendars"))
        #expect(file.calendars[0].timeout == 20)
        #expect(
            file.calendars[2].access
                == .caldav(
                    CalDAVSettings(
                        url: "https://dav.example/{address}/",
                        user: "reader",
                        password: .file("/etc/kalenderkoppling/radicale"),
                        certificateFile: "/etc/ssl/ours.pem"
                    )
                )
        )
        #expect(file.exchange == .table(service: "pbx"))
        #expect(file.contract?.term == 12)
        #expect(file.contract?.starts == LocalDate(year: 2026, month: 12, day: 1))
        #expect(file.limits.withdrawnShare == 0.25)
        #expect(file.limits.withdrawnShareFrom == 20)
        #expect(file.limits.withdrawnCount == 100)
        #expect(file.limits.newlyDirectShare == 1)
        #expect(file.limits.newlyDirectFrom == 0)
        #expect(file.limits.newlyDirectCount == 50)
        #expect(file.retention.audit == 36)
        #expect(file.retention.versions == 6)
    }

    static let least = """
        customer: c
        name: 2026
        system: one-x
        timezone: UTC
        calendars: [{ name: a, kind: ics, folder: a }]

        """

    @Test func `what may be left out has its default`() throws {
        let file = try CustomerFile(Data(text: Self.least), file: "c.yaml")
        #expect(file.name == "2026")
        #expect(file.language == .swedish)
        #expect(file.rules == RulesDocument())
        #expect(file.exchange == .table(service: nil))
        #expect(file.contract == nil)
        #expect(file.limits == LimitSettings())
        #expect(file.retention == RetentionSettings())
    }

    @Test func `Norwegian is a language and no switch`() throws {
        let file = try CustomerFile(Data(text: Self.least + "language: no"), file: "c.yaml")
        #expect(file.language == .norwegian)
    }

    @Test func `calendars, exchange and contract come back from their JSON`() throws {
        let file = try CustomerFile(Data(text: Self.whole), file: "c.yaml")
        let calendars = try SettingsJSON.text(of: file.calendars)
        #expect(
            calendars
                == #"[{"folder":"/srv/calendars","kind":"ics","name":"shared","timeout":20},"#
                + #"{"kind":"ics","name":"feeds","url":"https://feeds.example/{address}.ics"},"#
                + #"{"ca_file":"/etc/ssl/ours.pem","kind":"caldav","name":"radicale","#
                + #""password_file":"/etc/kalenderkoppling/radicale","#
                + #""url":"https://dav.example/{address}/","user":"reader"},"#
                + #"{"kind":"caldav","name":"other","password_env":"PW","#
                + #""url":"http://localhost:5232/","user":"u"}]"#
        )
        #expect(try SettingsJSON.value([CalendarSettings].self, of: calendars) == file.calendars)

        let exchange = try SettingsJSON.text(of: file.exchange)
        #expect(exchange == #"{"kind":"table","service":"pbx"}"#)
        #expect(try SettingsJSON.value(ExchangeSettings.self, of: exchange) == file.exchange)
        #expect(
            try SettingsJSON.text(of: ExchangeSettings.table(service: nil)) == #"{"kind":"table"}"#
        )

        for (term, json) in [(12, "12"), (nil, #""none""#)] {
            let starts = LocalDate(year: 2026, month: 12, day: 1)
            let contract = ContractSettings(term: term, starts: starts)
            let text = try SettingsJSON.text(of: contract)
            #expect(text == #"{"starts":"2026-12-01","term":\#(json)}"#)
            #expect(try SettingsJSON.value(ContractSettings.self, of: text) == contract)
        }
        #expect(throws: DecodingError.self) {
            let text = #"{"starts":"soon","term":12}"#
            return try SettingsJSON.value(ContractSettings.self, of: text)
        }
    }

    @Test func `all problems are told in the order of the lines`() {
        let yaml = """
            customer: Sundsvall
            system: trios
            timezone: Europe/Stokholm
            language: se
            rules: { merge_gap: 5, colour: red }
            calendars: []
            exchange: { kind: tabel }
            contract: { term: 6, starts: 1/12 }
            limits: { withdrawn_share: 30%, withdrawn_count: many, withdrawn: 1 }
            secrets: none
            """
        #expect(
            problems { try CustomerFile(Data(text: yaml), file: "c.yaml") } == """
                c.yaml:1: name: this key is missing
                c.yaml:1: customer: must be 1 to 63 small letters a to z, digits and hyphens
                c.yaml:2: system: "trios" is not allowed, did you mean trio? allowed: one-x, trio, \
                kalender-push, cmg
                c.yaml:3: timezone: "Europe/Stokholm" is no time zone, did you mean \
                Europe/Stockholm? allowed: a name of the IANA database such as Europe/Stockholm
                c.yaml:4: language: "se" is not allowed; allowed: sv, no, en
                c.yaml:5: rules.colour: unknown key; \(RulesDocumentTests.keys)
                c.yaml:5: rules.merge_gap: "5" \(RulesDocumentTests.noLength)
                c.yaml:6: calendars: a customer needs one calendar source at least
                c.yaml:7: exchange.kind: "tabel" is not allowed, did you mean table? allowed: table, http, mxone
                c.yaml:8: contract.term: "6" is not allowed; allowed: none, 12, 24, 36
                c.yaml:8: contract.starts: "1/12" is no date; allowed: a day such as 2026-11-24
                c.yaml:9: limits.withdrawn: unknown key; allowed: withdrawn_share, \
                withdrawn_share_from, withdrawn_count, newly_direct_share, newly_direct_from, \
                newly_direct_count
                c.yaml:9: limits.withdrawn_share: must be a share from 0 to 1, such as 0.3
                c.yaml:9: limits.withdrawn_count: must be a whole number from 0 to 1000000
                c.yaml:10: secrets: unknown key; allowed: customer, name, system, timezone, \
                language, rules, calendars, groups, exchange, presence, contract, limits, \
                retention
                """
        )
    }

    static let wrongParts = [
        Wrong(
            "exchange: { kind: table, service: \"a b\" }",
            "c:6: exchange.service: must be the name of a libpq service: "
                + "letters a to z, digits, _ . and -"
        ),
        Wrong(
            "exchange: { kind: table, password: hunter2 }",
            "c:6: exchange.password: a secret never stands in this file; "
                + "a key that ends in _file or _env says where it is"
        ),
        Wrong(
            "client_secret: hunter2",
            "c:6: client_secret: a secret never stands in this file; "
                + "a key that ends in _file or _env says where it is"
        ),
        Wrong(
            "Token: abc",
            "c:6: Token: a secret never stands in this file; "
                + "a key that ends in _file or _env says where it is"
        ),
        Wrong("contract: { term: 12 }", "c:6: contract.starts: this key is missing"),
        Wrong(
            "contract: { starts: 2026-12-01 }",
            "c:6: contract.term: this key is missing"
        ),
        Wrong(
            "limits: { withdrawn_share: 1.1 }",
            "c:6: limits.withdrawn_share: must be a share from 0 to 1, such as 0.3"
        ),
        Wrong("rules: [merge_gap]", "c:6: rules: a map is wanted here, not a list"),
    ]

    @Test(arguments: wrongParts)
    func `each part is checked`(wrong: Wrong) {
        let yaml = Data(text: Self.least + wrong.text)
        #expect(problems { try CustomerFile(yaml, file: "c") } == wrong.problems)
    }

    @Test(arguments: [
        "EST", "CET", "GMT+1", "Stockholm", "europe/stockholm", "W. Europe Standard Time",
        "SystemV/PST8PDT", "+01:00", "Factory",
    ])
    func `only names of the IANA database are time zones`(name: String) {
        let yaml = Self.least.replacing("UTC", with: "'\(name)'")
        let told = problems { try CustomerFile(Data(text: yaml), file: "c") }
        #expect(told.hasPrefix("c:4: timezone: \"\(name)\" is no time zone"))
    }

    @Test(arguments: ["Asia/Kolkata", "Asia/Calcutta", "Etc/UTC", "UTC", "America/New_York"])
    func `aliases are time zones too`(name: String) throws {
        let yaml = Self.least.replacing("UTC", with: name)
        #expect(throws: Never.self) { try CustomerFile(Data(text: yaml), file: "c") }
    }

    @Test func `a file that is there is read`() throws {
        let path = NSTemporaryDirectory() + "customer-\(UUID().uuidString).yaml"
        try Data(text: Self.least).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try CustomerFile(contentsOf: path).customer == "c")
    }

    @Test func `a folder is no file`() {
        let told = problems { try CustomerFile(contentsOf: NSTemporaryDirectory()) }
        #expect(told == NSTemporaryDirectory() + ": it cannot be read")
    }
}
