import Settings
import Testing

@Suite struct EWSSettingsTests {
    static let least = #"name: a, kind: ews, url: "https://mail.example/EWS/Exchange.asmx""#
    static let property = "{00020329-0000-0000-C000-000000000046}/Kalenderkoppling"

    static let oauth = """
        auth: oauth, token_url: "https://login.example/t/oauth2/v2.0/token", client: c, \
        secret_env: S, scope: "https://mail.example/.default"
        """

    @Test func `each way to log in is read`() throws {
        let url = "https://mail.example/EWS/Exchange.asmx"
        #expect(
            try calendar("{ \(Self.least), auth: ntlm, user: 'EX\\service', password_env: P }")
                .access
                == .ews(
                    EWSSettings(
                        url: url,
                        login: .ntlm(user: #"EX\service"#, password: .environment("P"))
                    )
                )
        )
        #expect(
            try calendar("{ \(Self.least), auth: basic, user: s@x, password_file: p }").access
                == .ews(
                    EWSSettings(url: url, login: .basic(user: "s@x", password: .file("p")))
                )
        )
        #expect(
            try calendar("{ \(Self.least), \(Self.oauth) }").access
                == .ews(
                    EWSSettings(
                        url: url,
                        login: .oauth(
                            tokenURL: "https://login.example/t/oauth2/v2.0/token",
                            client: "c",
                            secret: .environment("S"),
                            scope: "https://mail.example/.default"
                        )
                    )
                )
        )
    }

    @Test(
        arguments: [
            "{ \(least), auth: ntlm, user: u, password_env: P, timeout: 90 }",
            """
            { \(least), auth: basic, user: u, password_file: p, ca_file: ours.pem, \
            choice_property: PublicStrings/Kalenderkoppling }
            """,
            "{ \(least), \(oauth), choice_property: \"\(property)\" }",
        ]
    )
    func `settings come back from their JSON`(text: String) throws {
        let calendar = try calendar(text)
        let json = try SettingsJSON.text(of: calendar)
        #expect(try SettingsJSON.value(CalendarSettings.self, of: json) == calendar)
    }

    @Test func `the JSON is as the customer file`() throws {
        #expect(
            try SettingsJSON.text(of: calendar("{ \(Self.least), \(Self.oauth) }"))
                == #"{"auth":"oauth","client":"c","kind":"ews","name":"a","#
                + #""scope":"https://mail.example/.default","secret_env":"S","#
                + #""token_url":"https://login.example/t/oauth2/v2.0/token","#
                + #""url":"https://mail.example/EWS/Exchange.asmx"}"#
        )
    }

    static let online = [
        "https://outlook.office365.com/EWS/Exchange.asmx", "https://OUTLOOK.office.com/ews",
        "https://outlook.office365.us/EWS/Exchange.asmx", "https://partner.outlook.cn/EWS/",
    ]

    @Test(arguments: online)
    func `Exchange Online is refused with the reason`(url: String) {
        let text = "{ name: a, kind: ews, url: \"\(url)\", auth: basic, user: u, password_env: P }"
        #expect(
            problems(ofCalendar: text)
                == ".url: kind ews is for Exchange on premises: Exchange Online blocks Exchange "
                + "Web Services, and takes them away on 2027-04-01; use kind graph"
        )
    }

    @Test func `a host that only sounds like it is not`() throws {
        let url = "https://mail.notoffice365.com/EWS/Exchange.asmx"
        let text = "{ name: a, kind: ews, url: \"\(url)\", auth: ntlm, user: u, password_env: P }"
        #expect(throws: Never.self) { try calendar(text) }
    }

    static let wrong = [
        Wrong(
            "{ name: a, kind: ews }",
            ".url: this key is missing",
            ".auth: this key is missing"
        ),
        Wrong(
            "{ \(least), auth: kerberos }",
            ".auth: \"kerberos\" is not allowed; allowed: basic, ntlm, oauth"
        ),
        Wrong(
            "{ \(least), auth: ntlm }",
            ".user: this key is missing",
            ": either password_file or password_env is missing"
        ),
        Wrong(
            "{ \(least), auth: ntlm, user: u, password_env: P, client: c, scope: s }",
            ".client: auth ntlm has no such key",
            ".scope: auth ntlm has no such key"
        ),
        Wrong(
            "{ \(least), \(oauth), user: u }",
            ".user: auth oauth has no such key"
        ),
        Wrong(
            "{ \(least), auth: oauth, secret_env: S }",
            ".token_url: this key is missing",
            ".client: this key is missing",
            ".scope: this key is missing"
        ),
        Wrong(
            "{ \(least), auth: basic, user: u, password_env: P, choice_property: Choice }",
            ".choice_property: must be SET/NAME, such as PublicStrings/Kalenderkoppling or "
                + "{GUID}/Kalenderkoppling"
        ),
        Wrong(
            "{ \(least), auth: basic, user: u, password: hunter2, password_env: P }",
            ".password: a secret never stands in this file; "
                + "password_file or password_env or secret_file or secret_env says where it is"
        ),
    ]

    @Test(arguments: wrong)
    func `everything wrong is told, and no secret with it`(wrong: Wrong) {
        let told = problems(ofCalendar: wrong.text)
        #expect(told == wrong.problems)
        #expect(!told.contains("hunter"))
    }
}
