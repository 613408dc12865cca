public import AbsenceModel
public import AbsenceStore
public import Foundation
public import Telephony

/// What a pass planned, held back and did.
public struct RunReport: Sendable {
    /// How many changes, and as many held back, a report has at hand.
    public static let shownCount = 2000

    public var customer: Customer
    /// The plan, or its beginning where it is a large one.
    public var plan: Plan
    /// All of the plan, in numbers.
    public var counts: PlanCounts
    /// The run whose plan was written down; nil where nobody was looked at.
    public var run: PlannedRun?
    /// What an approval of the refused changes must name; nil where nothing was refused.
    public var digest: String?
    /// What came of each change that is at hand; empty for a dry run.
    public var outcomes: [UUID: ChangeOutcome] = [:]
    /// How many changes ended how, by the words of `customer.outcome_counts`.
    public var outcomeCounts: [String: Int] = [:]
    /// Users that nothing was planned for: the telephone side could not be asked about them.
    public var unobservedUserCount = 0
    /// Users that nothing was planned for: the database was restored, and their calendars have not
    /// been loaded since.
    public var unloadedUserCount = 0
    /// Users whose names and languages the telephone side could not be told.
    public var untoldUserCount = 0

    public init(customer: Customer, plan: Plan, counts: PlanCounts? = nil) {
        self.customer = customer
        self.plan = plan
        self.counts = counts ?? PlanCounts(of: plan)
    }

    /// Whether all of the plan is at hand.
    public var isWhole: Bool {
        plan.changes.count == counts.changes && plan.held.count == counts.held
    }

    public var doneCount: Int {
        outcomeCounts["done", default: 0] + outcomeCounts["unchanged", default: 0]
    }
    public var failedCount: Int { outcomeCounts.values.reduce(0, +) - doneCount }

    /// How the run ended, as the exit status tells it.
    public var ending: Ending {
        if plan.refusal != nil, counts.changes == 0 { return .refused }
        if plan.refusal != nil || failedCount > 0 { return .partial }
        if unobservedUserCount + unloadedUserCount + untoldUserCount > 0 { return .partial }
        return .done
    }

    public enum Ending: Sendable {
        /// All that was to be done was done, also where that was nothing.
        case done
        /// Some changes failed or were held back by the limits, and are recorded.
        case partial
        /// The limits let nothing through.
        case refused
    }
}
