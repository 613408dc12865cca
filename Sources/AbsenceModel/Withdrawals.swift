import Foundation

/// What a plan takes away, where that is more than a rolling day allows.
struct Withdrawals {
    let changes: [Change]
    let figures: String

    init?(in candidates: [Change], asOf: Date, day: GuardedDay, limits: SafetyLimits) {
        changes = candidates.filter { $0.takesAway(after: asOf) }
        guard !changes.isEmpty else { return nil }
        let taken = day.takenCount + changes.count
        // What was withdrawn within the day stood at its beginning.
        let standing = day.standingCount + day.withdrawnCount
        let share = Double(taken) / Double(max(standing, 1))
        let isTooLarge = standing >= limits.withdrawnShareFrom && share > limits.withdrawnShare
        guard isTooLarge || taken > limits.withdrawnCount else { return nil }
        let before =
            day.takenCount == 0 ? "" : ", \(day.takenCount) of them within the last 24 hours"
        figures =
            "\(taken) of \(standing) absences would be withdrawn, shortened or weakened"
            + " (\(percent(share))\(before)); the limits are \(percent(limits.withdrawnShare))"
            + " from \(limits.withdrawnShareFrom) absences on, and \(limits.withdrawnCount)"
    }
}
