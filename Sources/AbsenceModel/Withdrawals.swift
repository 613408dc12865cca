import Foundation

/// What a plan takes away, where that is more than a rolling day allows.
struct Withdrawals {
    let changes: [Change]
    let figures: String

    init?(in candidates: [Change], asOf: Date, day: GuardedDay, limits: SafetyLimits) {
        changes = candidates.filter { $0.takesAway(after: asOf) }
        guard !changes.isEmpty else { return nil }
        func isTooLarge(_ taken: Int, of standing: Int) -> Bool {
            standing >= limits.withdrawnShareFrom
                && Double(taken) / Double(max(standing, 1)) > limits.withdrawnShare
        }
        var taken = day.takenCount + changes.count
        // What was withdrawn within the day stood at its beginning.
        var standing = day.standingCount + day.withdrawnCount + day.endedCount
        var before =
            day.takenCount == 0 ? "" : ", \(day.takenCount) of them within the last 24 hours"
        if !isTooLarge(taken, of: standing), taken <= limits.withdrawnCount {
            // What has ended within the day is no reason to take away all that stands now.
            guard isTooLarge(changes.count, of: day.standingCount) else { return nil }
            (taken, standing, before) = (changes.count, day.standingCount, "")
        }
        let share = Double(taken) / Double(max(standing, 1))
        figures =
            "\(taken) of \(standing) absences would be withdrawn, shortened or weakened"
            + " (\(percent(share))\(before)); the limits are \(percent(limits.withdrawnShare))"
            + " from \(limits.withdrawnShareFrom) absences on, and \(limits.withdrawnCount)"
    }
}
