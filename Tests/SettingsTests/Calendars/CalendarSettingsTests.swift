import Foundation
import Settings
import Testing

@Suite struct CalendarSettingsTests {
    static let caldav = "kind: caldav, url: \"https://dav.example/\", user: u"
    static let kinds = "allowed: ics, caldav, graph, ews, google"
    static let secret =
        "a secret never stands in this file; password_file or password_env says where it is"

    static let wrong = [
        Wrong("{ kind: ics, folder: a }", "[1].name: this key is missing"),
        Wrong(
            "{ name: a:b, kind: ics, folder: a }",
            "[a:b].name: must be 1 to 63 letters a to z, digits, _ and -"
        ),
        Wrong("{ name: a, folder: a }", "[a].kind: this key is missing; \(kinds)"),
        Wrong(
            "{ name: a, kind: exchange, password: x }",
            "[a].kind: \"exchange\" is not allowed; \(kinds)",
            "[a].password: a secret never stands in this file; "
                + "a key that ends in _file or _env says where it is"
        ),
        Wrong(
            "{ name: a, kind: caldev }",
            "[a].kind: \"caldev\" is not allowed, did you mean caldav? \(kinds)"
        ),
        Wrong("{ name: a, kind: ics }", "[a]: either folder or url is missing"),
        Wrong(
            "{ name: a, kind: ics, folder: a, url: \"https://a/\" }",
            "[a].url: either folder or url is allowed, not both"
        ),
        Wrong(
            "{ name: a, kind: ics, folder: a, user: u }",
            "[a].user: unknown key; allowed: name, kind, timeout, folder, url"
        ),
        Wrong("{ name: a, kind: ics, folder: }", "[a].folder: a value is missing here"),
        Wrong(
            "{ name: a, kind: ics, folder: a, timeout: 0 }",
            "[a].timeout: must be a whole number from 1 to 600"
        ),
        Wrong("{ name: a, kind: ics, url: \"webcal://a/b\" }", "[a].url: \(noURL)"),
        Wrong("{ name: a, kind: ics, url: \"https:///b\" }", "[a].url: \(noURL)"),
        Wrong("{ name: a, kind: ics, url: \"a b\" }", "[a].url: \(noURL)"),
        Wrong(
            "{ name: a, kind: ics, url: \"https://a/{adress}\" }",
            "[a].url: in braces only {address} is allowed"
        ),
        Wrong(
            "{ name: a, kind: ics, url: \"https://me:hunter2@a/\" }",
            "[a].url: a URL must hold neither user nor password; user, and password_file or "
                + "password_env, are keys of kind caldav"
        ),
        Wrong(
            "{ name: a, kind: caldav, password_env: P }",
            "[a].url: this key is missing",
            "[a].user: this key is missing"
        ),
        Wrong(
            "{ name: a, \(caldav) }",
            "[a]: either password_file or password_env is missing"
        ),
        Wrong(
            "{ name: a, \(caldav), password_file: p, password_env: P }",
            "[a].password_env: either password_file or password_env is allowed, not both"
        ),
        Wrong(
            "{ name: a, \(caldav), password_env: hunter-2 }",
            "[a].password_env: must be the name of an environment variable: "
                + "letters a to z, digits and _"
        ),
        Wrong(
            "{ name: a, \(caldav), password: hunter2, password_env: P }",
            "[a].password: \(secret)"
        ),
        Wrong(
            "{ name: a, \(caldav), token: hunter2, SECRET: x, password_env: P }",
            "[a].token: \(secret)",
            "[a].SECRET: \(secret)"
        ),
        Wrong("ics", "[1]: a map is wanted here, not a single value"),
    ]
    static let noURL = "must be a URL that begins with https:// or http:// and a host"

    @Test(arguments: wrong)
    func `everything wrong is told, and no secret with it`(wrong: Wrong) {
        let yaml = """
            customer: c
            name: C
            system: one-x
            timezone: Europe/Oslo
            calendars:
              - \(wrong.text)
            """
        let told = problems { try CustomerFile(Data(text: yaml), file: "c") }
        let expected = wrong.problems.split(separator: "\n").map { "c:6: calendars\($0)" }
        #expect(told == expected.joined(separator: "\n"))
        #expect(!told.contains("hunter"))
    }

    @Test func `names differ`() {
        let yaml = CustomerFileTests.least.replacing(
            "folder: a }]",
            with: "folder: a },\n  { name: a, kind: ics, folder: b }]"
        )
        #expect(
            problems { try CustomerFile(Data(text: yaml), file: "c") }
                == "c:6: calendars[a]: stands twice"
        )
    }
}
