import AbsenceModel
import Foundation
import Testing

@Suite struct ClosingPhonesTests {
    @Test(arguments: [
        (closing: 5, users: 10, passes: true),
        (closing: 6, users: 10, passes: false),
        (closing: 9, users: 9, passes: true),
        (closing: 500, users: 2000, passes: true),
        (closing: 501, users: 2000, passes: false),
    ])
    func `half of the users may newly close at one instant, from ten on, and five hundred`(
        closing: Int,
        users: Int,
        passes: Bool
    ) {
        let plan = checked(closings(1..<closing + 1), users: users)
        #expect((plan.refusal == nil) == passes)
        #expect(plan.changes.count == (passes ? closing : 0))
    }

    @Test func `a share that is no round number in binary is exact all the same`() {
        var limits = SafetyLimits()
        limits.newlyDirectShare = 0.29
        #expect(checked(closings(1..<30), users: 100, limits: limits).refusal == nil)
        #expect(checked(closings(1..<31), users: 100, limits: limits).refusal != nil)
    }

    @Test func `only those count that are closed at one instant; an end is open`() {
        // Five until ten and five from ten on are never more than five.
        #expect(checked(closings(1..<6) + closings(6..<11, 10, 11), users: 10).refusal == nil)
        let plan = checked(closings(1..<6, 8, 11) + closings(6..<7, 10, 12), users: 10)
        #expect(plan.refusal?.userCount == 6)
    }

    @Test func `those that close at another time go on`() {
        let plan = checked(closings(1..<7, 9, 10) + closings(7..<10, 14, 15), users: 10)
        #expect(plan.changes.map(\.user) == (7...9).map(user))
        #expect(plan.refusal?.userCount == 6)
        #expect(
            plan.refusal?.description
                == "6 of 10 users' phones would newly close at 2026-11-23T08:00:00Z;"
                + " the limits are 50 % from 10 users on, and 500"
        )
    }

    @Test func `a phone that was closed before does not newly close`() {
        let longer = (1...6).map {
            difference($0, absence(9, 12, .direct), to: absence(8, 12, .direct, reason: "sick"))
        }
        // Between eight and nine six phones are newly closed, from nine on none.
        #expect(checked(longer, users: 10).refusal?.userCount == 6)
        let same = (1...6).map {
            difference($0, absence(9, 12, .direct), to: absence(9, 12, .direct, reason: "sick"))
        }
        #expect(checked(same, users: 10).refusal == nil)
        let stricter = (1...6).map {
            difference($0, absence(9, 12, .open), to: absence(9, 12, .direct))
        }
        #expect(checked(stricter, users: 10).refusal?.userCount == 6)
    }

    @Test func `one absence that takes another's place closes nothing newly`() {
        let replaced = (1...6).flatMap {
            [
                difference($0, absence(9, 12, .direct), key: $0),
                difference($0, to: absence(9, 10, .direct, reason: "sick")),
                difference($0, to: absence(10, 12, .direct, reason: "course")),
            ]
        }
        #expect(checked(replaced, users: 10).refusal == nil)
    }

    @Test func `other kinds close no phone, and what is over closes none`() {
        let open = (1...9).map { difference($0, to: absence(9, 10, .open)) }
        #expect(checked(open, users: 10).refusal == nil)
        #expect(checked(closings(1..<10, 5, 7), users: 10).refusal == nil)
        // Of what began before now, only what is left.
        #expect(
            checked(
                (1...6).map {
                    difference($0, absence(7, 9, .direct), to: absence(5, 9, .direct))
                },
                users: 10
            ).refusal == nil
        )
    }

    @Test func `a user concerned is held back whole`() {
        let plan = checked(
            closings(1..<7) + [
                difference(1, to: absence(14, 15)),
                difference(2, absence(16, 17), key: 22),
                difference(8, to: absence(14, 15)),
            ],
            standing: 5,
            users: 10
        )
        #expect(plan.changes.map(\.user) == [user(8)])
        #expect(plan.held.count == 8)
        #expect(plan.refusal?.fingerprints.count == 6)
    }

    @Test func `both limits are named where both are passed`() {
        let plan = checked(
            closings(1..<7) + (11...14).map { difference($0, absence(9, 10)) },
            standing: 10,
            users: 10
        )
        #expect(plan.refusal?.reasons.count == 2)
        #expect(plan.refusal?.userCount == 10)
        #expect(plan.changes.isEmpty)
    }
}
