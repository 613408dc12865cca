import Foundation
import TestSupport
import Testing

/// `roster sync` against the directories of the simulator: the end state in the database.
@Suite struct GroupSyncTests {
    private func address(_ number: Int) -> String { RunningSimulator.mailbox(number) }

    @Test(arguments: SimulatedCompany.directories.keys.sorted())
    func `whoever is in the group has the service`(source: String) async throws {
        try await SimulatedCompany.run(groups: ["\(source) telefoni calendar"]) { company in
            #expect(try await company.users() == "one")
            try await company.simulator.setGroup(
                "telefoni",
                members: [address(2), address(4), address(9)]
            )
            let told = try await company.expect(0, "roster", "sync")
            #expect(
                told.complaints
                    == "info: group told customer=prov group=telefoni joined=2 left=0 members=3"
                    + " service=calendar source=\(source) without_user=1\n"
            )
            #expect(try await company.users() == "two user4@exempel.example")
            #expect(
                try await company.office.rows(
                    "select member from watch.group_members_without_user"
                ) == [address(9)]
            )

            try await company.simulator.setGroup("telefoni", members: [address(2), address(3)])
            try await company.expect(0, "roster", "sync", "--quiet")
            #expect(try await company.users() == "three two")
            #expect(
                try await company.audit() == [
                    "two joined telefoni", "user4@exempel.example joined telefoni",
                    "three joined telefoni", "user4@exempel.example left telefoni",
                ]
            )
            // What the roster says of the service is overruled.
            try await company.expect(0, "roster", "import", "roster.csv")
            #expect(try await company.users() == "three two")
        }
    }

    @Test(arguments: SimulatedCompany.directories.keys.sorted())
    func `a group of many pages is read whole`(source: String) async throws {
        try await SimulatedCompany.run(
            mailboxes: 1_500,
            groups: ["\(source) everyone calendar"]
        ) { company in
            try await company.expect(0, "roster", "sync")
            #expect(try await company.users() == "one three two user4@exempel.example")
            let members = try await company.office.rows("select count(*) from roster.group_members")
            #expect(members == ["1500"])
            let counts = try await company.simulator.counts()
            #expect(counts.breaches == [:])
        }
    }

    static let faults = [
        "forbidden", "unavailable", "internal", "truncated", "empty", "reset",
    ]

    @Test(arguments: SimulatedCompany.directories.keys.sorted(), faults)
    func `a group that fails switches nobody off`(source: String, fault: String) async throws {
        try await SimulatedCompany.run(groups: ["\(source) telefoni calendar"]) { company in
            try await company.simulator.setGroup("telefoni", members: [address(2), address(3)])
            try await company.expect(0, "roster", "sync")
            try await company.simulator.fault(
                fault,
                SimulatedCompany.directories[source] ?? ""
            )
            try await company.simulator.setGroup("telefoni", members: [address(2)])
            let ending = try await company.expect(2, "roster", "sync", "--quiet")
            #expect(ending.complaints.contains("error: group failed customer=prov failure="))
            #expect(try await company.users() == "three two")
            let failed = try await company.office.rows(
                "select count(*) from watch.failed_groups where answered_at < failed_at"
            )
            #expect(failed == ["1"])

            try await company.simulator.clearFaults()
            try await company.expect(0, "roster", "sync")
            #expect(try await company.users() == "two")
        }
    }

    @Test(arguments: SimulatedCompany.directories.keys.sorted())
    func `nor does one that is empty, or gone`(source: String) async throws {
        try await SimulatedCompany.run(groups: ["\(source) telefoni calendar"]) { company in
            // Nobody has made the group yet.
            let gone = try await company.expect(2, "roster", "sync")
            #expect(gone.complaints.contains("has no group telefoni"))
            #expect(try await company.users() == "one")
            try await company.simulator.setGroup("telefoni", members: [address(2), address(3)])
            try await company.expect(0, "roster", "sync")
            try await company.simulator.setGroup("telefoni", members: [])
            let empty = try await company.expect(2, "roster", "sync")
            #expect(empty.complaints.contains("the group told of no member"))
            #expect(try await company.users() == "three two")
        }
    }

    @Test func `where no group is named nothing is asked, and nothing said`() async throws {
        try await SimulatedCompany.run { company in
            try await company.simulator.resetCounts()
            let before = try await company.office.allData()
            let ending = try await company.expect(0, "roster", "sync")
            #expect(ending.everything == "")
            #expect(try await company.office.allData() == before)
            let counts = try await company.simulator.counts()
            #expect(counts.requests.values.reduce(0, +) == 0)
        }
    }

    @Test func `check tells how far each source came, and what its groups are`() async throws {
        try await SimulatedCompany.run(
            groups: ["m365 first-half calendar", "google everyone diversion"]
        ) { company in
            // Whoever has no service is asked for nothing.
            try await company.expect(0, "roster", "sync")
            let ending = try await company.expect(0, "check")
            let lines = ending.output.split(separator: "\n").filter { $0.contains(" prov ") }
            #expect(
                lines == [
                    "ok    prov m365: token got, answers for one",
                    "ok    prov google: token got, answers for two",
                    "ok    prov exchange: logged in, answers for three",
                    "ok    prov google group everyone: read, 20 members",
                    "ok    prov m365 group first-half: read, 10 members",
                    "ok    prov exchange: answers",
                ]
            )
        }
    }

    @Test func `check tells what is wrong with a source, and no secret`() async throws {
        try await SimulatedCompany.run(groups: ["m365 nowhere calendar"]) { company in
            try company.office.write("hunter2\n", to: "secret")
            try company.office.write("{\"private_key\": \"hunter2\"}", to: "google.json")
            let ending = try await company.expect(1, "check")
            #expect(!ending.everything.contains("hunter2"))
            let lines = ending.output.replacing("\(company.simulator.url)", with: "HOST")
                .split(separator: "\n").filter { $0.hasPrefix("FAULT") }
            let noToken = "HOST gives no token: status 401, invalid_client"
            let noKey = "the key file of the Google service account cannot be used: its type is "
            let expected: [Substring] = [
                "FAULT prov m365: asked for one: \(noToken)",
                "FAULT prov google: \(noKey)not service_account: make a key of a service account",
                "FAULT prov m365 group nowhere: \(noToken)",
            ]
            #expect(lines == expected)
        }
    }
}
