import Settings
import Testing

@Suite struct GoogleSettingsTests {
    @Test func `what may be left out has its default`() throws {
        let calendar = try calendar("{ name: a, kind: google, key_file: /etc/kk/google.json }")
        #expect(calendar.access == .google(GoogleSettings(keyFile: "/etc/kk/google.json")))
        guard case .google(let google) = calendar.access else { return }
        #expect(google.url == "https://www.googleapis.com/calendar/v3")
        #expect(google.directoryURL == "https://admin.googleapis.com/admin/directory/v1")
        #expect(google.projectPerMinute == 10_000)
        #expect(google.userPerMinute == 600)
    }

    @Test func `settings come back from their JSON, which is as the customer file`() throws {
        let calendar = try calendar(
            """
            { name: a, kind: google, key_file: k.json, url: "http://127.0.0.1:1/calendar/v3/", \
            directory_url: "http://127.0.0.1:1/admin/directory/v1", admin: it@exempel.example, \
            choice_property: kalenderkoppling, project_per_minute: 5000, user_per_minute: 300, \
            ca_file: ours.pem, timeout: 20 }
            """
        )
        let json = try SettingsJSON.text(of: calendar)
        #expect(
            json
                == #"{"admin":"it@exempel.example","ca_file":"ours.pem","#
                + #""choice_property":"kalenderkoppling","#
                + #""directory_url":"http://127.0.0.1:1/admin/directory/v1","#
                + #""key_file":"k.json","kind":"google","name":"a","project_per_minute":5000,"#
                + #""timeout":20,"url":"http://127.0.0.1:1/calendar/v3","user_per_minute":300}"#
        )
        #expect(try SettingsJSON.value(CalendarSettings.self, of: json) == calendar)
    }

    static let wrong = [
        Wrong("{ name: a, kind: google }", ".key_file: this key is missing"),
        Wrong(
            "{ name: a, kind: google, key_file: k, private_key: hunter2 }",
            ".private_key: a secret never stands in this file; key_file says where it is"
        ),
        Wrong(
            "{ name: a, kind: google, key_file: k, admin: it }",
            ".admin: must be an administrator's mail address"
        ),
        Wrong(
            "{ name: a, kind: google, key_file: k, url: googleapis.com, user_per_minute: 0 }",
            ".url: must be a URL that begins with https:// or http:// and a host",
            ".user_per_minute: must be a whole number from 1 to 1000000"
        ),
    ]

    @Test(arguments: wrong)
    func `everything wrong is told, and no secret with it`(wrong: Wrong) {
        let told = problems(ofCalendar: wrong.text)
        #expect(told == wrong.problems)
        #expect(!told.contains("hunter"))
    }
}
