import AbsenceModel
import Foundation
import Settings

/// Reads what a case expects.
struct RuleCaseExpectations {
    let people: RuleCasePeople
    let bookings: [RuleCasePeople.UserBooking]

    private var reader: SettingsReader { people.reader }

    /// Reads the wanted absences; those with a problem, which is reported, are left out.
    func absences(_ value: SettingsValue) -> [ExpectedAbsence] {
        (reader.list(value) ?? []).compactMap(absence)
    }

    private static let fields = [
        "reason", "kind", "start", "end", "bookings", "text", "back_at", "announced_reason",
        "target",
    ]

    private func absence(_ value: SettingsValue) -> ExpectedAbsence? {
        guard let map = reader.map(value, keys: ["user"] + Self.fields) else { return nil }
        if !Self.fields.contains(where: { map[$0] != nil }) {
            reader.report(
                "nothing is named that could be compared; allowed: "
                    + Self.fields.joined(separator: ", "),
                at: value
            )
        }
        let user = people.user(of: map)
        let timeZone = user?.timeZone ?? .gmt
        var absence = ExpectedAbsence(line: value.line, user: user?.id ?? "")
        func reason(_ key: String) -> ExpectedAbsence.Field<Reason> {
            .init(map[key].flatMap { reader.reason($0, from: people.reasons) })
        }
        func instant(_ key: String) -> ExpectedAbsence.Field<Date> {
            .init(map[key].flatMap { reader.instant($0, in: timeZone) })
        }
        absence.reason = reason("reason")
        absence.kind = .init(map["kind"].flatMap { reader.word($0, as: Kind.self) })
        absence.start = instant("start")
        absence.end = instant("end")
        if case .named(let start) = absence.start, case .named(let end) = absence.end,
            end <= start, let value = map["end"]
        {
            reader.report("the end is not after the start", at: value)
        }
        absence.bookings = .init(map["bookings"].flatMap { bookingIDs($0, of: user) })
        absence.text = map["text"].map(text) ?? .unnamed
        absence.backAt = instant("back_at")
        absence.announcedReason = reason("announced_reason")
        absence.target = .init(map["target"].flatMap(target))
        return absence
    }

    private func text(_ value: SettingsValue) -> ExpectedAbsence.Field<String?> {
        if case .null = value.content { return .named(nil) }
        return reader.text(value).map { .named($0) } ?? .unnamed
    }

    private func target(_ value: SettingsValue) -> Absence.Target? {
        guard let target = reader.target(value) else { return nil }
        switch (target.type, target.number) {
        case (_, let number?): return .number(number)
        case ("voicemail", nil): return .voicemail
        default: return .announcement
        }
    }

    private func bookingIDs(_ value: SettingsValue, of user: RuleCaseUser?) -> [String]? {
        guard let values = reader.list(value) else { return nil }
        let ids = values.map { value -> String? in
            guard let id = bookingID(value) else { return nil }
            let owners = bookings.filter { $0.booking.key == id }.map(\.user)
            if let user, !owners.contains(user.id), !owners.contains("") {
                reader.report("\(reader.quoted(id)) is no booking of \(user.id)", at: value)
            }
            return id
        }
        reader.reportRepeated(zip(ids, values))
        if values.isEmpty {
            reader.report("an absence has one booking at least", at: value)
        }
        return ids.compactMap { $0 }
    }

    /// Reads the id of one of the bookings.
    private func bookingID(_ value: SettingsValue) -> String? {
        guard let id = reader.text(value) else { return nil }
        guard bookings.contains(where: { $0.booking.key == id }) else {
            reader.report("\(reader.quoted(id)) is no booking of this case", at: value)
            return nil
        }
        return id
    }

    /// Reads which bookings give nothing, and why.
    func skipped(_ value: SettingsValue) -> [(booking: String, because: SkipCause)] {
        guard let values = reader.list(value) else { return [] }
        let skipped = values.map { value -> (booking: String, because: SkipCause)? in
            let keys = ["booking", "because"]
            guard let map = reader.map(value, keys: keys, required: keys) else { return nil }
            let booking = map["booking"].flatMap(bookingID)
            let because = map["because"].flatMap { reader.word($0, as: SkipCause.self) }
            guard let booking, let because else { return nil }
            return (booking, because)
        }
        reader.reportRepeated(zip(skipped.map { $0?.booking }, values))
        return skipped.compactMap { $0 }
    }
}
