import Foundation
import TestSupport
import Testing

/// `check --watch`: the alarms, as monitors want them.
@Suite struct WatchTests {
    /// What a night and a minute do.
    private func work(_ office: Office, at now: String = Office.now) async throws {
        try await office.expect(0, at: now, "load", "bookings", "--full", "--quiet")
        try await office.expect(0, at: now, "load", "absences", "--quiet")
        try await office.expect(0, at: now, "reconcile", "--apply", "--quiet")
    }

    /// The first line, as the Monitoring Plugins' guidelines have it.
    private func expectFigures(
        _ output: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let line = output.prefix { $0 != "\n" }
        let label = /[a-z_]+=[0-9.]+[a-zA-Z%]*(;[0-9.:~@]*){0,4}/
        let parts = line.split(separator: " | ")
        #expect(parts.count == 2, sourceLocation: sourceLocation)
        for figure in parts.last?.split(separator: " ") ?? [] {
            #expect(figure.wholeMatch(of: label) != nil, sourceLocation: sourceLocation)
        }
    }

    @Test func `nothing to look at is OK, and is printed with --quiet too`() async throws {
        try await Office.furnished { office in
            try await work(office)
            let ending = try await office.expect(0, "check", "--watch")
            #expect(
                ending.output == """
                    KALENDERKOPPLING OK: nothing to look at | critical=0;;0;0 warnings=0;0;;0

                    """
            )
            expectFigures(ending.output)
            #expect(
                try await office.expect(0, "check", "--watch", "--quiet").output == ending.output
            )
        }
    }

    @Test func `a warning is 1, something critical 2, and each has its line`() async throws {
        try await Office.furnished { office in
            try await work(office)
            try office.write(
                Office.customer + "exchange: { kind: table, service: nowhere }\n",
                to: "customer.yaml"
            )
            try await office.expect(0, "customer", "apply", "customer.yaml")
            try office.remove("calendars/bo")
            let later = "2026-11-23T07:05:00Z"
            try await office.expect(2, at: later, "load", "bookings", "--quiet")
            try await office.expect(1, at: later, "reconcile", "--apply", "--touched", "--quiet")
            let warning = try await office.expect(1, at: later, "check", "--watch")
            try Golden.expect(Golden.withoutSeconds(warning.output), is: "watch-warning.txt")
            expectFigures(warning.output)

            let muchLater = "2026-11-23T07:16:00Z"
            let critical = try await office.expect(2, at: muchLater, "check", "--watch")
            #expect(critical.output.hasPrefix("KALENDERKOPPLING CRITICAL: 1 critical, "))
            for format in ["table", "json", "csv"] {
                let ending = try await office.expect(
                    2,
                    at: muchLater,
                    "check",
                    "--watch",
                    "--customer",
                    "prov",
                    "--format",
                    format
                )
                try Golden.expect(
                    Golden.withoutSeconds(ending.output),
                    is: "watch-critical.\(format).txt"
                )
            }
        }
    }

    @Test func `what cannot be found out is UNKNOWN`() async throws {
        try await Office.furnished { office in
            let stranger = try await office.program("check", "--watch", "--customer", "nobody")
            #expect(stranger.status == 3)
            #expect(stranger.output.hasPrefix("KALENDERKOPPLING UNKNOWN: "))
            _ = try await office.rows("drop schema watch cascade")
            #expect(try await office.program("check", "--watch").status == 3)
            var away = office.program
            away.environment["PGHOST"] = "/nonexistent"
            let ending = try await away("check", "--watch")
            #expect(ending.status == 3)
            #expect(ending.output.hasPrefix("KALENDERKOPPLING UNKNOWN: "))
            #expect(ending.output.split(separator: "\n").count == 1)
        }
    }

    @Test func `a login that only reads may ask`() async throws {
        try await Office.furnished { office in
            try await work(office)
            _ = try await office.rows(
                """
                do $$
                begin
                    create role kk_test_reader login;
                exception when duplicate_object or unique_violation then
                    null;
                end
                $$;
                grant kk_reader to kk_test_reader;
                """
            )
            var reader = office.program
            reader.environment["PGUSER"] = "kk_test_reader"
            // Who sees no customer must not take that for all is well.
            let blind = try await reader("check", "--watch", "--now", Office.now)
            #expect(blind.status == 3)
            #expect(blind.output.contains("this login sees no customer"))
            _ = try await office.rows(
                "insert into customer.readers select customer_id, 'kk_test_reader' "
                    + "from customer.customers"
            )
            for arguments in [["check", "--watch"], ["metrics"]] {
                let ending = try await reader.run(arguments + ["--now", Office.now])
                #expect(ending.status == 0, "\(ending.everything)")
            }
        }
    }

    @Test func `a host whose clock is wrong is told by its own runs`() async throws {
        try await Office.furnished { office in
            try await work(office)
            let program = office.program
            let wrong = Program(
                URL(filePath: "/usr/bin/faketime"),
                environment: program.environment,
                directory: program.directory
            )
            let ending = try await wrong(
                "-f",
                "+120s",
                program.executable.path(),
                "load",
                "bookings",
                "--now",
                Office.now,
                "--quiet"
            )
            #expect(ending.status == 0, "\(ending.everything)")
            let told = try await office.expect(2, "check", "--watch")
            #expect(told.output.contains("clock_skew: host "))
            #expect(told.output.contains(" s ahead of the database's; set it right"))
        }
    }
}
