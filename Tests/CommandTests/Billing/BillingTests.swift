import Foundation
import TestSupport
import Testing

/// What is billed, from days with the service to invoices.
@Suite struct BillingTests {
    @Test func `a quarter is counted, closed, explained and written to files`() async throws {
        try await Office.furnished { office in
            try await Self.aQuarterGoesBy(in: office)
            var text = ""
            for arguments in [
                ["contract"], ["users"], ["users", "--month", "2027-02", "--format", "csv"],
                ["close"], ["close", "--apply"], ["close", "--apply"],
                ["invoice"], ["invoice", "1"], ["invoice", "1", "--format", "csv"],
                ["invoice", "1", "--format", "json"],
                ["explain", "1", "1"], ["explain", "1", "4"], ["explain", "1", "5"],
                ["explain", "1", "4", "--evidence"], ["check"],
            ] {
                let ending = try await office.program.run(
                    ["billing"] + arguments + ["--now", Self.later]
                )
                #expect(ending.status == 0, "\(arguments): \(ending.everything)")
                text += "$ billing \(arguments.joined(separator: " "))\n\(ending.output)\n"
            }
            try Golden.expect(Golden.withoutSeconds(text), is: "billing.txt")
        }
    }

    @Test func `the hash of a line is that of its evidence`() async throws {
        try await Office.furnished { office in
            try await Self.aQuarterGoesBy(in: office)
            try await office.expect(0, at: Self.later, "billing", "close", "--apply")
            let lines = try await office.rows(
                "select line_number, evidence_hash from billing.invoice_lines"
                    + " where invoice_number = 1 order by line_number"
            )
            #expect(lines.count == 8)
            for line in lines {
                let parts = line.split(separator: "|").map(String.init)
                let evidence = try await office.program.run(
                    ["billing", "explain", "1", parts[0], "--evidence", "--now", Self.later]
                ).output
                let hash = try await office.rows(
                    "select encode(sha256(convert_to($kk$\(evidence)$kk$, 'UTF8')), 'hex')"
                )
                #expect(hash == [parts[1]], "line \(parts[0])")
            }
        }
    }

    @Test func `what was counted wrongly is a credit on the next invoice`() async throws {
        try await Office.furnished { office in
            try await Self.aQuarterGoesBy(in: office)
            try await office.expect(0, at: Self.later, "billing", "close", "--apply")
            let before = try await office.expect(0, "billing", "invoice", "1").output
            let done = try await office.expect(
                0,
                at: Self.muchLater,
                "billing",
                "correct",
                "cia",
                "--from",
                "2026-12-23",
                "--to",
                "2027-01-22",
                "--no-enabled",
                "--because",
                "on leave"
            )
            #expect(done.output == "prov: 31 days corrected\n")
            #expect(try await office.expect(0, "billing", "invoice", "1").output == before)
            try await office.expect(0, at: Self.muchLater, "billing", "check")
            let next = try await office.expect(0, "billing", "invoice", "next")
            try Golden.expect(next.output, is: "billing-corrected.txt")

            _ = try await office.rows("delete from ledger.user_days where user_id = 1")
            let check = try await office.expect(2, at: Self.muchLater, "billing", "check")
            #expect(check.output.hasPrefix("prov: 6 lines have other evidence than when closed\n"))
        }
    }

    @Test(arguments: ["sv", "no", "en"])
    func `an invoice is a page to print that tidy finds nothing wrong with`(
        language: String
    ) async throws {
        try await Office.furnished { office in
            try await Self.aQuarterGoesBy(in: office, language: language, name: "A & B <\"C\">")
            try await office.expect(0, at: Self.later, "billing", "close", "--apply")
            try await office.expect(0, at: Self.later, "billing", "export", "out", "--quiet")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: office.folder.appending(path: "out/prov").path
            ).sorted()
            #expect(
                files == [
                    "invoice-1.csv", "invoice-1.html", "invoice-1.json",
                    "users-2026-11-23.csv", "users-2026-11-23.json",
                    "users-2026-12-23.csv", "users-2026-12-23.json",
                    "users-2027-01-23.csv", "users-2027-01-23.json",
                ]
            )
            let page = office.folder.appending(path: "out/prov/invoice-1.html")
            let text = try String(contentsOf: page, encoding: .utf8)
            try Golden.expect(text, is: "invoice-\(language).html")
            let tidy = Program(URL(filePath: "/usr/bin/tidy"), environment: [:])
            let ending = try await tidy.run(["-quiet", "-errors", "-utf8", page.path])
            #expect(ending.status == 0, "\(ending.everything)")
        }
    }

    @Test func `a contract that contradicts what is invoiced changes nothing`() async throws {
        try await Office.furnished { office in
            try await Self.aQuarterGoesBy(in: office)
            try await office.expect(0, at: Self.later, "billing", "close", "--apply")
            let contract = "contract: { term: 24, starts: 2026-11-23 }\n"
            try office.write(Office.customer + contract, to: "customer.yaml")
            let ending = try await office.expect(
                1,
                at: Self.later,
                "customer",
                "apply",
                "customer.yaml"
            )
            #expect(
                ending.complaints.contains(
                    "contract: invoices are closed by its term, start and periods, which stay"
                )
            )
            let terms = try await office.rows("select settings ->> 'term' from ledger.contracts")
            #expect(terms == ["12"])
        }
    }

    /// The day after the contract's first quarter, which began on 23 November.
    static let later = "2027-02-23T03:00:00Z"
    static let muchLater = "2027-02-23T04:00:00Z"

    /// Three users, of whom bo leaves in the second month.
    static func aQuarterGoesBy(
        in office: Office,
        language: String = "sv",
        name: String = "Provbolaget"
    ) async throws {
        let file =
            Office.customer.replacing("name: Provbolaget", with: "name: '\(name)'")
            + "language: \(language)\ncontract: { term: 12, starts: 2026-11-23, vat_rate: 0.25 }\n"
        try office.write(file, to: "customer.yaml")
        try await office.expect(0, "customer", "apply", "customer.yaml")
        try await office.expect(0, "load", "bookings")
        try await office.expect(0, "reconcile", "--apply")
        try await office.expect(0, at: "2026-11-24T01:30:00Z", "billing", "count")
        let without = Office.roster.split(separator: "\n").filter { !$0.hasPrefix("bo,") }
        try office.write(without.joined(separator: "\n") + "\n", to: "roster.csv")
        try await office.expect(
            0,
            at: "2026-12-24T12:00:00Z",
            "roster",
            "import",
            "roster.csv"
        )
        try await office.expect(0, at: Self.later, "billing", "count")
    }
}
