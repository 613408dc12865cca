public import AbsenceModel
public import AbsenceStore
public import Foundation

/// What other rules would change for a customer, found out without changing anything.
///
/// What is wanted now is taken for what stands in a shadow of the customer; under the other
/// rules, what is wanted there differs from it, and the differences are a plan. All of it in a
/// transaction that is taken back (domain P-20).
public struct RulesTrial {
    public var store: AbsenceStore
    public var now: () -> Date
    /// Loads every calendar for the shadow, where what was not kept of bookings is needed.
    ///
    /// - Returns: how many calendars failed.
    public var load: ((Customer) async throws -> Int)?

    public init(
        store: AbsenceStore,
        now: @escaping () -> Date,
        load: ((Customer) async throws -> Int)? = nil
    ) {
        self.store = store
        self.now = now
        self.load = load
    }

    public func run(_ setting: RuleSetting, for customer: Customer) async throws -> TrialReport {
        try await store.rehearse {
            let asOf = now()
            let shadow = try store.castShadow(of: customer)
            let notJudged = try store.apply(
                setting,
                toShadow: shadow,
                isFresh: load != nil,
                at: asOf
            )
            let failed = try await load?(shadow) ?? 0
            let differences = try store.differences(ofShadow: shadow, asOf: asOf)
            var plan = Plan(for: differences, asOf: asOf, mintKey: { UUID() })
            let limits = try store.limits(of: customer)
            let day = try store.guardedDay(of: shadow, asOf: asOf)
            try store.explainWithdrawals(in: &plan, of: shadow)
            var limited = plan
            limited.check(against: limits, day: day)
            return TrialReport(
                customer: customer,
                plan: plan,
                refusal: limited.refusal,
                closedTime: try store.closedTime(ofShadow: shadow, asOf: asOf),
                closedPhones: try store.closedPhones(by: plan.closingBookings, of: shadow),
                userCount: day.userCount,
                standingCount: day.standingCount,
                notJudged: notJudged,
                isFresh: load != nil,
                failedCalendars: failed
            )
        }
    }
}

/// What other rules would change.
public struct TrialReport: Sendable {
    public var customer: Customer
    /// Every change, none held back.
    public var plan: Plan
    /// What the limits would hold back of it; nil where nothing.
    public var refusal: PlanRefusal?
    public var closedTime: ClosedTime
    /// Of coded bookings, how many phones each would close.
    public var closedPhones: [String: Int]
    public var userCount: Int
    /// Absences that are wanted under the rules in force.
    public var standingCount: Int
    /// Keys that only a fresh load could judge.
    public var notJudged: [String]
    public var isFresh: Bool
    /// Calendars that could not be read for it: their bookings are judged as they are stored.
    public var failedCalendars: Int

    public var touchedUserCount: Int { Set(plan.changes.map(\.user)).count }
}
