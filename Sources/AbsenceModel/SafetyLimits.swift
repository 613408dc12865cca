/// How much a plan may take away, and how many phones it may close at one instant, before a
/// person must approve (design principle 6). A row of `customer.limits`.
public struct SafetyLimits: Hashable, Sendable {
    /// The largest share of a customer's absences that a rolling day may take away.
    public var withdrawnShare = 0.3
    /// From how many absences on the share counts.
    public var withdrawnShareFrom = 10
    /// The largest number that a rolling day may take away.
    public var withdrawnCount = 500
    /// The largest share of a customer's users whose phones may newly close at one instant.
    public var newlyDirectShare = 0.5
    /// From how many users on that share counts.
    public var newlyDirectFrom = 10
    /// The largest number of users whose phones may newly close at one instant.
    public var newlyDirectCount = 500

    public init() {}
}

/// What the limits are held against: a row of `absence.guarded_day`.
public struct GuardedDay: Hashable, Sendable {
    /// Absences placed now that have not ended.
    public var standingCount: Int
    public var userCount: Int
    /// What was taken away without approval within the last 24 hours.
    public var takenCount: Int
    /// How many of those were withdrawals.
    public var withdrawnCount: Int
    /// Absences that ended within the last 24 hours, where the telephone system has but those of
    /// the moment.
    public var endedCount: Int

    public init(
        standingCount: Int,
        userCount: Int,
        takenCount: Int = 0,
        withdrawnCount: Int = 0,
        endedCount: Int = 0
    ) {
        self.standingCount = standingCount
        self.userCount = userCount
        self.takenCount = takenCount
        self.withdrawnCount = withdrawnCount
        self.endedCount = endedCount
    }
}
