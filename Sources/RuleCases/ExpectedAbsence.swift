public import AbsenceModel
public import Foundation

/// An absence as a rule case wants it; fields that the case does not name are not compared.
public struct ExpectedAbsence: Equatable, Sendable {
    /// Where it stands in its file, from 1.
    public var line: Int
    public var user: String
    public var reason: Field<Reason> = .unnamed
    public var kind: Field<Kind> = .unnamed
    public var start: Field<Date> = .unnamed
    public var end: Field<Date> = .unnamed
    /// The ids of the bookings behind it, the first one first.
    public var bookings: Field<[String]> = .unnamed
    /// What colleagues see; `named(nil)` wants no text.
    public var text: Field<String?> = .unnamed
    /// The return that callers hear.
    public var backAt: Field<Date> = .unnamed
    /// The reason that callers hear.
    public var announcedReason: Field<Reason> = .unnamed
    public var target: Field<Absence.Target> = .unnamed

    public init(line: Int, user: String) {
        self.line = line
        self.user = user
    }

    /// Whether a case names a field, and with which value.
    public enum Field<Value: Equatable & Sendable>: Equatable, Sendable {
        case unnamed
        case named(Value)

        init(_ value: Value?) {
            self = value.map { .named($0) } ?? .unnamed
        }

        /// True where the field is not named, or named with `actual`.
        func allows(_ actual: Value) -> Bool {
            switch self {
            case .unnamed: true
            case .named(let expected): expected == actual
            }
        }
    }
}
