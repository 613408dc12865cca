import TestSupport
import Testing

/// Other rules, tried before they count, and versions of them.
@Suite struct VersionsTests {
    /// The office of Scene.swift at Trio, with a coded meeting of three.
    private static let trio = Office.customer
        .replacing("system: one-x", with: "system: trio")
        .replacing("    busy: { reason: meeting, kind: open }\n", with: "    busy: skip\n")

    private static func furnished(_ body: (Office) async throws -> Void) async throws {
        try await Office.furnished { office in
            try office.write(trio, to: "customer.yaml")
            try await office.expect(0, "customer", "apply", "customer.yaml")
            for user in ["anna", "bo", "cia"] {
                try office.book(
                    user,
                    EventText(
                        "board",
                        "20261124T080000Z",
                        "20261124T090000Z",
                        ["SUMMARY:SAM: hemligt"]
                    )
                )
            }
            try office.book(
                "anna",
                EventText(
                    "after",
                    "20261124T090400Z",
                    "20261124T100000Z",
                    ["SUMMARY:TJÄ: hemligt"]
                )
            )
            try office.book(
                "anna",
                EventText(
                    "home",
                    "20261124T083000Z",
                    "20261124T110000Z",
                    ["SUMMARY:SEM; hemligt"]
                )
            )
            try office.book(
                "anna",
                EventText("lunch", "20261124T110000Z", "20261124T120000Z", ["SUMMARY:SAM lunch"])
            )
            try await office.expect(0, "load", "bookings")
            try await body(office)
        }
    }

    @Test func `explain speaks Swedish, Norwegian and English`() async throws {
        try await Self.furnished { office in
            let plan = try await office.expect(0, "reconcile", "--apply")
            #expect(plan.output.contains("the meeting's code closes 3 phones"))
            var text = ""
            for language in ["sv", "no", "en"] {
                for instant in ["2026-11-24T09:30", "2026-11-24T11:30", "2026-11-24T12:30"] {
                    text += "$ explain anna --at \(instant) --language \(language)\n"
                    text +=
                        try await office.expect(
                            0,
                            "explain",
                            "anna",
                            "--at",
                            instant,
                            "--language",
                            language
                        ).output + "\n"
                }
            }
            try Golden.expect(Golden.withoutSeconds(text), is: "explain-languages.txt")
            #expect(!text.contains("hemligt"))
            let json = try await office.expect(
                0,
                "explain",
                "anna",
                "--at",
                "2026-11-24T09:30",
                "--format",
                "json"
            )
            #expect(json.output.contains("\"phones_closed\" : 3"))
            #expect(json.output.contains("\"merged_with\" : [\n        \"after\"\n"))
        }
    }

    @Test func `of an instant that has passed, what counted then is told`() async throws {
        try await Self.furnished { office in
            try await office.expect(0, "reconcile", "--apply")
            // Bo's copy loses its code in the middle of the meeting.
            try office.book(
                "bo",
                EventText("board", "20261124T080000Z", "20261124T090000Z", ["SUMMARY:utan kod"])
            )
            try await office.expect(0, at: "2026-11-24T08:20:00Z", "load", "bookings")
            let plan = try await office.expect(
                0,
                at: "2026-11-24T08:21:00Z",
                "reconcile",
                "--apply"
            )
            #expect(plan.output.contains("no code"))
            func told(_ instant: String) async throws -> String {
                try await office.expect(
                    0,
                    at: "2026-11-24T12:00:00Z",
                    "explain",
                    "bo",
                    "--at",
                    instant,
                    "--language",
                    "en"
                ).output
            }
            let before = try await told("2026-11-24T09:10")
            #expect(before.contains("Booking board decided"))
            #expect(before.contains("the code SAM in its subject"))
            let after = try await told("2026-11-24T09:40")
            #expect(after.contains("no absence stood on the phone"))
            #expect(after.contains("board, 2026-11-24 09:00-10:00: it has no code [no_code]"))
            #expect(after.contains("withdrawn (it has no code), done"))
        }
    }

    @Test func `rules are tried without a trace, and what cannot be judged is named`()
        async throws
    {
        try await Self.furnished { office in
            try await office.expect(0, "reconcile", "--apply")
            let other = Self.trio.replacing(
                "rules:\n",
                with: """
                    rules:
                      merge_gap: none
                      text: [subject]
                      codes: [{ code: UTB, reason: course }]

                    """
            )
            try office.write(other, to: "other.yaml")
            let before = try await office.allData()
            var text = ""
            for arguments in [[], ["--fresh"], ["--format", "csv"], ["--examples", "1"]] {
                let words = ["rules", "try", "other.yaml", "--quiet"] + arguments
                let ending = try await office.program.run(words + ["--now", Office.now])
                #expect(ending.status == 0, "\(ending.everything)")
                text += "$ \(words.joined(separator: " "))\n\(ending.output)\n"
            }
            try Golden.expect(Golden.withoutKeys(text), is: "rules-try.txt")
            #expect(try await office.allData() == before)
        }
    }

    @Test func `versions of rules are listed, compared, and gone back to`() async throws {
        try await Self.furnished { office in
            try office.write(
                Self.trio.replacing("rules:\n", with: "rules:\n  merge_gap: none\n"),
                to: "customer.yaml"
            )
            try await office.expect(0, "customer", "apply", "customer.yaml")
            let history = try await office.expect(0, "customer", "history")
            #expect(history.output.contains(/3 +2026-11-23 [0-9:]+ +in force +trio .*merge_gap/))
            let diff = try await office.expect(0, "customer", "diff", "2", "3")
            #expect(
                diff.output == """
                    key        version 2         version 3
                    merge_gap  (the template's)  null

                    """
            )
            let before = try await office.allData()
            let dry = try await office.expect(0, "customer", "rollback", "2")
            #expect(dry.output.contains("1 of 3 users touched"))
            #expect(try await office.allData() == before)
            let done = try await office.expect(0, "customer", "rollback", "2", "--apply")
            #expect(done.output.hasSuffix("version 2 is in force again, as version 4\n"))
            let same = try await office.expect(0, "customer", "diff", "2", "4")
            #expect(same.output == "prov: versions 2 and 4 set the same\n")
            let unknown = try await office.expect(1, "customer", "rollback", "9")
            #expect(
                unknown.complaints
                    == "Error: prov has no version 9 of its rules; there are 1, 2, 3, 4\n"
            )
        }
    }
}
