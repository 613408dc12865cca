import AbsenceModel
import Foundation

// The values that only a customer's rules have.
extension SettingsReader {
    /// Reads the hours of each weekday; a day left out is closed, no day at all is never open.
    func officeHours(_ value: SettingsValue) -> JSONValue? {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        guard let map = map(value, keys: days) else { return nil }
        var week: [String: JSONValue] = [:]
        for day in days {
            week[day] = map[day].flatMap(hours).map(JSONValue.string)
        }
        return .object(week)
    }

    /// Reads a list of different dates, and returns them in order.
    func holidays(_ value: SettingsValue) -> JSONValue? {
        guard let values = list(value) else { return nil }
        let dates = values.map(date)
        reportRepeated(zip(dates, values))
        return .array(dates.compactMap { $0 }.sorted().map { .string($0.description) })
    }

    /// Reads `none` as null, or a length of time in seconds.
    func mergeGap(_ value: SettingsValue) -> JSONValue? {
        guard let text = text(value) else { return nil }
        return text == "none" ? .null : duration(text, at: value).map(JSONValue.number)
    }

    /// Reads the customer's own reasons: their labels, and what the telephone side calls them.
    func ownReasons(_ value: SettingsValue) -> JSONValue? {
        guard let members = members(value) else { return nil }
        for member in members where member.key.wholeMatch(of: /[a-z][a-z0-9_]{0,62}/) == nil {
            report(
                "a reason's key must be small letters, digits and _, at most 63",
                line: member.keyLine,
                key: member.value.path
            )
        }
        let languages = Language.allCases.map(\.rawValue)
        return object(of: members) { member in
            guard
                let map = map(
                    member.value,
                    keys: languages + ["phone_code"],
                    required: languages
                )
            else { return nil }
            var form: [String: JSONValue] = [:]
            for key in languages + ["phone_code"] {
                form[key] = map[key].flatMap(trimmedLine).map(JSONValue.string)
            }
            return .object(form)
        }
    }

    /// Reads one line of text, and drops the white space around it.
    func trimmedLine(_ value: SettingsValue) -> String? {
        lineOfText(value)?.trimmingCharacters(in: .whitespaces)
    }
}
