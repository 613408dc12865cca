import Foundation
import TestSupport
import Testing
import Web

@Suite struct ReconcileTests {
    @Test func `a plan is printed in three forms, and nothing is done`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            for format in ["table", "json", "csv"] {
                let ending = try await office.expect(0, "reconcile", "--format", format)
                try Golden.expect(
                    Golden.withoutKeys(ending.output),
                    is: "reconcile-plan.\(format == "table" ? "txt" : format)"
                )
            }
            #expect(try await office.shown() == [])
        }
    }

    @Test func `a plan that is carried out leaves nothing to do`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            let first = try await office.expect(0, "reconcile", "--apply")
            try Golden.expect(first.output, is: "reconcile-applied.txt")
            let shown = [
                "4021 open meeting 11-23 08:00 11-23 09:00",
                "4022 open meeting 11-23 08:00 11-23 09:15",
                "4022 open meeting 11-30 08:00 11-30 09:15",
                "4022 open meeting 12-07 08:00 12-07 09:15",
                "4023 information away 11-23 23:00 11-25 23:00",
            ]
            #expect(try await office.shown() == shown)

            let rows = "select xmin, * from switchboard.absences order by absence_key"
            let before = try await office.rows(rows)
            try await office.expect(0, "load", "bookings", "--full")
            let second = try await office.expect(0, "reconcile", "--apply")
            #expect(second.output == "prov: nothing to change\n")
            #expect(try await office.rows(rows) == before)
        }
    }

    @Test func `what moved, went and was made private is told as that`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            try office.book("anna", EventText("a1", "20261123T083000Z", "20261123T100000Z"))
            try office.book(
                "bo",
                EventText(
                    "b1",
                    "20261123T080000Z",
                    "20261123T091500Z",
                    ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261130T080000Z"]
                )
            )
            try office.book("cia", EventText("c1", "20261124", "20261126", ["CLASS:PRIVATE"]))
            try await office.expect(0, "load", "bookings")
            for format in ["table", "json", "csv"] {
                let ending = try await office.expect(
                    0,
                    "reconcile",
                    "--touched",
                    "--format",
                    format
                )
                try Golden.expect(
                    Golden.withoutKeys(ending.output),
                    is: "reconcile-changes.\(format == "table" ? "txt" : format)"
                )
            }
            let applied = try await office.expect(0, "reconcile", "--touched", "--apply")
            #expect(applied.output.hasSuffix("prov: 3 of 3 changes done (+0 ~1 -2)\n"))
        }
    }

    @Test func `a plan says of an update that shows in no column what it changes`() async throws {
        try await Office.furnished { office in
            try office.book(
                "anna",
                EventText("a1", "20261123T080000Z", "20261123T090000Z", ["SUMMARY:Budget"])
            )
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            try office.write(
                Office.customer.replacing(
                    "rules:\n",
                    with: "rules:\n  text: [subject]\n  ring_seconds: 25\n"
                ),
                to: "customer.yaml"
            )
            try await office.expect(0, "customer", "apply", "customer.yaml")
            try await office.expect(0, "load", "bookings")
            let plan = try await office.expect(0, "reconcile", "--touched")
            #expect(plan.output.contains(/~  anna  .*  10:00  new text, ring time\n/))
            #expect(plan.output.contains(/~  bo    .*  10:15  new ring time\n/))
            #expect(!plan.output.contains("Budget"))
        }
    }

    @Test func `what the limits refuse goes through once it is approved`() async throws {
        try await Office.furnished { office in
            for day in 23...28 {
                for (user, hour) in [("anna", "14"), ("bo", "15")] {
                    try office.book(
                        user,
                        EventText(
                            "\(user)-\(day)",
                            "202611\(day)T\(hour)0000Z",
                            "202611\(day)T\(hour)3000Z"
                        )
                    )
                }
            }
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply", "--quiet")
            for day in 23...28 { try office.unbook("anna", "anna-\(day)") }
            try office.unbook("cia", "c1")
            try office.book("bo", EventText("bo-23", "20261123T153000Z", "20261123T163000Z"))
            try await office.expect(0, "load", "bookings")

            let shown = try await office.shown()
            let dry = try await office.expect(2, "reconcile")
            try Golden.expect(
                Golden.numbered(dry.output, /[0-9a-f]{16}/, "digest"),
                is: "reconcile-refused.txt"
            )
            let digest = try #require(dry.output.firstMatch(of: /--approve ([0-9a-f]{16})/)?.1)
            let wrong = try await office.expect(1, "reconcile", "--approve", "0123456789abcdef")
            #expect(
                wrong.complaints.contains(
                    "no refusal of the last day has the digest 0123456789abcdef"
                )
            )
            #expect(try await office.shown() == shown)

            // Bo is not concerned, and goes on.
            let partial = try await office.expect(2, "reconcile", "--apply")
            #expect(partial.output.contains("prov: 1 of 1 change done (+0 ~1 -0), 7 held back"))
            let nothing = try await office.expect(3, "reconcile", "--apply")
            #expect(nothing.output.contains("held back by the limits, 2 users"))
            #expect(nothing.output.contains("--approve \(digest)"))

            let approved = try await office.expect(
                0,
                "reconcile",
                "--apply",
                "--approve",
                String(digest)
            )
            #expect(approved.output.hasSuffix("prov: 7 of 7 changes done (+0 ~0 -7)\n"))
            #expect(
                try await office.rows(
                    "select count(*) from watch.changes where is_approved and outcome = 'done'"
                ) == ["7"]
            )
        }
    }
}
