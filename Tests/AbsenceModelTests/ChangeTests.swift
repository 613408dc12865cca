import AbsenceModel
import Foundation
import Testing

@Suite struct ChangeTests {
    private func change(_ action: Change.Action, key number: Int = 1, of person: Int = 1) -> Change
    {
        Change(key: key(number), user: user(person), userKey: "user", action: action)
    }

    @Test(arguments: [
        (Change.Action.create(absence(9, 10)), false),
        (.withdraw(absence(9, 10)), true),
        (.update(from: absence(9, 11), to: absence(9, 10)), true),
        (.update(from: absence(9, 11), to: absence(10, 11)), true),
        (.update(from: absence(9, 11), to: absence(14, 16)), false),
        (.update(from: absence(9, 11), to: absence(9, 12)), false),
        (.update(from: absence(9, 11, .direct), to: absence(9, 12, .open)), true),
        (.update(from: absence(9, 11, .open), to: absence(9, 11, .information)), true),
        (.update(from: absence(9, 11, .information), to: absence(9, 11, .open)), false),
        (.update(from: absence(9, 11), to: absence(9, 11, reason: "sick")), false),
    ])
    func `a withdrawal, a shortening and a weakening take something away`(
        action: Change.Action,
        takesAway: Bool
    ) {
        #expect(change(action).takesAway(after: at(7)) == takesAway)
    }

    @Test func `what has ended can not be taken away`() {
        #expect(!change(.withdraw(absence(9, 10))).takesAway(after: at(10)))
        #expect(change(.withdraw(absence(9, 10))).takesAway(after: at(9, 59)))
        let weakened = Change.Action.update(from: absence(9, 10, .direct), to: absence(9, 10))
        #expect(!change(weakened).takesAway(after: at(10)))
    }

    @Test func `only the time that is left counts`() {
        // It began an hour later than was thought: nothing of what is left is taken.
        let later = Change.Action.update(from: absence(8, 12), to: absence(9, 12))
        #expect(!change(later).takesAway(after: at(9)))
        #expect(change(later).takesAway(after: at(8, 30)))
        // Two hours moved into the future, one of which has passed.
        let moved = Change.Action.update(from: absence(8, 10), to: absence(14, 15))
        #expect(!change(moved).takesAway(after: at(9)))
        #expect(change(moved).takesAway(after: at(8, 59)))
    }

    @Test func `an approval names the change, what it takes and what it leaves`() {
        let start = Int(at(9).timeIntervalSince1970)
        #expect(
            change(.update(from: absence(9, 10, .direct), to: absence(9, 11))).fingerprint
                == "update \(key(1).uuidString.lowercased())"
                + " \(start)-\(start + 3600)/direct \(start)-\(start + 7200)/information"
        )
        #expect(
            change(.withdraw(absence(9, 10))).fingerprint
                == "withdraw \(key(1).uuidString.lowercased()) \(start)-\(start + 3600)/information"
        )
    }

    @Test func `a new absence is approved for its user, for its key is another in every plan`() {
        let create = Change.Action.create(absence(9, 10, .direct))
        #expect(change(create, key: 1).fingerprint == change(create, key: 2).fingerprint)
        #expect(change(create, of: 1).fingerprint != change(create, of: 2).fingerprint)
        #expect(
            change(.create(absence(9, 11, .direct))).fingerprint != change(create).fingerprint
        )
    }

    @Test func `another absence, time or kind is another change to approve`() {
        let withdraw = change(.withdraw(absence(9, 10)))
        #expect(withdraw.fingerprint != change(.withdraw(absence(9, 10)), key: 2).fingerprint)
        #expect(withdraw.fingerprint != change(.withdraw(absence(9, 11))).fingerprint)
        #expect(withdraw.fingerprint != change(.withdraw(absence(9, 10, .open))).fingerprint)
        // What is said about it takes nothing from anybody.
        #expect(
            withdraw.fingerprint == change(.withdraw(absence(9, 10, reason: "sick"))).fingerprint
        )
    }
}
