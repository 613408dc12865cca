import Foundation

/// How many phones a plan newly closes at each instant.
struct ClosingPhones {
    private var edges: [Date: (starts: Int, ends: Int)] = [:]
    private var count = 0
    var isEmpty: Bool { count == 0 }

    /// Adds the changes of some users, each of them whole.
    mutating func add(_ changes: [Change], asOf: Date) {
        for closing in Self.closings(in: changes, asOf: asOf) {
            edges[closing.range.lowerBound, default: (0, 0)].starts += 1
            edges[closing.range.upperBound, default: (0, 0)].ends += 1
            count += 1
        }
    }

    /// When too many would close at one instant; nil where they never do.
    func crowd(of day: GuardedDay, limits: SafetyLimits) -> Crowd? {
        let shareLimit =
            day.userCount >= limits.newlyDirectFrom
            // 0.29 of 100 users are 29, although the product is a little less.
            ? (limits.newlyDirectShare * Double(day.userCount) + 1e-9).rounded(.down) : .infinity
        let limit = min(shareLimit, Double(limits.newlyDirectCount))
        guard Double(count) > limit else { return nil }
        let edges = edges.map { (instant: $0, starts: $1.starts, ends: $1.ends) }
            .sorted { $0.instant < $1.instant }
        var crowd = Crowd(of: edges, over: limit)
        guard !crowd.stretches.isEmpty else { return nil }
        crowd.figures =
            "\(crowd.peak.count) of \(day.userCount) users' phones would newly close at"
            + " \(crowd.peak.instant.formatted(.iso8601)); the limits are"
            + " \(percent(limits.newlyDirectShare)) from \(limits.newlyDirectFrom) users on,"
            + " and \(limits.newlyDirectCount)"
        return crowd
    }

    /// The changes that close a phone while it is crowded, of users whom they newly close it for.
    static func changes(in candidates: [Change], meeting crowd: Crowd, asOf: Date) -> [Change] {
        let closings = closings(in: candidates, asOf: asOf)
        let users = Set(closings.filter { crowd.meets($0.range) }.map(\.user))
        return candidates.filter { change in
            guard let after = change.after, after.kind == .direct else { return false }
            return users.contains(change.user) && crowd.meets(after.startsAt..<after.endsAt)
        }
    }

    /// When each user's phone is closed that was not closed before by what the plan changes.
    private static func closings(
        in candidates: [Change],
        asOf: Date
    ) -> [(range: Range<Date>, user: UserID)] {
        let closing = Set(candidates.lazy.filter { $0.after?.kind == .direct }.map(\.user))
        guard !closing.isEmpty else { return [] }
        let concerned = candidates.filter { closing.contains($0.user) }
        return Dictionary(grouping: concerned, by: \.user).flatMap { user, changes in
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

/// The stretches of time in which more than so many phones are newly closed.
struct Crowd {
    private(set) var stretches: [Range<Date>] = []
    private(set) var peak = (count: 0, instant: Date.distantPast)
    var figures = ""

    /// - Parameter edges: in order, each instant once.
    init(of edges: [(instant: Date, starts: Int, ends: Int)], over limit: Double) {
        var count = 0
        var since: Date?
        for edge in edges {
            // Ends come before starts, for an end is the first instant that is free.
            count -= edge.ends
            if Double(count) <= limit, let start = since {
                stretches.append(start..<edge.instant)
                since = nil
            }
            count += edge.starts
            if count > peak.count { peak = (count, edge.instant) }
            if Double(count) > limit { since = since ?? edge.instant }
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
