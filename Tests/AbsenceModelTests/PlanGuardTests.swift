import AbsenceModel
import Foundation
import Testing

@Suite struct PlanGuardTests {
    /// Users of whom something closes, something goes and something comes.
    private static let differences =
        closings(1..<40) + closings(40..<60, 10, 12) + closings(60..<70, 14, 15)
        + (70..<90).map { difference($0, absence(9, 10, .open)) }
        + (90..<120).map { difference($0, to: absence(9, 10, .information)) }
    private static let day = GuardedDay(standingCount: 60, userCount: 120)

    private func refusal(
        inPartsOf count: Int,
        approved: Set<String> = []
    ) -> PlanRefusal? {
        var limits = SafetyLimits()
        limits.newlyDirectCount = 15
        var guards = PlanGuard(limits, approved: approved, asOf: seven)
        let parts = stride(from: 0, to: Self.differences.count, by: count).map {
            plan(Array(Self.differences[$0...].prefix(count))).changes
        }
        for part in parts { guards.look(at: part) }
        return guards.refusal(against: { Self.day }) { look in parts.forEach(look) }
    }

    @Test(arguments: [1, 7, 50])
    func `it makes no difference in how many parts a plan is looked at`(count: Int) throws {
        let whole = try #require(refusal(inPartsOf: .max))
        #expect(refusal(inPartsOf: count) == whole)
        // Those of nine o'clock, those of ten, and what goes; not the ten of the afternoon.
        #expect(whole.users == Set((1..<60).map(user) + (70..<90).map(user)))
        #expect(whole.reasons.count == 2)
    }

    @Test func `what was let through is not looked at, whatever the parts`() throws {
        let all = try #require(refusal(inPartsOf: .max))
        #expect(refusal(inPartsOf: 7, approved: Set(all.fingerprints)) == nil)
    }

    @Test func `a plan made in parts is counted as one`() {
        var counts = PlanCounts()
        for part in [Self.differences[..<50], Self.differences[50...]] {
            counts.add(plan(Array(part)))
        }
        #expect(counts == PlanCounts(of: plan(Self.differences)))
        #expect(counts.changes == Self.differences.count)
        counts.holdBack(created: 2, updated: 0, withdrawn: 1, users: 3)
        #expect(counts.held == 3)
        #expect(counts.changes == Self.differences.count - 3)
    }
}
