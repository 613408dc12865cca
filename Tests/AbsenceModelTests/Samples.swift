import AbsenceModel
import Foundation

/// Seven in the morning of Monday 23 November 2026 in Stockholm: what tests take for now.
let seven = Date(timeIntervalSince1970: 1_795_413_600)

/// An instant of that day, in hours and minutes on the wall.
func at(_ hour: Int, _ minute: Int = 0) -> Date {
    seven.addingTimeInterval(TimeInterval((hour - 7) * 3600 + minute * 60))
}

/// An absence of that day, between two hours.
func absence(
    _ start: Int,
    _ end: Int,
    _ kind: Kind = .information,
    phone: String = "101",
    reason: String = "meeting"
) -> Absence {
    Absence(
        phone: phone,
        startsAt: at(start),
        endsAt: at(end),
        kind: kind,
        reason: Reason(rawValue: reason)
    )
}

/// The key with this number in it.
func key(_ number: Int) -> UUID {
    let digits = String(number)
    let text =
        "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    return UUID(uuidString: text)!
}

func user(_ number: Int) -> UserID {
    UserID(rawValue: Int64(number))
}

/// What is wanted beside what was placed; `key` is that of what was placed.
func difference(
    _ number: Int,
    _ placed: Absence? = nil,
    to wanted: Absence? = nil,
    key placedKey: Int? = nil,
    hold: String? = nil
) -> Difference {
    Difference(
        user: user(number),
        userKey: "user\(number)",
        key: placed == nil ? nil : key(placedKey ?? number),
        before: placed,
        after: wanted,
        hold: hold
    )
}

/// Mints the keys 9001, 9002 …
func minting() -> () -> UUID {
    var last = 9000
    return {
        last += 1
        return key(last)
    }
}

func plan(_ differences: [Difference], asOf: Date = seven) -> Plan {
    Plan(for: differences, asOf: asOf, mintKey: minting())
}

/// A plan held against limits: of so many standing absences, of so many users.
func checked(
    _ differences: [Difference],
    standing: Int = 0,
    users: Int = 0,
    taken: Int = 0,
    withdrawn: Int = 0,
    ended: Int = 0,
    limits: SafetyLimits = SafetyLimits(),
    approved: Set<String> = [],
    asOf: Date = seven
) -> Plan {
    var plan = plan(differences, asOf: asOf)
    plan.check(
        against: limits,
        day: GuardedDay(
            standingCount: standing,
            userCount: users,
            takenCount: taken,
            withdrawnCount: withdrawn,
            endedCount: ended
        ),
        approved: approved
    )
    return plan
}

/// So many withdrawals, each of a user of its own from number 1 on.
func withdrawals(_ count: Int) -> [Difference] {
    (0..<count).map { difference($0 + 1, absence(9, 10)) }
}

/// So many phones that close between two hours, each of a user of its own.
func closings(_ users: Range<Int>, _ start: Int = 9, _ end: Int = 10) -> [Difference] {
    users.map { difference($0, to: absence(start, end, .direct)) }
}
