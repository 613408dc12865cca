import Foundation
import Postgres
import TestSupport
import Testing

@testable import AbsenceStore
@testable import Telephony

/// Every statement is prepared against the database as deployed, and what PostgreSQL says of
/// its columns must be what the statement says.
@Suite struct CatalogueTests {
    private static let statements: [any Statement.Type] =
        StatementCatalogue.statements + [
            PruneSwitchboard.self, SwitchboardBatch.self, SwitchboardEntries.self,
            SwitchboardFence.self,
        ]

    private static let copyTargets = StatementCatalogue.copyTargets

    @Test func `every statement says of its columns what the database says`() throws {
        try withDatabase { database in
            let connection = try database.connect()
            for statement in Self.statements {
                let told = try connection.describe(statement.sql)
                #expect(told == statement.columns, "\(statement)")
            }
        }
    }

    @Test func `every copy names columns of the table, with their types`() throws {
        try withDatabase { database in
            let connection = try database.connect()
            for target in Self.copyTargets {
                let parts = try #require(target.sql.firstMatch(of: /copy (\S+) \(([^)]*)\)/))
                let told = try connection.describe("select \(parts.2) from \(parts.1)")
                #expect(told == target.columns, "\(target)")
            }
        }
    }

    @Test func `no statement of the sources is missing here`() throws {
        let sources = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        var statements = 0
        var copyTargets = 0
        for folder in ["AbsenceStore", "Telephony"] {
            let files = FileManager.default.enumerator(
                at: sources.appending(path: folder),
                includingPropertiesForKeys: nil
            )
            for case let file as URL in try #require(files) where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                statements += text.matches(of: /struct \w+: Statement \{/).count
                copyTargets += text.matches(of: /struct \w+: CopyTarget \{/).count
            }
        }
        #expect(statements == Self.statements.count)
        #expect(copyTargets == Self.copyTargets.count)
    }

    @Test func `a statement holds no logic: that stands in sql`() {
        let texts = Self.statements.map { $0.sql } + Self.copyTargets.map { $0.sql }
        for text in texts {
            #expect(
                text.firstMatch(of: /\b(join|union|group by|case|with recursive)\b/) == nil,
                "\(text)"
            )
        }
    }

    /// So that each customer's rows can be on a node of their own (design principle 11).
    @Test func `whatever is written is written for one customer`() {
        let written = StatementCatalogue.statements.map { $0.sql }.compactMap { text in
            text.firstMatch(of: /^(insert into|update|delete from) (?!switchboard)\S+/)
                .map { ($0.1, text) }
        }
        #expect(written.count > 8)
        for (verb, text) in written {
            let names =
                verb == "insert into"
                ? text.firstMatch(of: /^insert into \S+ \(\s*customer_id,[^)]*\)\s+values \(\$1,/)
                    != nil
                : text.contains("where customer_id = $1")
            #expect(names, "\(text)")
        }
        for text in Self.copyTargets.map({ $0.sql }) {
            #expect(text.firstMatch(of: /^copy \S+ \(\s*customer_id,/) != nil, "\(text)")
        }
    }
}
