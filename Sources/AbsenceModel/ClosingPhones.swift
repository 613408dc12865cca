import Foundation

/// The phones that a plan newly closes, where too many would close at one instant.
struct ClosingPhones {
    let changes: [Change]
    let figures: String

    init?(in candidates: [Change], asOf: Date, day: GuardedDay, limits: SafetyLimits) {
        let shareLimit =
            day.userCount >= limits.newlyDirectFrom
            // 0.29 of 100 users are 29, although the product is a little less.
            ? (limits.newlyDirectShare * Double(day.userCount) + 1e-9).rounded(.down) : .infinity
        let limit = min(shareLimit, Double(limits.newlyDirectCount))
        let closings = Self.closings(in: candidates, asOf: asOf)
        guard Double(closings.count) > limit else { return nil }

        let crowd = Crowd(of: closings.map(\.range), over: limit)
        let users = Set(closings.filter { crowd.meets($0.range) }.map(\.user))
        guard !users.isEmpty else { return nil }
        changes = candidates.filter { change in
            guard let after = change.after, after.kind == .direct else { return false }
            return users.contains(change.user) && crowd.meets(after.startsAt..<after.endsAt)
        }
        figures =
            "\(crowd.peak.count) of \(day.userCount) users' phones would newly close at"
            + " \(crowd.peak.instant.formatted(.iso8601)); the limits are"
            + " \(percent(limits.newlyDirectShare)) from \(limits.newlyDirectFrom) users on,"
            + " and \(limits.newlyDirectCount)"
    }

    /// When each user's phone is closed that was not closed before by what the plan changes.
    private static func closings(
        in candidates: [Change],
        asOf: Date
    ) -> [(range: Range<Date>, user: UserID)] {
        Dictionary(grouping: candidates, by: \.user).flatMap { user, changes in
            let before = changes.compactMap(\.before)
            return changes.compactMap(\.after).flatMap { after in
                // Another phone of the user was not closed by what closed the first.
                let closed = before.filter { $0.phone == after.phone }
                    .compactMap { $0.closing(from: asOf) }
                return after.closing(from: asOf).map { $0.subtracting(closed) } ?? []
            }
            .map { ($0, user) }
        }
    }
}

/// The stretches of time in which more than so many of some ranges hold.
private struct Crowd {
    private(set) var stretches: [Range<Date>] = []
    private(set) var peak = (count: 0, instant: Date.distantPast)

    init(of ranges: [Range<Date>], over limit: Double) {
        // At one instant ends come before starts, for an end is the first instant that is free.
        let edges = ranges.flatMap {
            [(instant: $0.lowerBound, step: 1), (instant: $0.upperBound, step: -1)]
        }
        .sorted { ($0.instant, $0.step) < ($1.instant, $1.step) }
        var count = 0
        var since: Date?
        for edge in edges {
            count += edge.step
            if count > peak.count { peak = (count, edge.instant) }
            if Double(count) > limit {
                since = since ?? edge.instant
            } else if let start = since {
                if start < edge.instant { stretches.append(start..<edge.instant) }
                since = nil
            }
        }
    }

    func meets(_ range: Range<Date>) -> Bool {
        stretches.contains { $0.overlaps(range) }
    }
}

extension Absence {
    /// When it closes the phone at or after `instant`, if it does.
    fileprivate func closing(from instant: Date) -> Range<Date>? {
        let start = max(startsAt, instant)
        return kind == .direct && start < endsAt ? start..<endsAt : nil
    }
}

extension Range<Date> {
    /// What is left of it outside the others.
    fileprivate func subtracting(_ others: [Range<Date>]) -> [Range<Date>] {
        others.reduce(into: [self]) { left, other in
            left = left.flatMap { range -> [Range<Date>] in
                guard range.overlaps(other) else { return [range] }
                return [
                    range.lowerBound..<Swift.max(range.lowerBound, other.lowerBound),
                    Swift.min(range.upperBound, other.upperBound)..<range.upperBound,
                ]
                .filter { !$0.isEmpty }
            }
        }
    }
}
