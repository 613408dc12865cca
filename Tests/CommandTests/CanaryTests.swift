import Foundation
import TestSupport
import Testing

/// Words that nobody is to see, put where the program reads, and looked for wherever it writes.
@Suite struct CanaryTests {
    private let day = "20261123T"

    /// Reads as superuser whatever `arguments` print.
    private func print(_ arguments: [String], in office: Office) async throws -> String {
        let program = Program(
            URL(filePath: "/usr/bin/env"),
            environment: office.database.environment.merging(
                ["PATH": "/usr/bin:/bin", "PGTZ": "UTC", "LANG": "C.UTF-8"]
            ) { $1 }
        )
        let ending = try await program.run(arguments)
        #expect(ending.status == 0, "\(arguments): \(ending.complaints)")
        return ending.output
    }

    /// All that a database tells: a dump, every view that is read, every report, and the log.
    private func told(by office: Office) async throws -> [String: String] {
        var told = ["dump": try await print(["pg_dump"], in: office)]
        let views = try await office.rows(
            "select relname from pg_class where relnamespace = 'watch'::regnamespace"
        )
        #expect(views.count > 10)
        for view in views {
            told[view] = try await office.rows("select * from watch.\(view)").joined(
                separator: "\n"
            )
        }
        let reports = Checkout.root.appending(path: "sql/reports")
        for file in try FileManager.default.contentsOfDirectory(atPath: reports.path)
        where file.hasSuffix(".sql") {
            told[file] = try await print(
                [
                    "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                    "--set=customer=prov", "--set=user=anna",
                    "--file=\(reports.appending(path: file).path)",
                ],
                in: office
            )
        }
        // Of all databases of the server, so that the word must be this test's own.
        if let folder = office.database.environment["PGHOST"] {
            told["log"] = try? String(contentsOfFile: folder + "/log", encoding: .utf8)
        }
        return told
    }

    /// What commands print, each with the status that it may have.
    private func said(by office: Office, _ commands: [[String]]) async throws -> [String: String] {
        var said: [String: String] = [:]
        for arguments in commands {
            let ending = try await office.program.run(arguments + ["--now", Office.now])
            #expect([0, 2].contains(ending.status), "\(arguments): \(ending.everything)")
            said[arguments.joined(separator: " ")] = ending.everything
        }
        return said
    }

    private let passes = [
        ["load", "bookings", "--verbose"], ["load", "bookings", "--full", "--verbose"],
        ["reconcile"], ["reconcile", "--format", "json"], ["reconcile", "--format", "csv"],
        ["reconcile", "--apply", "--verbose"], ["load", "absences", "--verbose"],
        ["drift", "--format", "json"], ["explain", "anna", "--at", "2026-11-23T09:30"],
        ["explain", "anna", "--at", "2026-11-23T11:30", "--format", "json"],
        ["away", "--next", "50"], ["away", "--next", "50", "--format", "json"],
        ["check", "--verbose"], ["customer", "history"], ["prune", "--verbose"],
        ["privacy", "report"],
    ]

    @Test func `text of private bookings and subjects that no rule shows are nowhere`()
        async throws
    {
        let canary = "skrikuv"
        try await Office.furnished { office in
            for (uid, hours, lines) in [
                ("w1", ("06", "07"), ["CLASS:PRIVATE", "SUMMARY:Skrikuv privat"]),
                ("w2", ("13", "14"), ["CLASS:CONFIDENTIAL", "SUMMARY:Skrikuv hemligt"]),
                ("w3", ("14", "15"), ["SUMMARY:Skrikuv inte visad", "LOCATION:Skrikuvsgatan"]),
                ("w4", ("15", "16"), ["SUMMARY:X", "DESCRIPTION:Skrikuv i kroppen"]),
            ] {
                try office.book(
                    "anna",
                    EventText(uid, day + "\(hours.0)0000Z", day + "\(hours.1)0000Z", lines)
                )
            }
            let said = try await said(
                by: office,
                passes + [
                    ["rules", "try", "customer.yaml", "--fresh"],
                    ["privacy", "export", "anna"],
                ]
            )
            let told = try await told(by: office)
            for (place, text) in said.merging(told, uniquingKeysWith: +) {
                #expect(!text.lowercased().contains(canary), "\(place)")
            }
            #expect(try await office.rows("select count(*) from telephony.placed") != ["0"])
        }
    }

    @Test func `sick leave gets to the telephone system and into no report`() async throws {
        try await Office.furnished { office in
            try office.write(
                Office.customer.replacing("system: one-x", with: "system: cmg"),
                to: "customer.yaml"
            )
            try await office.expect(0, "customer", "apply", "customer.yaml")
            try office.book(
                "anna",
                EventText("q1", day + "080000Z", day + "090000Z", ["SUMMARY:NP/Sj: hemma"])
            )
            try office.book(
                "bo",
                EventText("q2", day + "100000Z", day + "110000Z", ["SUMMARY:NP/VAB: febrig"])
            )
            try office.book(
                "bo",
                EventText("q3", day + "120000Z", day + "130000Z", ["SUMMARY:NP/SJ hemma"])
            )
            let said = try await said(by: office, passes)
            var told = try await told(by: office)
            // A dump has everything, and rules say what codes mean.
            told["dump"] = nil
            told["rule_sets"] = nil
            for (place, text) in said.merging(told, uniquingKeysWith: +) {
                let lines = text.lowercased().split(separator: "\n")
                    .filter { $0.contains(/\bsick|sjuk|np\/sj|np\/vab|\bvab\b/) }
                #expect(place == "log" || lines == [], "\(place)")
            }
            #expect(
                try await office.rows(
                    "select distinct reason from switchboard.absences where reason ~ 'sick'"
                ).sorted() == ["sick", "sick_child"]
            )
        }
    }
}
