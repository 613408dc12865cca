import AbsenceModel
import Foundation

/// Absences in words, with times on the wall clock of their user.
public struct RuleCaseWording: Sendable {
    private let timeZones: [String: TimeZone]

    init(_ users: [RuleCaseUser]) {
        timeZones = Dictionary(users.map { ($0.id, $0.timeZone) }) { first, _ in first }
    }

    /// All fields, as wanted and as they came.
    func fields(of expected: ExpectedAbsence, and actual: ActualAbsence) -> [RuleCaseField] {
        let words = zip(fields(of: expected), fields(of: actual))
        return zip(words, expected.agreements(with: actual)).map { words, isEqual in
            RuleCaseField(
                name: words.1.name,
                expected: words.0.words,
                actual: words.1.words ?? "",
                isEqual: isEqual
            )
        }
    }

    /// The named fields of an absence in a sentence.
    func sentence(for expected: ExpectedAbsence) -> String {
        sentence(fields(of: expected))
    }

    /// All fields of an absence in a sentence.
    func sentence(for actual: ActualAbsence) -> String {
        sentence(fields(of: actual))
    }

    private typealias Field = (name: String, words: String?)

    private func sentence(_ fields: [Field]) -> String {
        fields.compactMap { field in field.words.map { "\(field.name) \($0)" } }
            .joined(separator: ", ")
    }

    private func fields(of absence: ExpectedAbsence) -> [Field] {
        func time(_ instant: Date) -> String {
            self.time(instant, of: absence.user)
        }
        return [
            ("reason", words(absence.reason, \.rawValue)),
            ("kind", words(absence.kind, \.rawValue)),
            ("start", words(absence.start, time)),
            ("end", words(absence.end, time)),
            ("bookings", words(absence.bookings, Self.list)),
            ("text", words(absence.text, Self.text)),
            ("back_at", words(absence.backAt, time)),
            ("announced_reason", words(absence.announcedReason, \.rawValue)),
            ("target", words(absence.target, Self.target)),
        ]
    }

    private func fields(of absence: ActualAbsence) -> [Field] {
        [
            ("reason", absence.reason.rawValue),
            ("kind", absence.kind.rawValue),
            ("start", time(absence.start, of: absence.user)),
            ("end", time(absence.end, of: absence.user)),
            ("bookings", Self.list(absence.bookings)),
            ("text", Self.text(absence.text)),
            ("back_at", time(absence.backAt, of: absence.user)),
            ("announced_reason", absence.announcedReason.rawValue),
            ("target", Self.target(absence.target)),
        ]
    }

    private func words<Value>(
        _ field: ExpectedAbsence.Field<Value>,
        _ words: (Value) -> String
    ) -> String? {
        switch field {
        case .unnamed: nil
        case .named(let value): words(value)
        }
    }

    /// On the user's wall clock; with the offset where the wall shows this time twice, and in
    /// UTC, marked so, where the case has no such user.
    private func time(_ instant: Date, of user: String) -> String {
        let timeZone = timeZones[user] ?? .gmt
        let wall = WallClock(at: instant, in: timeZone)
        var text = wall.description.replacing("T", with: " ")
        if timeZones[user] == nil {
            text += "Z"
        } else if wall.instants(in: timeZone).count > 1 {
            text += Self.offset(timeZone.secondsFromGMT(for: instant))
        }
        let second = instant.timeIntervalSince1970
        if second != second.rounded(.down) {
            text += " and a part of a second"
        }
        return text
    }

    private static func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        let fields = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return (seconds < 0 ? "-" : "+") + fields.joined(separator: ":")
    }

    private static func list(_ ids: [String]) -> String {
        ids.isEmpty ? "none" : ids.joined(separator: ", ")
    }

    private static func text(_ text: String?) -> String {
        text.map { "\"\($0)\"" } ?? "none"
    }

    private static func target(_ target: Absence.Target) -> String {
        switch target {
        case .announcement: "announcement"
        case .voicemail: "voicemail"
        case .number(let number): "number \(number)"
        }
    }
}
