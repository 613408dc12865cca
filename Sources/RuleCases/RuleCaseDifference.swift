/// One thing that a rule case wants otherwise than the rules gave it.
public enum RuleCaseDifference: Sendable {
    /// An absence is there, but not as wanted.
    case changed(ExpectedAbsence, ActualAbsence, [RuleCaseField], RuleCaseWording)
    /// A wanted absence is not there.
    case missing(ExpectedAbsence, RuleCaseWording)
    /// An absence is there that is not wanted.
    case surplus(ActualAbsence, RuleCaseWording)
    /// A booking gave something, or nothing for another cause; `absences` are those behind
    /// which it stands.
    case because(
        booking: String,
        expected: SkipCause,
        actual: [String],
        absences: [ActualAbsence],
        RuleCaseWording
    )
}

extension RuleCaseDifference: CustomStringConvertible {
    /// A sentence; for a changed absence with all its fields below, expected and actual side
    /// by side. Times are on the user's wall clock.
    public var description: String {
        switch self {
        case .changed(let expected, _, let fields, _):
            let wrong = fields.filter { !$0.isEqual }.map {
                "expected \($0.name) \($0.expected ?? ""), got \($0.actual)"
            }
            return "line \(expected.line), \(expected.user): "
                + wrong.joined(separator: "; ") + "\n" + Self.table(of: fields)
        case .missing(let expected, let wording):
            return "line \(expected.line), \(expected.user): expected "
                + wording.sentence(for: expected) + "; got no such absence"
        case .surplus(let actual, let wording):
            return "\(actual.user): expected no further absence, got "
                + wording.sentence(for: actual)
        case .because(let booking, let expected, let causes, let absences, let wording):
            var found = causes.isEmpty ? "no cause" : causes.joined(separator: ", ")
            if let absence = absences.first {
                let absence = "an absence: " + wording.sentence(for: absence)
                found = causes.isEmpty ? absence : "\(found) and \(absence)"
            }
            return "booking \(booking): expected because \(expected.rawValue), got \(found)"
        }
    }

    private static func table(of fields: [RuleCaseField]) -> String {
        let header = RuleCaseField(name: "", expected: "expected", actual: "actual", isEqual: true)
        let rows = [header] + fields
        let nameWidth = rows.map(\.name.count).max() ?? 0
        let expectedWidth = rows.map { ($0.expected ?? "-").count }.max() ?? 0
        return
            rows.map { row in
                "  \(row.isEqual ? " " : "*") \(padded(row.name, nameWidth))  "
                    + "\(padded(row.expected ?? "-", expectedWidth))  \(row.actual)"
            }
            .joined(separator: "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// A field of an absence in words, as wanted and as it came.
public struct RuleCaseField: Equatable, Sendable {
    /// As in case files.
    public var name: String
    /// Nil where the case does not name it.
    public var expected: String?
    public var actual: String
    /// True where the case does not name the field, or names what came.
    public var isEqual: Bool
}
