import Foundation
import Settings
import Testing
import TestSupport

/// Show-as, sensitivity, response, all-day, code and whose rules count, each with each, and what
/// came of it.
@Suite struct TruthTableTests {
    @Test func `every kind of booking gives what the table says`() throws {
        let questions = TruthTable.questions
        var text = ""
        var rowCount = 0
        try withDatabase { database in
            for level in TruthTable.Level.allCases {
                let answers = try Self.answers(of: level, in: database)
                text += (text.isEmpty ? "" : "\n") + level.heading + "\n\n" + TruthTable.header
                var last: TruthTable.Question?
                for question in questions {
                    let answer = try #require(answers[question.key])
                    if last?.code != question.code || last?.showAs != question.showAs {
                        text += "\n"
                    }
                    text += TruthTable.line(question, answer) + "\n"
                    rowCount += 1
                    last = question
                }
            }
        }
        #expect(rowCount == 1_800)
        let file = testFolder.appending(path: "Golden/truth-table.txt")
        let expected = try GoldenFile.text(file, insteadOf: text)
        #expect(text == expected, "Golden/truth-table.txt")
    }

    /// What became of each booking by its key; a user has just one.
    private static func answers(
        of level: TruthTable.Level,
        in database: TestDatabase
    ) throws -> [String: TruthTable.Answer] {
        let now = try utc("2026-11-23T06:00:00Z")
        let customer = try BookedCustomer(
            .init(
                key: level.rawValue,
                system: .cmg,
                rules: level.rules,
                users: TruthTable.questions.map(\.key),
                preferences: level.preferences
            ),
            in: database,
            at: now
        )
        try customer.load(TruthTable.questions.map { ($0.key, $0.booking) }, at: now)
        let rows = try customer.ask(
            """
            select booking_key, reason, kind, coalesce(because, decided_by), because
            from absence.outcomes_within($customer, $instant)
            """,
            at: now
        )
        #expect(rows.count == TruthTable.questions.count)
        let desired = try customer.ask(
            """
            select booking_keys[1] || ' ' || reason || ' ' || kind
            from absence.desired_within($customer, $instant)
            order by booking_keys
            """,
            at: now
        ).map { $0[0] }
        let used = rows.filter { $0[4].isEmpty }.map { $0[0...2].joined(separator: " ") }
        #expect(used.sorted() == desired.sorted(), "what is explained is what is wanted")
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let isUsed = row[4].isEmpty
                let answer = TruthTable.Answer(
                    reason: isUsed ? row[1] : nil,
                    kind: isUsed ? row[2] : nil,
                    because: row[3]
                )
                return (row[0], answer)
            }
        )
    }
}
