import Settings
import Testing

@Suite struct GroupSettingsTests {
    static let graph = "{ name: m365, kind: graph, tenant: t, client: c, secret_env: S }"
    static let google = "{ name: google, kind: google, key_file: k }"

    @Test func `groups are read, and come back from their JSON`() throws {
        let file = try CustomerFile(
            customerFile(
                calendar: Self.graph,
                groups: """
                    { calendar: m365, group: Telefoni@contoso.example, service: calendar }
                      - { calendar: m365, group: 02bd9fd6-8f93, service: diversion }
                    """
            ),
            file: "c"
        )
        #expect(
            file.groups == [
                GroupSettings(
                    calendar: "m365",
                    group: "telefoni@contoso.example",
                    service: .calendar
                ),
                GroupSettings(calendar: "m365", group: "02bd9fd6-8f93", service: .diversion),
            ]
        )
        let json = try SettingsJSON.text(of: file.groups)
        #expect(try SettingsJSON.value([GroupSettings].self, of: json) == file.groups)
    }

    @Test func `a file without groups has none`() throws {
        #expect(try CustomerFile(customerFile(calendar: Self.graph), file: "c").groups == [])
    }

    static let wrong = [
        Wrong(
            "{ calendar: m356, group: g, service: calendar }",
            "[1].calendar: \"m356\" is not allowed, did you mean m365? allowed: m365"
        ),
        Wrong(
            "{ calendar: m365, group: \"../users\", service: calendar }",
            "[1].group: must be a group's mail address or GUID"
        ),
        Wrong(
            "{ calendar: m365, group: g, service: calender }",
            "[1].service: \"calender\" is not allowed, did you mean calendar? "
                + "allowed: calendar, diversion"
        ),
        Wrong(
            "{ calendar: m365 }",
            "[1].group: this key is missing",
            "[1].service: this key is missing"
        ),
    ]

    @Test(arguments: wrong)
    func `what is wrong is told`(wrong: Wrong) {
        let data = customerFile(calendar: Self.graph, groups: wrong.text)
        let told = problems { try CustomerFile(data, file: "c") }
        #expect(told.replacing("c:8: groups", with: "") == wrong.problems)
    }

    @Test func `a group stands once for each service`() {
        let one = "{ calendar: m365, group: g, service: calendar }"
        let data = customerFile(calendar: Self.graph, groups: "\(one)\n  - \(one)")
        #expect(problems { try CustomerFile(data, file: "c") } == "c:9: groups[2]: stands twice")
    }

    @Test func `only a source with a directory has groups`() {
        let files = "{ name: files, kind: ics, folder: a }"
        #expect(
            problems {
                try CustomerFile(
                    customerFile(
                        calendar: files,
                        groups: "{ calendar: files, group: g, service: calendar }"
                    ),
                    file: "c"
                )
            } == "c:8: groups[1].calendar: \"files\" has no groups; "
                + "kinds graph and google have them"
        )
        #expect(
            problems {
                try CustomerFile(
                    customerFile(
                        calendar: Self.google,
                        groups: "{ calendar: google, group: g@x, service: calendar }"
                    ),
                    file: "c"
                )
            } == "c:8: groups[1].calendar: \"google\" reads groups in the name of an "
                + "administrator: give it the key admin"
        )
    }

    @Test func `a calendar that is wrong itself is told where it stands, and nowhere else`() {
        let data = customerFile(
            calendar: "{ name: m365, kind: graph, tenant: t, client: c }",
            groups: "{ calendar: m365, group: g, service: calendar }"
        )
        #expect(
            problems { try CustomerFile(data, file: "c") }
                == "c:6: calendars[m365]: one of secret_file and secret_env is missing, "
                + "or certificate_file with key_file"
        )
    }
}
