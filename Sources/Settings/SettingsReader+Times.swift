package import AbsenceModel
package import Foundation

extension SettingsReader {
    /// Reads a date such as 2026-11-24.
    package func date(_ value: SettingsValue) -> LocalDate? {
        guard let text = text(value) else { return nil }
        guard let date = LocalDate(text) else {
            report("\(quoted(text)) is no date; allowed: a day such as 2026-11-24", at: value)
            return nil
        }
        return date
    }

    /// Reads the name of a time zone.
    package func timeZone(_ value: SettingsValue) -> TimeZone? {
        guard let name = text(value) else { return nil }
        guard let timeZone = Self.timeZone(named: name) else {
            report(Self.noTimeZone(name, quoted: quoted(name)), at: value)
            return nil
        }
        return timeZone
    }

    /// The time zone that the IANA database has under `name`, or nil.
    ///
    /// Foundation also takes abbreviations and offsets (EST, GMT+1), which know no summer
    /// time, and lists only some of the aliases (Asia/Calcutta, but not Asia/Kolkata).
    static func timeZone(named name: String) -> TimeZone? {
        let isArea = name.contains("/") && !name.hasPrefix("SystemV/")
        guard isArea || name == "UTC" || knownTimeZones.contains(name) else { return nil }
        return TimeZone(identifier: name)
    }

    static func noTimeZone(_ name: String, quoted: String) -> String {
        let meant = Nearest.word(to: name, among: knownTimeZones.sorted())
        return "\(quoted) is no time zone"
            + (meant.map { ", did you mean \($0)?" } ?? ";")
            + " allowed: a name of the IANA database such as Europe/Stockholm"
    }

    private static let knownTimeZones = Set(TimeZone.knownTimeZoneIdentifiers)

    /// Reads a length of time such as 5m30s, up to a day, in whole seconds.
    func duration(_ text: String, at value: SettingsValue) -> Int? {
        let form = /(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?/
        if !text.isEmpty, let match = text.wholeMatch(of: form) {
            let parts = [match.1, match.2, match.3].map { $0.flatMap { Int($0) } ?? 0 }
            let seconds = parts[0] * 3_600 + parts[1] * 60 + parts[2]
            if seconds <= 86_400 {
                return seconds
            }
        }
        report(
            "\(quoted(text)) is no length of time; "
                + "allowed: none, or 5m, 90s, 1h, 5m30s and the like, up to 24h",
            at: value
        )
        return nil
    }

    /// Reads the opening hours of a day, such as 08:00-16:00.
    func hours(_ value: SettingsValue) -> String? {
        guard let text = text(value) else { return nil }
        let form = /([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})/
        if let match = text.wholeMatch(of: form),
            let start = Self.minutes(match.1, match.2), start < 1_440,
            let end = Self.minutes(match.3, match.4), end > start
        {
            return text
        }
        report(
            "\(quoted(text)) are no hours; "
                + "allowed: a start and a later end such as 08:00-16:00, 24:00 at most",
            at: value
        )
        return nil
    }

    /// The minutes since midnight, up to 24:00, or nil.
    private static func minutes(_ hour: Substring, _ minute: Substring) -> Int? {
        guard let hour = Int(hour), let minute = Int(minute), minute < 60 else { return nil }
        let minutes = hour * 60 + minute
        return minutes <= 1_440 ? minutes : nil
    }
}
