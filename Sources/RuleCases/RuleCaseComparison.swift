/// What a rule case wants, held against what the rules gave.
public struct RuleCaseComparison: Sendable {
    /// What differs, in the order of the case, then what is there and was not wanted, then
    /// the causes; none where the case passes.
    public let differences: [RuleCaseDifference]

    /// Compares the whole wanted state in any order: an absence that nothing expects is a
    /// difference. A booking that the case lists as skipped must have that cause; others are
    /// not compared.
    public init(
        of ruleCase: RuleCase,
        with absences: [ActualAbsence],
        skipped: [(booking: String, because: String)]
    ) {
        let wording = RuleCaseWording(ruleCase.users)
        var pairs = Self.pairs(of: ruleCase.expect, with: absences)
        pairs.addNearest(of: ruleCase.expect, with: absences)

        var differences: [RuleCaseDifference] = []
        for (index, expected) in ruleCase.expect.enumerated() {
            guard let actual = pairs.actualOf[index].map({ absences[$0] }) else {
                differences.append(.missing(expected, wording))
                continue
            }
            let fields = wording.fields(of: expected, and: actual)
            if fields.contains(where: { !$0.isEqual }) {
                differences.append(.changed(expected, actual, fields, wording))
            }
        }
        let paired = Set(pairs.actualOf.values)
        let surplus = absences.enumerated().filter { !paired.contains($0.offset) }.map(\.element)
        differences += surplus.sorted { ($0.user, $0.start) < ($1.user, $1.start) }
            .map { .surplus($0, wording) }
        for (booking, because) in ruleCase.skipped {
            let causes = skipped.filter { $0.booking == booking }.map(\.because)
            if !causes.contains(because.rawValue) {
                let absences = absences.filter { $0.bookings.contains(booking) }
                differences.append(
                    .because(
                        booking: booking,
                        expected: because,
                        actual: causes,
                        absences: absences,
                        wording
                    )
                )
            }
        }
        self.differences = differences
    }

    /// Pairs as many expected absences as can be with actual ones that fit them whole.
    ///
    /// An expectation that names little fits several, so the first that fits may have to be
    /// left to another: augmenting paths (Kuhn) find the largest number of pairs.
    private static func pairs(
        of expected: [ExpectedAbsence],
        with actual: [ActualAbsence]
    ) -> RuleCasePairs {
        let fits = expected.map { expected in
            actual.indices.filter { expected.allows(actual[$0]) }
        }
        var expectedOf: [Int: Int] = [:]
        for index in expected.indices {
            var visited: Set<Int> = []
            func place(_ index: Int) -> Bool {
                for candidate in fits[index] where visited.insert(candidate).inserted {
                    guard let holder = expectedOf[candidate] else {
                        expectedOf[candidate] = index
                        return true
                    }
                    if place(holder) {
                        expectedOf[candidate] = index
                        return true
                    }
                }
                return false
            }
            _ = place(index)
        }
        return RuleCasePairs(
            actualOf: Dictionary(uniqueKeysWithValues: expectedOf.map { ($0.value, $0.key) })
        )
    }
}

/// Which actual absence stands for which expected one, by their places.
struct RuleCasePairs {
    var actualOf: [Int: Int]

    /// Pairs what is left over with what comes nearest, for a reader to see what is off.
    mutating func addNearest(of expected: [ExpectedAbsence], with actual: [ActualAbsence]) {
        var taken = Set(actualOf.values)
        var candidates: [(likeness: Int, expected: Int, actual: Int)] = []
        for left in expected.indices where actualOf[left] == nil {
            for right in actual.indices where !taken.contains(right) {
                let likeness = expected[left].likeness(to: actual[right])
                if likeness > 0 {
                    candidates.append((likeness, left, right))
                }
            }
        }
        candidates.sort {
            (-$0.likeness, $0.expected, $0.actual) < (-$1.likeness, $1.expected, $1.actual)
        }
        for candidate in candidates where actualOf[candidate.expected] == nil {
            if taken.insert(candidate.actual).inserted {
                actualOf[candidate.expected] = candidate.actual
            }
        }
    }
}

extension ExpectedAbsence {
    /// True where `actual` is the user's and has every named field as named.
    func allows(_ actual: ActualAbsence) -> Bool {
        user == actual.user && agreements(with: actual).allSatisfy { $0 }
    }

    /// Of each field, in the order in which they stand in this type, whether it is not named
    /// or `actual` has it as named.
    func agreements(with actual: ActualAbsence) -> [Bool] {
        [
            reason.allows(actual.reason),
            kind.allows(actual.kind),
            start.allows(actual.start),
            end.allows(actual.end),
            bookings.allows(actual.bookings),
            text.allows(actual.text),
            backAt.allows(actual.backAt),
            announcedReason.allows(actual.announcedReason),
            target.allows(actual.target),
        ]
    }

    /// How much `actual` looks like a faulty one of this: 0 where it is another user's, or
    /// neither at a time nor of a booking that this names.
    fileprivate func likeness(to actual: ActualAbsence) -> Int {
        guard user == actual.user else { return 0 }
        var likeness = 0
        if case .named(actual.start) = start { likeness += 8 }
        if case .named(actual.end) = end { likeness += 8 }
        if case .named(let ids) = bookings, !Set(ids).isDisjoint(with: actual.bookings) {
            likeness += ids == actual.bookings ? 8 : 4
        }
        if case .named(let start) = start, case .named(let end) = end,
            start < actual.end, actual.start < end
        {
            likeness += 4
        }
        // Where the case names neither time nor bookings, the user is all there is to go by.
        if start == .unnamed, end == .unnamed, bookings == .unnamed { likeness += 1 }
        guard likeness > 0 else { return 0 }
        if case .named(actual.reason) = reason { likeness += 2 }
        if case .named(actual.kind) = kind { likeness += 1 }
        return likeness
    }
}
