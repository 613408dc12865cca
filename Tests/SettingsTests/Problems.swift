import Foundation
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

extension Data {
    init(text: String) {
        self.init(text.utf8)
    }
}

/// A wrong text and the problems that reading it gives, one a line.
struct Wrong: CustomTestStringConvertible, Sendable {
    var text: String
    var problems: String

    var testDescription: String { text }

    init(_ text: String, _ problems: String...) {
        self.text = text
        self.problems = problems.joined(separator: "\n")
    }
}
