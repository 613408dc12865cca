import AbsenceModel

/// A point in time as a calendar writes it: a day, or a wall time in some zone.
struct Moment: Sendable {
    /// The midnight that a whole day begins with, or the time of day in `zone`.
    var wall: WallTime
    /// Nil for a whole day, which has no zone.
    var zone: Zone?
    /// Written without zone, so that `zone` is only where its reader is (RFC 5545 3.3.5).
    var isFloating = false

    /// Tells two zones apart; nil for a day.
    var zoneName: String? {
        zone?.name
    }

    var isDay: Bool {
        zone == nil
    }

    /// Whole seconds since 1970-01-01T00:00:00Z; a day has none.
    var instant: Int? {
        zone?.instant(of: wall)
    }

    /// The day that is meant where a calendar has a time in place of a date.
    ///
    /// A midnight is that day, also in UTC, since some programs write dates so; others write
    /// the user's own midnight in UTC, so any other UTC time is looked at on the user's wall.
    func day(for user: Zone) -> WallTime {
        guard let zone, !wall.isMidnight, zone.isUTC else { return wall.midnight }
        return user.wall(at: wall.seconds).midnight
    }
}

/// Which occurrence of a series something is about, by its original start.
enum OccurrenceID: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    case instant(Int)
    case day(WallTime)

    /// For ordering within one series.
    var position: Int {
        switch self {
        case .instant(let seconds): seconds
        case .day(let midnight): midnight.seconds
        }
    }

    /// The same however the calendar spells its zones: 20261123T080000Z or 20261123.
    var text: String {
        switch self {
        case .instant(let seconds): WallTime(seconds: seconds).dateTimeText + "Z"
        case .day(let midnight): midnight.dateText
        }
    }
}
