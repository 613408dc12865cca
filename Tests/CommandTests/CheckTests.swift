import TestSupport
import Testing

@Suite struct CheckTests {
    @Test func `all is well`() async throws {
        try await Office.furnished { office in
            let ending = try await office.program("check")
            #expect(ending.status == 0)
            try Golden.expect(
                ending.output.replacing(/within [0-9.]+ s/, with: "within 0.0 s"),
                is: "check-well.txt"
            )
            #expect(ending.complaints == "")
            #expect(try await office.program("check", "--quiet").everything == "")
        }
    }

    @Test func `every fault is told, with what to do`() async throws {
        try await Office.furnished { office in
            let port = try Loopback.freePort()
            try office.write("", to: "empty-password")
            try office.write(
                Office.customer.replacing(
                    "  - { name: files, kind: ics, folder: calendars }\n",
                    with: """
                          - { name: files, kind: ics, folder: elsewhere }
                          - { name: feed, kind: ics, url: "http://127.0.0.1:\(port)/{address}.ics" }
                          - { name: no-password, kind: caldav, url: "https://dav.invalid/", user: kk, password_env: KK_TEST_UNSET }
                          - { name: empty, kind: caldav, url: "https://dav.invalid/", user: kk, password_file: empty-password }
                        exchange: { kind: table, service: nowhere }

                        """
                ),
                to: "faulty.yaml"
            )
            try office.write(
                Office.roster.replacing("files:bo", with: "feed:bo no-password:bo empty:bo"),
                to: "faulty.csv"
            )
            try await office.expect(0, "customer", "apply", "faulty.yaml")
            try await office.expect(0, "roster", "import", "faulty.csv")
            let ending = try await office.program("check")
            #expect(ending.status == 1)
            try Golden.expect(
                ending.output.replacing(/within [0-9.]+ s/, with: "within 0.0 s")
                    .replacing("127.0.0.1:\(port)", with: "127.0.0.1:PORT"),
                is: "check-faults.txt"
            )
        }
    }

    @Test func `a schema that is being deployed is no fault`() async throws {
        try await Office.furnished { office in
            _ = try await office.rows("drop schema watch cascade")
            let ending = try await office.program("check")
            #expect(ending.status == 75)
            #expect(ending.complaints.contains("watch"))
            #expect(ending.complaints.contains("jobs/deploy-schema"))
        }
    }
}
