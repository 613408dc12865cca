import AbsenceModel
import Announcements

extension Announcement {
    /// A meeting until noon.
    static func meeting(of name: String, in language: SpokenLanguage = .swedish) -> Announcement {
        let today = LocalDate(year: 2026, month: 11, day: 25)
        return .absence(
            of: name,
            because: Reason(rawValue: "meeting"),
            until: WallClock(date: today, hour: 12),
            today: today,
            in: language
        )
    }
}
