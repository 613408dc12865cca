import AbsenceModel
import Foundation
import Testing

@Suite struct WithdrawalLimitTests {
    @Test(arguments: [
        (taken: 3, standing: 10, passes: true),
        (taken: 4, standing: 10, passes: false),
        (taken: 6, standing: 20, passes: true),
        (taken: 7, standing: 20, passes: false),
        (taken: 9, standing: 9, passes: true),
        (taken: 10, standing: 10, passes: false),
        (taken: 300, standing: 1000, passes: true),
        (taken: 301, standing: 1000, passes: false),
        (taken: 499, standing: 100_000, passes: true),
        (taken: 500, standing: 100_000, passes: true),
        (taken: 501, standing: 100_000, passes: false),
    ])
    func `three of ten pass, four do not; from ten on; five hundred at the most`(
        taken: Int,
        standing: Int,
        passes: Bool
    ) {
        let plan = checked(withdrawals(taken), standing: standing)
        #expect((plan.refusal == nil) == passes)
        #expect(plan.changes.count == (passes ? taken : 0))
        #expect(plan.held.count == (passes ? 0 : taken))
    }

    @Test func `shortenings and weakenings count as withdrawals do, moves do not`() {
        let shortened = difference(1, absence(9, 12), to: absence(9, 10))
        let weakened = difference(2, absence(9, 12, .direct), to: absence(9, 12, .open))
        let withdrawn = difference(3, absence(9, 12))
        let moved = (4...30).map { difference($0, absence(9, 10), to: absence(14, 15)) }
        let passes = checked([shortened, weakened, withdrawn] + moved, standing: 10)
        #expect(passes.refusal == nil)
        let tooMuch = checked(
            [shortened, weakened, withdrawn, difference(31, absence(9, 10))] + moved,
            standing: 10
        )
        #expect(tooMuch.refusal?.userCount == 4)
        #expect(tooMuch.changes.map(\.user) == (4...30).map(user))
    }

    @Test func `what has ended does not count`() {
        let ended = (1...9).map { difference($0, absence(5, 7)) }
        let plan = checked(ended + [difference(10, absence(9, 10))], standing: 10)
        #expect(plan.refusal == nil)
        #expect(plan.changes.count == 10)
    }

    @Test func `what the last 24 hours took counts with it`() {
        #expect(checked(withdrawals(1), standing: 8, taken: 2, withdrawn: 2).refusal == nil)
        #expect(checked(withdrawals(1), standing: 7, taken: 3, withdrawn: 3).refusal != nil)
        #expect(checked(withdrawals(1), standing: 90_000, taken: 499).refusal == nil)
        #expect(checked(withdrawals(1), standing: 90_000, taken: 500).refusal != nil)
    }

    @Test func `where there is only now, what ended within the day stood in it as well`() {
        // One of twelve that stand, the fifth of a day in which ninety stood.
        #expect(checked(withdrawals(1), standing: 12, taken: 4, withdrawn: 4).refusal != nil)
        let passes = checked(withdrawals(1), standing: 12, taken: 4, withdrawn: 4, ended: 74)
        #expect(passes.refusal == nil)
        // That is no reason to take away what stands now.
        #expect(checked(withdrawals(3), standing: 12, ended: 74).refusal == nil)
        let refused = checked(withdrawals(4), standing: 12, ended: 74).refusal
        #expect(refused?.description.hasPrefix("4 of 12 absences would be withdrawn") == true)
    }

    @Test func `the share is of what stood when the day began`() {
        // Of 10 that stood 3 were withdrawn; of the 7 left 1 is 4 of 10, not 4 of 7.
        let plan = checked(withdrawals(1), standing: 7, taken: 3, withdrawn: 3)
        #expect(plan.refusal?.description.hasPrefix("4 of 10 absences") == true)
        // What was only shortened stands still.
        let shortened = checked(withdrawals(1), standing: 10, taken: 3)
        #expect(shortened.refusal?.description.hasPrefix("4 of 10 absences") == true)
        // Nine stand, and one was withdrawn: the share counts.
        let drained = checked(withdrawals(3), standing: 9, taken: 1, withdrawn: 1)
        #expect(drained.refusal != nil)
    }

    @Test func `where nothing is taken away, what was taken before is no matter`() {
        let plan = checked(
            [difference(1, to: absence(9, 10))],
            standing: 10,
            taken: 5000,
            withdrawn: 10
        )
        #expect(plan.refusal == nil)
    }

    @Test func `the limits can be a customer's own`() {
        var limits = SafetyLimits()
        limits.withdrawnShare = 0.5
        #expect(checked(withdrawals(5), standing: 10, limits: limits).refusal == nil)
        #expect(checked(withdrawals(6), standing: 10, limits: limits).refusal != nil)
        limits.withdrawnShareFrom = 3
        #expect(checked(withdrawals(2), standing: 3, limits: limits).refusal != nil)
        limits.withdrawnCount = 1
        #expect(checked(withdrawals(2), standing: 100, limits: limits).refusal != nil)
    }

    @Test func `users of whom something is taken are held back whole, the others go on`() {
        let plan = checked(
            (1...4).map { difference($0, absence(9, 10), key: $0) }
                + [
                    difference(1, to: absence(14, 15)),
                    difference(4, absence(12, 13), to: absence(12, 14), key: 41),
                    difference(5, to: absence(14, 15)),
                    difference(6, absence(9, 10), to: absence(10, 12), key: 6),
                ],
            standing: 10
        )
        #expect(plan.changes.map(\.user) == [user(5), user(6)])
        #expect(plan.held.map(\.change.user).map(\.rawValue) == [1, 1, 2, 3, 4, 4])
        #expect(Set(plan.held.map(\.because)) == ["limits"])
        #expect(plan.refusal?.userCount == 4)
        // Only what takes away is to be approved.
        #expect(plan.refusal?.fingerprints.count == 4)
        #expect(plan.refusal?.fingerprints == plan.refusal?.fingerprints.sorted())
    }

    @Test func `the refusal speaks in figures`() {
        #expect(
            checked(withdrawals(4), standing: 10).refusal?.description
                == "4 of 10 absences would be withdrawn, shortened or weakened (40 %);"
                + " the limits are 30 % from 10 absences on, and 500"
        )
        #expect(
            checked(withdrawals(2), standing: 7, taken: 3, withdrawn: 3).refusal?.description
                == "5 of 10 absences would be withdrawn, shortened or weakened (50 %, 3 of them"
                + " within the last 24 hours); the limits are 30 % from 10 absences on, and 500"
        )
    }
}
