import Foundation

/// How a place's wall clock relates to instants.
///
/// Instants are whole seconds since 1970-01-01T00:00:00Z.
struct Zone: Sendable {
    private enum Rules: Sendable {
        case known(ClockChanges)
        case described(Observances)
    }

    private var rules: Rules
    /// Tells zones apart; not for people.
    let name: String

    static let utc = Zone(.gmt)

    /// The zone of a name that Foundation knows.
    init(_ timeZone: TimeZone) {
        rules = .known(ClockChanges.of(timeZone))
        name = timeZone.identifier
    }

    /// The zone that a VTIMEZONE describes under a name of its own.
    init(_ observances: Observances, named name: String) {
        rules = .described(observances)
        self.name = name
    }

    var isUTC: Bool {
        name == Zone.utc.name
    }

    /// The instant at which the clock shows `wall`.
    ///
    /// Where the clock is set back and shows it twice, the first time counts. Where the clock
    /// is set forward and never shows it, the offset before the change counts, so that 02:30
    /// happens when the clock shows 03:30 (RFC 5545 3.3.5).
    func instant(of wall: WallTime) -> Int {
        // No offset reaches a day, so these are the offsets on either side of a change.
        let before = offset(at: wall.seconds - WallTime.secondsPerDay)
        let after = offset(at: wall.seconds + WallTime.secondsPerDay)
        let early = wall.seconds - before
        guard before != after, offset(at: early) != before else { return early }
        let late = wall.seconds - after
        return offset(at: late) == after ? late : early
    }

    /// What the clock shows at an instant.
    func wall(at instant: Int) -> WallTime {
        WallTime(seconds: instant + offset(at: instant))
    }

    /// Seconds east of Greenwich at an instant.
    private func offset(at instant: Int) -> Int {
        switch rules {
        case .known(let changes):
            changes.offset(at: instant)
        case .described(let observances):
            observances.offset(at: instant)
        }
    }
}
