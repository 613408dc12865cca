import Settings
import Testing

@Suite struct GraphSettingsTests {
    static let least = "name: a, kind: graph, tenant: contoso.example, client: 5f2c-11"
    static let property = "String {00020329-0000-0000-C000-000000000046} Name Kalenderkoppling"

    @Test func `what may be left out has its default`() throws {
        let calendar = try calendar("{ \(Self.least), secret_file: /etc/kk/m365 }")
        #expect(
            calendar.access
                == .graph(
                    GraphSettings(
                        tenant: "contoso.example",
                        client: "5f2c-11",
                        credential: .secret(.file("/etc/kk/m365"))
                    )
                )
        )
        guard case .graph(let graph) = calendar.access else { return }
        #expect(graph.cloud.url == "https://graph.microsoft.com/v1.0")
        #expect(graph.cloud.loginURL == "https://login.microsoftonline.com")
        #expect(graph.concurrency == .mailbox)
    }

    static let whole = [
        "{ \(least), secret_env: M365, timeout: 30 }",
        "{ \(least), certificate_file: c.pem, key_file: k.pem, concurrency: app }",
        "{ \(least), secret_env: S, cloud: us_gov_l4 }",
        "{ \(least), secret_env: S, cloud: us_gov_l5 }",
        "{ \(least), secret_env: S, cloud: china, choice_property: \"\(property)\" }",
        """
        { \(least), secret_env: S, url: "http://127.0.0.1:8080/v1.0/", \
        login_url: "http://127.0.0.1:8080/", ca_file: ours.pem }
        """,
    ]

    @Test(arguments: whole)
    func `settings come back from their JSON`(text: String) throws {
        let calendar = try calendar(text)
        let json = try SettingsJSON.text(of: calendar)
        #expect(try SettingsJSON.value(CalendarSettings.self, of: json) == calendar)
    }

    @Test func `the JSON is as the customer file`() throws {
        #expect(
            try SettingsJSON.text(of: calendar(Self.whole[5]))
                == #"{"ca_file":"ours.pem","client":"5f2c-11","concurrency":"mailbox","#
                + #""kind":"graph","login_url":"http://127.0.0.1:8080","name":"a","#
                + #""secret_env":"S","tenant":"contoso.example","#
                + #""url":"http://127.0.0.1:8080/v1.0"}"#
        )
        #expect(
            try SettingsJSON.text(of: calendar(Self.whole[1]))
                == #"{"certificate_file":"c.pem","client":"5f2c-11","cloud":"global","#
                + #""concurrency":"app","key_file":"k.pem","kind":"graph","name":"a","#
                + #""tenant":"contoso.example"}"#
        )
    }

    static let wrong = [
        Wrong(
            "{ name: a, kind: graph, secret_env: S }",
            ".tenant: this key is missing",
            ".client: this key is missing"
        ),
        Wrong(
            "{ \(least) }",
            ": one of secret_file and secret_env is missing, or certificate_file with key_file"
        ),
        Wrong(
            "{ \(least), secret_env: S, secret_file: s }",
            ".secret_env: either secret_file or secret_env is allowed, not both"
        ),
        Wrong(
            "{ \(least), secret_env: S, certificate_file: c, key_file: k }",
            ".secret_env: either a secret or certificate_file is allowed, not both"
        ),
        Wrong(
            "{ \(least), certificate_file: c }",
            ".certificate_file: key_file is missing, the certificate's private key"
        ),
        Wrong(
            "{ \(least), key_file: k }",
            ".key_file: certificate_file is missing, the certificate of this key"
        ),
        Wrong(
            "{ \(least), secret: hunter2, secret_env: S }",
            ".secret: a secret never stands in this file; "
                + "secret_file or secret_env or key_file says where it is"
        ),
        Wrong(
            "{ \(least), secret_env: S, cloud: globl }",
            ".cloud: \"globl\" is not allowed, did you mean global? "
                + "allowed: global, us_gov_l4, us_gov_l5, china"
        ),
        Wrong(
            "{ \(least), secret_env: S, url: \"https://graph.example/v1.0\" }",
            ".url: login_url is missing: where tokens for this URL come from"
        ),
        Wrong(
            "{ \(least), secret_env: S, login_url: \"https://login.example\" }",
            ".login_url: url is missing: what the tokens of this login are for"
        ),
        Wrong(
            "{ \(least), secret_env: S, cloud: china, url: \"https://a/\", login_url: \"https://b\" }",
            ".cloud: either cloud or url and login_url are allowed, not both"
        ),
        Wrong(
            "{ \(least), secret_env: S, url: \"https://u:hunter2@a/\", login_url: \"https://b\" }",
            ".url: a URL must hold neither user nor password"
        ),
        Wrong(
            "{ \(least), secret_env: S, concurrency: tenant }",
            ".concurrency: \"tenant\" is not allowed; allowed: mailbox, app"
        ),
        Wrong(
            "{ \(least), secret_env: S, choice_property: Kalenderkoppling }",
            ".choice_property: must be \"String {GUID} Name NAME\", "
                + "with the GUID of a property set"
        ),
        Wrong(
            "{ name: a, kind: graph, tenant: \"a/b\", client: \"c d\", secret_env: S }",
            ".tenant: must be the directory's GUID or a domain of it",
            ".client: must be the application's GUID"
        ),
    ]

    @Test(arguments: wrong)
    func `everything wrong is told, and no secret with it`(wrong: Wrong) {
        let told = problems(ofCalendar: wrong.text)
        #expect(told == wrong.problems)
        #expect(!told.contains("hunter"))
    }
}
