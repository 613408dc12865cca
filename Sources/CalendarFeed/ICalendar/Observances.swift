/// When a place changed its clocks, as a VTIMEZONE tells it (RFC 5545 3.6.5).
struct Observances: Sendable {
    private struct Change: Sendable {
        /// Seconds since 1970-01-01T00:00:00Z.
        var instant: Int
        var offset: Int
    }

    private var firstOffset = 0
    private var changes: [Change] = []

    /// Rules are followed from here; descriptions by Windows begin in 1601.
    private static let firstWall = WallTime(seconds: 0)

    /// Reads the changes up to `end`, or nil where the description cannot be read.
    init?(_ components: [ComponentText], until end: WallTime) {
        var firstInstant = Int.max
        for text in components {
            guard text.faults.isEmpty, let component = ParsedComponent(text),
                let start = component.first(.start)?.date?.wall,
                let before = component.first(.offsetFrom)?.offset,
                let after = component.first(.offsetTo)?.offset,
                abs(before) < WallTime.secondsPerDay, abs(after) < WallTime.secondsPerDay
            else { return nil }
            var onsets = [start]
            onsets += component.all(.additions).compactMap { $0.period?.start.wall }
            for rule in text.rules {
                guard let starts = Observances.starts(of: rule, from: start, before, end) else {
                    return nil
                }
                onsets += starts
            }
            changes += onsets.map { Change(instant: $0.seconds - before, offset: after) }
            if start.seconds - before < firstInstant {
                (firstInstant, firstOffset) = (start.seconds - before, before)
            }
        }
        guard !changes.isEmpty else { return nil }
        changes.sort { $0.instant < $1.instant }
    }

    private static func starts(
        of text: String,
        from start: WallTime,
        _ offset: Int,
        _ end: WallTime
    ) -> [WallTime]? {
        guard let rule = try? RecurrenceRule(text), start < end else { return nil }
        // UNTIL of a zone is in UTC and counts by the offset that holds before the change.
        let until = rule.until.map { $0.isUTC ? $0.wall + offset : $0.wall }
        var budget = ExpansionBudget()
        return try? rule.starts(
            from: start,
            until: until,
            isDay: false,
            within: firstWall...max(firstWall, end),
            budget: &budget
        )
    }

    /// Seconds east of Greenwich at an instant.
    func offset(at instant: Int) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].instant <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : changes[low - 1].offset
    }
}
