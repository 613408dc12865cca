import AbsenceModel
import Foundation
import Settings

extension SettingsReader {
    /// Reads an instant: a date and a time with an offset.
    func instant(_ value: SettingsValue) -> Date? {
        guard let text = text(value) else { return nil }
        guard case .instant(let instant)? = CaseTime(text) else {
            report(
                "\(quoted(text)) is no instant; "
                    + "allowed: a date and a time with an offset such as 2026-11-23T09:00+01:00",
                at: value
            )
            return nil
        }
        return instant
    }

    /// Reads an instant, or what the wall clock in `timeZone` shows.
    func instant(_ value: SettingsValue, in timeZone: TimeZone) -> Date? {
        guard let text = text(value) else { return nil }
        switch CaseTime(text) {
        case .instant(let instant): return instant
        case .wall(let wall): return wall.instant(in: timeZone)
        case nil:
            let hint =
                LocalDate(text) == nil ? "" : "; a date alone is for bookings with all_day: true"
            report(
                "\(quoted(text)) is no time; allowed: the user's wall time such as "
                    + "2026-11-23T09:00, or with an offset such as 2026-11-23T09:00+01:00\(hint)",
                at: value
            )
            return nil
        }
    }
}

/// A date and a time of a rule case.
private enum CaseTime {
    /// Without an offset.
    case wall(WallClock)
    case instant(Date)

    init?(_ text: String) {
        if let wall = WallClock(text) {
            self = .wall(wall)
        } else if text.hasSuffix("Z"), let wall = WallClock(String(text.dropLast())) {
            self = .instant(wall.instant(offset: 0))
        } else if let wall = WallClock(String(text.dropLast(6))),
            let offset = Self.offset(text.suffix(6))
        {
            self = .instant(wall.instant(offset: offset))
        } else {
            return nil
        }
    }

    /// Reads an offset such as +01:00, in seconds.
    private static func offset(_ text: Substring) -> Int? {
        guard let match = text.wholeMatch(of: /([+-])([0-9]{2}):([0-9]{2})/),
            let hours = Int(match.2), let minutes = Int(match.3), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return match.1 == "-" ? -seconds : seconds
    }
}
