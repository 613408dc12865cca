/// How the end of an event follows from its start, for the event and each of its series.
enum EventLength: Equatable, Sendable {
    /// Whole days.
    case days(Int)
    /// Start and end stand on one wall, and so they do for each occurrence, also in a night
    /// when the clock changes: a shift from 22:00 to 06:00 ends at 06:00. RFC 5545 3.8.5.3
    /// asks for the same number of hours instead; Outlook and Google show it as here.
    case wall(seconds: Int)
    /// An exact time: DTSTART and DTEND stand in different zones.
    case exact(seconds: Int)
    /// DURATION: days by the calendar, then an exact time (RFC 5545 3.3.6).
    case nominal(days: Int, seconds: Int)

    /// About so long, in seconds, for searching.
    var seconds: Int {
        switch self {
        case .days(let days): days * WallTime.secondsPerDay
        case .wall(let seconds), .exact(let seconds): seconds
        case .nominal(let days, let seconds): days * WallTime.secondsPerDay + seconds
        }
    }

    /// In whole days, for an event that has no time of day.
    var wholeDays: Int {
        (seconds + WallTime.secondsPerDay - 1) / WallTime.secondsPerDay
    }

    /// The instant at which an event ends that starts at `wall` in `zone`.
    func end(from wall: WallTime, in zone: Zone) -> Int {
        let start = zone.instant(of: wall)
        switch self {
        case .days, .wall:
            let end = zone.instant(of: wall + seconds)
            // A start that the clock jumps over may come after its end.
            return seconds > 0 && end <= start ? start + seconds : end
        case .exact(let seconds):
            return start + seconds
        case .nominal(let days, let seconds):
            guard days != 0 else { return start + seconds }
            return zone.instant(of: wall + days * WallTime.secondsPerDay) + seconds
        }
    }
}
