import AbsenceModel
import AbsenceStore
import Foundation

/// Makes the plan of a run some users at a time and writes each part down, so that a large plan
/// takes no more room than a small one.
///
/// The limits are held against all of it at its end; only then it stands (design principle 6).
struct Planner {
    let store: AbsenceStore
    let run: PlannedRun
    let mintKey: () -> UUID

    /// What was planned.
    struct Result {
        /// The plan, or its beginning.
        var plan: Plan
        var counts = PlanCounts()
        var digest: String?

        func report(of run: PlannedRun) -> RunReport {
            var report = RunReport(customer: run.lease.customer, plan: plan, counts: counts)
            report.run = run
            report.digest = digest
            return report
        }
    }

    /// Plans what makes the telephony side show what is wanted, by the differences that are given,
    /// a part at a time.
    ///
    /// - Parameters:
    ///   - marks: what marked the users; told for whom something is planned.
    ///   - guards: the limits; nil where they hold nothing back.
    ///   - explain: says why what is withdrawn is.
    func plan(
        marks: inout TouchMarks,
        guards: PlanGuard?,
        explain: @escaping (inout Plan) throws -> Void,
        differences: @escaping ((_ part: [Difference]) throws -> Void) throws -> Void
    ) throws -> Result {
        var guards = guards
        var result = Result(plan: Plan(for: [], asOf: run.asOf, mintKey: mintKey))
        try differences { differences in
            var part = Plan(for: differences, asOf: run.asOf, mintKey: mintKey)
            try explain(&part)
            guards?.look(at: part.changes)
            try store.write(part, of: run, causedAt: { marks.since($0) })
            marks.set(part.changes.map(\.user), isBusy: true)
            result.counts.add(part)
            result.plan.append(part, upTo: RunReport.shownCount)
        }
        let day = { try store.guardedDay(of: run.lease.customer, asOf: run.asOf) }
        let refusal = try guards?.refusal(against: day) { look in
            try differences { look(Plan(for: $0, asOf: run.asOf, mintKey: { UUID() }).changes) }
        }
        if let refusal {
            result.digest = try store.digest(of: refusal.fingerprints)
            result.plan.holdBack(refusal)
            marks.set(refusal.users, isBusy: false)
        }
        try store.finish(
            run,
            counts: &result.counts,
            refusal: refusal,
            digest: result.digest,
            touchedCount: marks.userCount
        )
        return result
    }
}
