import AbsenceModel
import Foundation
import Testing

@Suite struct PlanTests {
    @Test func `what is placed and wanted decides the change`() {
        let plan = plan([
            difference(1, to: absence(9, 10)),
            difference(2, absence(9, 10), to: absence(9, 11)),
            difference(3, absence(9, 10)),
            difference(4),
        ])
        #expect(
            plan.changes.map(\.action) == [
                .create(absence(9, 10)),
                .update(from: absence(9, 10), to: absence(9, 11)),
                .withdraw(absence(9, 10)),
            ]
        )
        #expect(plan.changes.map(\.key) == [key(9001), key(2), key(3)])
        #expect(plan.held.isEmpty)
        #expect(plan.refusal == nil)
    }

    @Test func `a change carries what the difference knows`() throws {
        var wanted = difference(1, absence(9, 10), to: absence(10, 11), key: 7)
        wanted.versionTag = "3"
        wanted.bookingKeys = ["b"]
        wanted.bookingMarks = ["f0"]
        let change = try #require(plan([wanted]).changes.first)
        #expect(change.key == key(7))
        #expect(change.user == user(1))
        #expect(change.userKey == "user1")
        #expect(change.versionTag == "3")
        #expect(change.bookingKeys == ["b"])
        #expect(change.bookingMarks == ["f0"])
    }

    @Test func `where only the bookings changed nothing is done, and that is remembered`() {
        var adopted = difference(1, absence(9, 10), to: absence(9, 10))
        adopted.bookingMarks = ["f1"]
        let plan = plan([adopted])
        #expect(plan.isEmpty)
        #expect(plan.adoptions == [adopted])
    }

    @Test func `a hand edit holds its change back and no other of the user`() {
        let plan = plan([
            difference(1, absence(9, 10), to: absence(9, 11), key: 1, hold: "changed_by_hand"),
            difference(1, absence(12, 13), key: 2),
        ])
        #expect(plan.changes.map(\.key) == [key(2)])
        #expect(plan.held.map(\.change.key) == [key(1)])
        #expect(plan.held.map(\.because) == ["changed_by_hand"])
        #expect(!plan.isEmpty)
    }

    @Test func `within a user: withdraw, shrink, move, create, so that a slot is free in time`() {
        let plan = plan([
            difference(1, to: absence(8, 9)),
            difference(1, absence(12, 13), to: absence(11, 12), key: 3),
            difference(1, absence(14, 16), to: absence(14, 15), key: 4),
            difference(1, absence(15, 18), key: 5),
        ])
        #expect(plan.changes.map(\.actionName) == ["withdraw", "update", "update", "create"])
        #expect(plan.changes.map(\.key) == [key(5), key(4), key(3), key(9001)])
    }

    @Test func `what stays in its place comes with what shrinks`() {
        let plan = plan([
            difference(1, absence(8, 9), to: absence(10, 12), key: 1),
            difference(1, absence(14, 15), to: absence(14, 15, .direct), key: 2),
        ])
        #expect(plan.changes.map(\.key) == [key(2), key(1)])
    }

    @Test func `of one kind the earlier comes first, and users stay together`() {
        let plan = plan([
            difference(2, absence(9, 10), key: 21),
            difference(1, absence(15, 16), key: 12),
            difference(2, to: absence(7, 8)),
            difference(1, absence(9, 10), key: 11),
        ])
        #expect(plan.changes.map(\.user) == [user(1), user(1), user(2), user(2)])
        #expect(plan.changes.map(\.key) == [key(11), key(12), key(21), key(9001)])
    }

    @Test func `the plan is the same whatever the order of the differences`() {
        let differences = [
            difference(3, absence(9, 10), key: 31),
            difference(1, to: absence(9, 10)),
            difference(1, to: absence(12, 13)),
            difference(1, absence(14, 15), to: absence(15, 16), key: 11),
            difference(2, absence(9, 10), to: absence(9, 11), key: 21, hold: "changed_by_hand"),
            difference(2, absence(12, 13), to: absence(12, 14), key: 22, hold: "changed_by_hand"),
            difference(4, absence(9, 10), to: absence(9, 10), key: 41),
            difference(5, absence(9, 10), to: absence(9, 10), key: 51),
        ]
        let expected = plan(differences)
        var generator = Congruential(state: 23)
        for _ in 1...50 {
            #expect(plan(differences.shuffled(using: &generator)) == expected)
        }
    }

    /// The same row of numbers in every run.
    private struct Congruential: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
    }
}
