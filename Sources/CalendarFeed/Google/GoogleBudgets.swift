import Web

/// What the project and each user may be asked (calendar-apis.md 3.3).
///
/// Google counts in a sliding minute where requests arrive, so ours are a little longer.
actor GoogleBudgets {
    let project: Budget
    private let userPerMinute: Int
    private let counts: TrafficCounts
    private var users: [String: (budget: Budget, lastUsed: ContinuousClock.Instant)] = [:]

    private static let minute: Duration = .seconds(62)
    /// How many users are remembered before those are forgotten that were not asked of late.
    private static let roomForUsers = 512

    init(projectPerMinute: Int, userPerMinute: Int, concurrent: Int, counts: TrafficCounts) {
        self.project = Budget(
            concurrent: concurrent,
            rate: Budget.Rate(count: max(1, projectPerMinute), interval: Self.minute),
            counts: counts
        )
        self.userPerMinute = max(1, userPerMinute)
        self.counts = counts
    }

    func budget(of user: String) -> Budget {
        let now = ContinuousClock.now
        if users.count >= Self.roomForUsers {
            let since = now.advanced(by: Self.minute * -2)
            users = users.filter { $0.value.lastUsed > since }
        }
        let budget =
            users[user]?.budget
            ?? Budget(
                concurrent: 2,
                rate: Budget.Rate(count: userPerMinute, interval: Self.minute),
                counts: counts
            )
        users[user] = (budget, now)
        return budget
    }
}
