import Foundation
import RuleCases
import Testing
import TestSupport

/// The views against another reading of the requirements: `oracle/`, plain Python that knows
/// nothing of them, draws random rule cases and computes what each must give.
///
/// Other cases than the usual ones are drawn with another seed, and more or fewer of them:
///
///     KK_ORACLE_SEED=7 KK_ORACLE_COUNT=5000 swift test --filter RuleCasesTests.OracleTests
///
/// A disagreement tells its case as `oracle seed SEED/N: …`, which
/// `oracle/generate.py SEED --only N` prints alone.
@Suite struct OracleTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let python = environment["KK_PYTHON"]
    private static let seed = environment["KK_ORACLE_SEED"] ?? "20261123"
    private static let count = environment["KK_ORACLE_COUNT"].flatMap { Int($0) }

    /// Enough for a thousand users.
    private static let usualCount = 850

    @Test(.enabled(if: python != nil, "KK_PYTHON is not set; it names a Python with PyYAML"))
    func `a thousand users over five weeks have the absences that the oracle computes`()
        async throws
    {
        let cases = try Self.drawn(Self.count ?? Self.usualCount)
        if Self.count == nil {
            #expect(cases.reduce(0) { $0 + $1.users.count } >= 1000)
            #expect(Set(cases.map(\.system)).count == 4)
            #expect(Set(cases.flatMap(\.users).map(\.timeZone)).count >= 3)
            try Self.expectBothClockChanges(in: cases)
        }
        try await expectToPass(cases)
    }

    private static func drawn(_ count: Int) throws -> [RuleCase] {
        let text = try Script.run(
            URL(filePath: try #require(python)),
            [testFolder.appending(path: "oracle/generate.py").path, seed, "\(count)"],
            environment: ["PYTHONDONTWRITEBYTECODE": "1"]
        )
        let cases = try RuleCaseFile(Data(text.utf8), file: "seed \(seed)").cases
        #expect(cases.count == count)
        return cases
    }

    /// Users in Stockholm have absences across the nights when their clocks change.
    private static func expectBothClockChanges(in cases: [RuleCase]) throws {
        for night in ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"] {
            let change = try utc(night)
            let isCrossed = cases.contains { ruleCase in
                ruleCase.users.first?.timeZone.identifier == "Europe/Stockholm"
                    && ruleCase.expect.contains { absence in
                        guard case .named(let start) = absence.start,
                            case .named(let end) = absence.end
                        else { return false }
                        return start < change && change < end
                    }
            }
            #expect(isCrossed, "no absence crosses \(night)")
        }
    }
}
