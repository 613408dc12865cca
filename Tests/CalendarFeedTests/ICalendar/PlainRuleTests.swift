import Foundation
import Testing

@testable import CalendarFeed

/// What is counted without libical is the same as what libical counts.
@Suite struct PlainRuleTests {
    @Test(arguments: [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SA;WKST=WE", "FREQ=WEEKLY;BYDAY=TH;COUNT=7",
        "FREQ=DAILY;INTERVAL=2;COUNT=40", "FREQ=WEEKLY;INTERVAL=4;BYDAY=FR,WE;COUNT=5",
    ])
    func `a plain rule gives what libical gives`(_ text: String) throws {
        let rule = try RecurrenceRule(text)
        let interval = rule.interval
        // Said in another way, which is left to libical.
        let other = try RecurrenceRule(text + ";BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12")
        #expect(other.plainStarts(from: WallTime(seconds: 0), notBefore: .init(seconds: 0)) == nil)
        for day in 0..<21 {
            let start = WallTime(seconds: 1_700_000_000 + day * 86_400)
            for skipped in [-400, 0, 3, 365, 1000] {
                let first = start + skipped * 86_400
                let range = first...(first + 100 * 86_400 * interval)
                var budgets = (ExpansionBudget(), ExpansionBudget())
                let starts = try counted(rule, from: start, within: range, &budgets.0)
                let expected = try counted(other, from: start, within: range, &budgets.1)
                #expect(starts == expected, "from \(start.dateTimeText), \(skipped) days on")
                #expect(budgets.0.steps == budgets.1.steps)
            }
        }
    }

    private func counted(
        _ rule: RecurrenceRule,
        from start: WallTime,
        within range: ClosedRange<WallTime>,
        _ budget: inout ExpansionBudget
    ) throws -> [WallTime] {
        try rule.starts(from: start, until: nil, isDay: false, within: range, budget: &budget)
    }

    @Test(arguments: [
        "Europe/Stockholm", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe",
        "Asia/Tehran", "Antarctica/Troll", "Pacific/Apia", "Asia/Kolkata", "UTC",
    ])
    func `a table of clock changes tells what Foundation tells`(_ name: String) throws {
        let timeZone = try #require(TimeZone(identifier: name))
        let changes = ClockChanges.of(timeZone)
        // 1999 to 2051, each 41,231 seconds, so that all times of day are met.
        for instant in stride(from: 915_148_800, to: 2_556_144_000, by: 41_231) {
            let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
            if changes.offset(at: instant) != offset {
                Issue.record("\(name) at \(instant): \(offset)")
            }
        }
    }
}
