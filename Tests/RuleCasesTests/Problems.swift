import Foundation
import RuleCases
import Settings
import Testing

/// The text of the error that `read` throws; fails the test where it throws none.
func problems(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ read: () throws -> some Any
) -> String {
    do {
        let result = try read()
        Issue.record("no problem, but \(result)", sourceLocation: sourceLocation)
        return ""
    } catch let error as SettingsError {
        return error.description
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return ""
    }
}

/// The first case of `yaml`.
func ruleCase(_ yaml: String) throws -> RuleCase {
    try #require(try RuleCaseFile(Data(yaml.utf8), file: "c.yaml").cases.first)
}

/// An instant such as 2026-11-23T09:00:00Z.
func utc(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}
