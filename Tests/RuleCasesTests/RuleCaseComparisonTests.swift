import AbsenceModel
import Foundation
import RuleCases
import Settings
import Testing

@Suite struct RuleCaseComparisonTests {
    /// A case of two users with three bookings.
    static func ruleCase(expect: String, skipped: String = "[]") throws -> RuleCase {
        try RuleCasesTests.ruleCase(
            """
            name: n
            system: one-x
            now: 2026-11-23T07:00:00Z
            users:
              - { id: anna, timezone: Europe/Stockholm }
              - { id: sam, timezone: America/New_York }
            bookings:
              - { id: a, user: anna, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
              - { id: b, user: anna, start: 2026-11-23T11:00, end: 2026-11-23T12:00 }
              - { id: s, user: sam, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
            skipped: \(skipped)
            expect:
            \(expect)
            """
        )
    }

    /// An absence on 23 November, in UTC.
    static func actual(
        _ user: String = "anna",
        _ start: String = "08:00",
        _ end: String = "09:00",
        bookings: [String] = ["a"],
        change: (inout ActualAbsence) -> Void = { _ in }
    ) throws -> ActualAbsence {
        let end = try utc("2026-11-23T\(end):00Z")
        var absence = ActualAbsence(
            user: user,
            reason: Reason(rawValue: "meeting"),
            kind: .information,
            start: try utc("2026-11-23T\(start):00Z"),
            end: end,
            bookings: bookings,
            text: nil,
            backAt: end,
            announcedReason: Reason(rawValue: "meeting"),
            target: .announcement
        )
        change(&absence)
        return absence
    }

    static func differences(
        _ ruleCase: RuleCase,
        _ absences: [ActualAbsence],
        skipped: [(booking: String, because: String)] = []
    ) -> [String] {
        RuleCaseComparison(of: ruleCase, with: absences, skipped: skipped)
            .differences.map(\.description)
    }

    static let whole =
        "  - { user: anna, reason: meeting, kind: information, start: 2026-11-23T09:00, "
        + "end: 2026-11-23T10:00, bookings: [a], text: null, back_at: 2026-11-23T10:00, "
        + "announced_reason: meeting, target: { type: announcement } }"

    @Test func `what is as wanted has no differences, in any order`() throws {
        let ruleCase = try Self.ruleCase(
            expect: "  - { user: sam, start: 2026-11-23T09:00 }\n\(Self.whole)"
        )
        let anna = try Self.actual()
        let sam = try Self.actual("sam", "14:00", "15:00", bookings: ["s"])
        #expect(Self.differences(ruleCase, [anna, sam]).isEmpty)
        #expect(Self.differences(ruleCase, [sam, anna]).isEmpty)
    }

    @Test func `a field that is not named is not compared`() throws {
        let ruleCase = try Self.ruleCase(expect: "  - { user: anna, kind: direct }")
        let absence = try Self.actual {
            $0.kind = .direct
            $0.reason = Reason(rawValue: "sick")
            $0.text = "Möte"
            $0.target = .voicemail
        }
        #expect(Self.differences(ruleCase, [absence]).isEmpty)
    }

    struct Change: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var change: @Sendable (inout ActualAbsence) -> Void

        init(_ told: String, _ change: @escaping @Sendable (inout ActualAbsence) -> Void) {
            testDescription = told
            self.change = change
        }
    }

    @Test(arguments: [
        Change("expected reason meeting, got lunch") { $0.reason = Reason(rawValue: "lunch") },
        Change("expected kind information, got direct") { $0.kind = .direct },
        Change("expected start 2026-11-23 09:00, got 2026-11-23 08:59:59") { $0.start -= 1 },
        Change("expected end 2026-11-23 10:00, got 2026-11-23 10:05") { $0.end += 300 },
        Change("expected bookings a, got a, b") { $0.bookings = ["a", "b"] },
        Change("expected bookings a, got none") { $0.bookings = [] },
        Change("expected text none, got \"none\"") { $0.text = "none" },
        Change("expected text none, got \"\"") { $0.text = "" },
        Change("expected back_at 2026-11-23 10:00, got 2026-11-24 10:00") { $0.backAt += 86_400 },
        Change("expected announced_reason meeting, got away") {
            $0.announcedReason = Reason(rawValue: "away")
        },
        Change("expected target announcement, got voicemail") { $0.target = .voicemail },
        Change("expected target announcement, got number +46121") { $0.target = .number("+46121") },
        Change("expected kind information, got open; expected text none, got \"x\"") {
            $0.kind = .open
            $0.text = "x"
        },
        Change("expected end 2026-11-23 10:00, got 2026-11-23 10:00 and a part of a second") {
            $0.end += 0.5
        },
    ])
    func `each field that differs is told`(change: Change) throws {
        let ruleCase = try Self.ruleCase(expect: Self.whole)
        let told = Self.differences(ruleCase, [try Self.actual(change: change.change)])
        #expect(told.count == 1)
        let sentence = told.first?.split(separator: "\n").first
        #expect(sentence == "line 13, anna: \(change.testDescription)")
    }

    @Test func `expected and actual stand side by side`() throws {
        let ruleCase = try Self.ruleCase(
            expect: "  - { user: anna, kind: direct, start: 2026-11-23T09:00, text: Möte }"
        )
        #expect(
            Self.differences(ruleCase, [try Self.actual()]) == [
                """
                line 13, anna: expected kind direct, got information; expected text "Möte", got none
                                      expected          actual
                    reason            -                 meeting
                  * kind              direct            information
                    start             2026-11-23 09:00  2026-11-23 09:00
                    end               -                 2026-11-23 10:00
                    bookings          -                 a
                  * text              "Möte"            none
                    back_at           -                 2026-11-23 10:00
                    announced_reason  -                 meeting
                    target            -                 announcement
                """
            ]
        )
    }

    @Test func `what is missing and what is too much is told, each on its user's clock`() throws {
        let ruleCase = try Self.ruleCase(
            expect: "  - { user: anna, reason: meeting, start: 2026-11-23T09:00, bookings: [a] }"
        )
        let sam = try Self.actual("sam", "14:00", "15:00", bookings: ["s"])
        let other = try Self.actual("anna", "12:00", "13:00", bookings: ["b"])
        #expect(
            Self.differences(ruleCase, [sam, other]) == [
                "line 13, anna: expected reason meeting, start 2026-11-23 09:00, bookings a; "
                    + "got no such absence",
                "anna: expected no further absence, got reason meeting, kind information, "
                    + "start 2026-11-23 13:00, end 2026-11-23 14:00, bookings b, text none, "
                    + "back_at 2026-11-23 14:00, announced_reason meeting, target announcement",
                "sam: expected no further absence, got reason meeting, kind information, "
                    + "start 2026-11-23 09:00, end 2026-11-23 10:00, bookings s, text none, "
                    + "back_at 2026-11-23 10:00, announced_reason meeting, target announcement",
            ]
        )
    }

    @Test func `an absence of nobody in the case is too much, and told in UTC`() throws {
        let ruleCase = try Self.ruleCase(expect: "  []")
        let told = Self.differences(ruleCase, [try Self.actual("bo")])
        #expect(told.count == 1)
        #expect(told[0].contains("bo: expected no further absence, got reason meeting"))
        #expect(told[0].contains("start 2026-11-23 08:00Z"))
    }

    @Test func `the same absence twice is one too many`() throws {
        let ruleCase = try Self.ruleCase(expect: Self.whole)
        let absence = try Self.actual()
        #expect(Self.differences(ruleCase, [absence, absence]).count == 1)
        let twice = try Self.ruleCase(expect: "\(Self.whole)\n\(Self.whole)")
        #expect(Self.differences(twice, [absence, absence]).isEmpty)
        #expect(Self.differences(twice, [absence]).count == 1)
    }

    @Test func `the right user's absence counts, not another's like it`() throws {
        let ruleCase = try Self.ruleCase(expect: "  - { user: anna, reason: meeting }")
        let sam = try Self.actual("sam")
        #expect(Self.differences(ruleCase, [sam]).count == 2)
    }

    /// The first expectation fits both absences, the second only the first.
    @Test func `an expectation that fits several leaves the one that another needs`() throws {
        let first = try Self.actual()
        let second = try Self.actual("anna", "10:00", "11:00", bookings: ["b"])
        let third = try Self.actual("anna", "12:00", "13:00", bookings: ["b"])
        let ruleCase = try Self.ruleCase(
            expect: "  - { user: anna, reason: meeting }\n"
                + "  - { user: anna, kind: information, bookings: [b] }\n"
                + "  - { user: anna, start: 2026-11-23T11:00 }"
        )
        for order in [[first, second, third], [third, second, first], [second, first, third]] {
            #expect(Self.differences(ruleCase, order).isEmpty)
        }
    }

    @Test func `the nearest absence is told beside what was wanted`() throws {
        let ruleCase = try Self.ruleCase(
            expect: "  - { user: anna, kind: direct, start: 2026-11-23T11:00, bookings: [b] }\n"
                + "  - { user: anna, kind: direct, start: 2026-11-23T09:00, bookings: [a] }"
        )
        let first = try Self.actual()
        let second = try Self.actual("anna", "10:00", "11:00", bookings: ["b"])
        let told = Self.differences(ruleCase, [first, second])
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.contains(": expected kind direct, got information\n") })
        #expect(told.first?.hasPrefix("line 13, ") == true)
        #expect(told.last?.hasPrefix("line 14, ") == true)
    }

    @Test func `in the hour that comes twice, times have their offset`() throws {
        let ruleCase = try RuleCasesTests.ruleCase(
            """
            name: n
            system: one-x
            now: 2026-10-24T07:00:00Z
            bookings: [{ id: a, start: 2026-10-25T02:30, end: 2026-10-25T04:00 }]
            expect: [{ start: 2026-10-25T02:30, bookings: [a] }]
            """
        )
        let absence = try Self.actual {
            $0.start = try! utc("2026-10-25T01:30:00Z")
        }
        let told = Self.differences(ruleCase, [absence])
        #expect(
            told.first?.hasPrefix(
                "line 5, anna: expected start 2026-10-25 02:30+02:00, got 2026-10-25 02:30+01:00\n"
            ) == true
        )
    }

    @Test func `a listed booking must have its cause, and others are not compared`() throws {
        let ruleCase = try Self.ruleCase(
            expect: "  []",
            skipped: "[{ booking: a, because: private }, { booking: b, because: show_as }]"
        )
        #expect(
            Self.differences(
                ruleCase,
                [],
                skipped: [("b", "show_as"), ("a", "private"), ("s", "declined")]
            ).isEmpty
        )
        #expect(
            Self.differences(ruleCase, [], skipped: [("a", "show_as")]) == [
                "booking a: expected because private, got show_as",
                "booking b: expected because show_as, got no cause",
            ]
        )
        let absence = try Self.actual()
        let surplus = "anna: expected no further absence, got \(Self.inWords)"
        #expect(
            Self.differences(ruleCase, [absence], skipped: [("b", "show_as")]) == [
                surplus,
                "booking a: expected because private, got an absence: \(Self.inWords)",
            ]
        )
        #expect(
            Self.differences(ruleCase, [absence], skipped: [("a", "past"), ("b", "show_as")]) == [
                surplus,
                "booking a: expected because private, got past and an absence: \(Self.inWords)",
            ]
        )
    }

    @Test func `of the causes of a booking's parts one is enough`() throws {
        let ruleCase = try Self.ruleCase(
            expect: "  []",
            skipped: "[{ booking: a, because: past }]"
        )
        let causes = [(booking: "a", because: "beyond_horizon"), (booking: "a", because: "past")]
        #expect(Self.differences(ruleCase, [], skipped: causes).isEmpty)
    }

    static let inWords =
        "reason meeting, kind information, start 2026-11-23 09:00, end 2026-11-23 10:00, "
        + "bookings a, text none, back_at 2026-11-23 10:00, announced_reason meeting, "
        + "target announcement"
}
