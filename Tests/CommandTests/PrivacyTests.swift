import Foundation
import TestSupport
import Testing

/// What the data protection officer asks for.
@Suite struct PrivacyTests {
    /// Keys of pseudonyms, of which the second was never used.
    private let keys = ["key": String(repeating: "nyckel", count: 8), "other": "andra " * 8]

    private func placed(_ body: (Office) async throws -> Void) async throws {
        try await Office.furnished { office in
            for (name, key) in keys { try office.write(key, to: name) }
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            try await office.expect(0, "load", "absences")
            try await body(office)
        }
    }

    @Test func `the report has every table, with a purpose and for how long`() async throws {
        try await Office.furnished { office in
            let report = try await office.expect(0, "privacy", "report", "--format", "json").output
            let tables = try JSONDecoder().decode([[String: String]].self, from: Data(report.utf8))
            #expect(tables.count > 50)
            for table in tables {
                let name = table["table"] ?? ""
                #expect(table["purpose"] != "", "\(name)")
                #expect(table["kept"] != "", "\(name)")
            }
            let listed = tables.compactMap { $0["table"] }.sorted()
            let stored = try await office.rows(
                """
                select format('%I.%I', nspname, relname)
                from pg_class inner join pg_namespace on relnamespace = pg_namespace.oid
                where relkind in ('r', 'p') and not relispartition
                    and nspname !~ '^pg_|^(information_schema|public|sqitch)$'
                """
            )
            #expect(listed == stored.sorted())
        }
    }

    @Test func `a person gets all that is held about them, and nothing of others`() async throws {
        struct Export: Decodable {
            var user: String
            var tables: [Table]

            struct Table: Decodable { var table: String }
        }
        try await placed { office in
            let text = try await office.expect(0, "privacy", "export", "anna").output
            let export = try JSONDecoder().decode(Export.self, from: Data(text.utf8))
            #expect(export.user == "anna")
            #expect(
                Set(export.tables.map(\.table)).isSuperset(of: [
                    "roster.users", "roster.calendars", "calendar.bookings", "telephony.placed",
                    "telephony.shown", "audit.changes", "switchboard.extensions",
                    "switchboard.absences",
                ])
            )
            #expect(text.contains("Anna Åkesson"))
            #expect(!text.contains("Bo Ek"))
        }
    }

    @Test func `whoever takes part is not erased, and without --apply nobody is`() async throws {
        try await placed { office in
            let before = try await office.allData()
            let erase = ["privacy", "erase", "anna", "--key-file", "key", "--now", Office.now]
            for arguments in [erase, erase + ["--apply"]] {
                let ending = try await office.program.run(arguments)
                #expect(ending.status == 2)
                #expect(ending.complaints.contains("in the way: the user is in the roster"))
                #expect(ending.complaints.contains("in the way: an absence stands"))
                #expect(ending.output.contains("calendar.bookings"))
            }
            #expect(try await office.allData() == before)
            try await office.expect(64, "privacy", "erase", "anna", "--apply")
            try office.write("kort", to: "short")
            try await office.expect(64, "privacy", "erase", "anna", "--key-file", "short")
        }
    }

    @Test func `a person is erased, once, and everybody else goes on`() async throws {
        try await placed { office in
            try office.write(
                Office.roster.replacing(
                    "anna,Anna Åkesson,4021,files:anna,calendar diversion\n",
                    with: ""
                ),
                to: "roster.csv"
            )
            let later = "2026-11-23T07:10:00Z"
            try await office.expect(0, at: later, "roster", "import", "roster.csv")
            try await office.expect(0, at: later, "reconcile", "--apply")
            let changes = try await office.rows("select count(*) from audit.changes")
            try await office.expect(
                0,
                at: later,
                "privacy",
                "erase",
                "anna",
                "--key-file",
                "key",
                "--apply"
            )
            let data = try await office.allData()
            #expect(data.matches(of: /(?i)anna\b|åkesson/).count == 0)
            #expect(data.contains("Bo Ek"))
            #expect(try await office.rows("select count(*) from audit.changes") == changes)
            #expect(
                try await office.rows(
                    "select is_balanced from absence.balance_within(1, '\(later)')"
                ) == ["t"]
            )
            #expect(
                try await office.rows("select length(pseudonym) from audit.erasures") == ["64"]
            )

            let again = try await office.expect(
                0,
                at: later,
                "privacy",
                "erase",
                "anna",
                "--key-file",
                "key",
                "--apply"
            )
            #expect(again.complaints.contains("erased already"))
            // Only who has the key can tell that it was anna.
            try await office.expect(
                1,
                at: later,
                "privacy",
                "erase",
                "anna",
                "--key-file",
                "other",
                "--apply"
            )

            for arguments in [
                ["load", "bookings", "--full"], ["load", "absences"],
                ["reconcile", "--apply", "--format", "csv"], ["drift"], ["prune"],
            ] {
                let ending = try await office.program.run(arguments + ["--now", later])
                #expect(ending.status == 0, "\(arguments): \(ending.everything)")
            }
            #expect(
                try await office.rows(
                    "select count(*) from switchboard.absences where extension = '4021'"
                ) == ["0"]
            )
        }
    }
}

extension String {
    fileprivate static func * (text: String, count: Int) -> String {
        String(repeating: text, count: count)
    }
}
