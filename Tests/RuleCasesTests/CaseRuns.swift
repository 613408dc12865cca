import AbsenceStore
import Foundation
import RuleCases
import Testing
import TestSupport

/// The folder of these tests.
let testFolder = URL(filePath: #filePath).deletingLastPathComponent()

/// Holds cases against databases of their own, half of them at a time beside the other half; each
/// that fails is an issue that tells its file, line, name and differences.
func expectToPass(
    _ cases: [RuleCase],
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let middle = cases.count / 2
    async let first: Void = run(cases[..<middle], sourceLocation)
    async let second: Void = run(cases[middle...], sourceLocation)
    _ = try await (first, second)
}

@concurrent
private func run(_ cases: ArraySlice<RuleCase>, _ sourceLocation: SourceLocation) async throws {
    try withDatabase { database in
        let store = AbsenceStore(try database.connect())
        for ruleCase in cases {
            let place = "\(ruleCase.file):\(ruleCase.line): \(ruleCase.name)"
            do {
                let differences = try RuleCaseRun(ruleCase, in: store).differences
                if !differences.isEmpty {
                    let told = ([place] + differences.map(\.description)).joined(separator: "\n")
                    Issue.record(Comment(rawValue: told), sourceLocation: sourceLocation)
                }
            } catch {
                Issue.record(error, Comment(rawValue: place), sourceLocation: sourceLocation)
            }
        }
    }
}
