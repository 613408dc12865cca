import TestSupport
import Testing

/// Files of settings are taken in whole or not at all.
@Suite struct SettingsFilesTests {
    @Test func `a bad customer file is told line by line, and nothing is written`() async throws {
        try await Office.run { office in
            try office.write(
                """
                customer: Prov
                name: Provbolaget
                system: one-y
                timezone: Europe/Stokholm
                rules:
                  show_as:
                    busy: { reason: meating, kind: open }
                  merge_gapp: 5m
                calendars:
                  - { name: files, kind: ics }
                  - { name: dav, kind: caldav, url: "https://anna:hunter2@dav.example/", user: a, password: hunter2 }

                """,
                to: "customer.yaml"
            )
            let before = try await office.allData()
            let ending = try await office.expect(1, "customer", "apply", "customer.yaml")
            #expect(ending.output == "")
            try Golden.expect(ending.complaints, is: "customer-apply-problems.txt")
            #expect(!ending.complaints.contains("hunter2"))
            #expect(try await office.allData() == before)
        }
    }

    @Test func `a bad roster is told row by row, and nothing is written`() async throws {
        try await Office.furnished { office in
            try office.write(
                """
                key,name,extension,calendar,services,mail
                anna,Anna Åkesson,40 21,files:anna,calendar diversion,anna@prov.example
                bo,,4022,filer:bo,calender,
                bo,Bo Ek,4024,bo,calendar,bo
                cia,"Cia
                Berg",4022,files:cia,calendar
                dan,Dan Dahl,4024,files:dan,calendar,

                """,
                to: "bad.csv"
            )
            let before = try await office.allData()
            let ending = try await office.expect(1, "roster", "import", "bad.csv")
            #expect(ending.output == "")
            try Golden.expect(ending.complaints, is: "roster-import-problems.txt")
            #expect(try await office.allData() == before)
        }
    }

    @Test func `preferences of somebody unknown change nobody's`() async throws {
        try await Office.furnished { office in
            try office.write(
                """
                anna: { enabled: false }
                zoe: { enabled: false }

                """,
                to: "preferences.yaml"
            )
            let before = try await office.allData()
            let ending = try await office.expect(1, "roster", "preferences", "preferences.yaml")
            #expect(ending.complaints.contains("prov has no user zoe"))
            #expect(try await office.allData() == before)
        }
    }

    @Test func `a file that is not there is told as that`() async throws {
        try await Office.furnished { office in
            for command in [["customer", "apply"], ["roster", "import"], ["rules", "test"]] {
                let ending = try await office.program.run(command + ["nowhere.file"])
                #expect(ending.status == 1)
                #expect(ending.complaints.hasPrefix("nowhere.file: "), "\(ending.complaints)")
            }
        }
    }

    @Test func `taking files in says what changed, and of the same ones that nothing did`()
        async throws
    {
        try await Office.furnished { office in
            let customer = try await office.expect(0, "customer", "apply", "customer.yaml")
            #expect(customer.output == "prov: rules are version 1\n")
            let roster = try await office.expect(0, "roster", "import", "roster.csv")
            #expect(roster.output == "prov: 3 users; 0 joined, 0 changed, 0 left\n")
            try office.write(
                Office.roster.replacing("files:bo", with: "files:cia")
                    .replacing("Cia Berg,4023", with: "Cia Berg,4024")
                    .replacing("anna,Anna Åkesson,4021,files:anna", with: "dan,Dan Dahl,4025,"),
                to: "roster.csv"
            )
            let changed = try await office.expect(0, "roster", "import", "roster.csv")
            #expect(changed.output == "prov: 3 users; 1 joined, 2 changed, 1 left\n")
            let list = try await office.expect(0, "customer", "list")
            #expect(
                list.output == """
                    customer  name         time zone         calendars
                    prov      Provbolaget  Europe/Stockholm  files

                    """
            )
        }
    }
}
