import AbsenceModel
import Foundation
import Testing

@Suite struct ApprovalTests {
    private func fingerprints(_ differences: [Difference]) -> Set<String> {
        Set(plan(differences).changes.map(\.fingerprint))
    }

    @Test func `what was approved goes through, and counts against nothing`() {
        let approved = fingerprints(withdrawals(4))
        let plan = checked(withdrawals(4), standing: 10, approved: approved)
        #expect(plan.refusal == nil)
        #expect(plan.changes.count == 4)
    }

    @Test func `a plan that takes less than was approved goes through`() {
        let approved = fingerprints(withdrawals(9))
        #expect(checked(withdrawals(6), standing: 10, approved: approved).refusal == nil)
    }

    @Test func `what comes beside it is judged by itself`() {
        let approved = fingerprints(withdrawals(4))
        #expect(checked(withdrawals(7), standing: 10, approved: approved).refusal == nil)
        let plan = checked(withdrawals(8), standing: 10, approved: approved)
        #expect(plan.refusal?.userCount == 4)
        #expect(plan.changes.map(\.user) == (1...4).map(user))
        #expect(plan.held.map(\.change.user) == (5...8).map(user))
    }

    @Test func `another change of the same absence was not approved`() {
        let approved = fingerprints(
            (1...4).map { difference($0, absence(9, 12), to: absence(9, 11)) }
        )
        let plan = checked(
            (1...4).map { difference($0, absence(9, 12), to: absence(9, 10)) },
            standing: 10,
            approved: approved
        )
        #expect(plan.refusal?.userCount == 4)
    }

    @Test func `phones that newly close can be approved, whatever the keys of the next plan`() {
        let refused = checked(closings(1..<7), users: 10)
        let approved = Set(refused.refusal?.fingerprints ?? [])
        #expect(approved.count == 6)
        var next = Plan(for: closings(1..<7), asOf: at(7, 1), mintKey: { UUID() })
        next.check(
            against: SafetyLimits(),
            day: GuardedDay(standingCount: 0, userCount: 10),
            approved: approved
        )
        #expect(next.refusal == nil)
        #expect(next.changes.count == 6)
    }
}
