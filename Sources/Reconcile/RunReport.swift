public import AbsenceModel
public import AbsenceStore
public import Foundation
public import Telephony

/// What a pass planned, held back and did.
public struct RunReport: Sendable {
    public var customer: Customer
    public var plan: Plan
    /// What an approval of the refused changes must name; nil where nothing was refused.
    public var digest: String?
    /// What came of each change; empty for a dry run.
    public var outcomes: [UUID: ChangeOutcome] = [:]
    /// Users that nothing was planned for: the telephone side could not be asked about them.
    public var unobservedUserCount = 0
    /// Users that nothing was planned for: the database was restored, and their calendars have not
    /// been loaded since.
    public var unloadedUserCount = 0
    /// Users whose names and languages the telephone side could not be told.
    public var untoldUserCount = 0

    public init(customer: Customer, plan: Plan) {
        self.customer = customer
        self.plan = plan
    }

    public var doneCount: Int { outcomes.values.count(where: \.isConverged) }
    public var failedCount: Int { outcomes.count - doneCount }

    /// How the run ended, as the exit status tells it.
    public var ending: Ending {
        if plan.refusal != nil, plan.changes.isEmpty { return .refused }
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
