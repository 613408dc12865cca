/// An RRULE (RFC 5545 3.3.10), cleaned so that libical reads it as it is meant.
///
/// libical refuses a rule for a space, an empty list item or a COUNT below one, wraps an
/// INTERVAL beyond 16 bits, and searches thousands of years for a day that never comes
/// (recurrence.md, pitfall 1; measured with 3.0.16).
struct RecurrenceRule: Sendable {
    /// The parts but for UNTIL and COUNT, in the order in which they stood.
    private(set) var parts: [(name: String, value: String)] = []
    private(set) var until: DateText?
    private(set) var count: Int?
    private(set) var interval = 1
    private(set) var frequency = ""
    /// What was left out or is not verified, for an administrator.
    private(set) var notes: [String] = []

    private static let listNames: Set<String> = [
        "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO",
        "BYMONTH", "BYSETPOS",
    ]

    static let frequencies = [
        "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
    ]

    init(_ text: String) throws(EventFault) {
        var values: [String: String] = [:]
        // Most rules stand as they should.
        let isPlain = text.utf8.allSatisfy { 0x2B...0x5A ~= $0 }
        let text =
            isPlain ? text : text.filter { !$0.isWhitespace && $0 != "\\" }.uppercased()
        for part in text.split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { throw EventFault("a part of the rule has no value") }
            guard values[sides[0]] == nil || values[sides[0]] == sides[1] else {
                throw EventFault("the rule has \(sides[0].prefix(20)) twice")
            }
            guard values.updateValue(sides[1], forKey: sides[0]) == nil else { continue }
            try add(sides[0], sides[1])
        }
        guard RecurrenceRule.frequencies.contains(frequency) else {
            throw EventFault("the rule has no FREQ that RFC 5545 knows")
        }
        if count != nil, until != nil {
            count = nil
            notes.append("the rule has both UNTIL and COUNT; COUNT was left out")
        }
        try checkThatItHappens()
        noteWhatIsNotVerified()
    }

    /// The list of a part, or empty.
    func list(_ name: String) -> [String] {
        parts.first { $0.name == name }?.value.split(separator: ",").map(String.init) ?? []
    }

    private mutating func add(_ name: String, _ value: String) throws(EventFault) {
        switch name {
        case "FREQ":
            frequency = value
            parts.append((name, value))
        case "UNTIL":
            guard let date = DateText(value.utf8) else {
                throw EventFault("UNTIL of the rule is no date of the calendar")
            }
            until = date
        case "COUNT":
            guard let number = Int(value) else { throw EventFault("COUNT is no number") }
            if number > 0 {
                count = number
            } else {
                notes.append("COUNT of the rule is below one and was left out")
            }
        case "INTERVAL":
            guard let number = Int(value), (1...Int(Int16.max)).contains(number) else {
                throw EventFault("INTERVAL of the rule is not between 1 and \(Int16.max)")
            }
            interval = number
            parts.append((name, value))
        case "WKST", "SKIP":
            parts.append((name, value))
        case "RSCALE":
            if value != "GREGORIAN" { parts.append((name, value)) }
        case _ where RecurrenceRule.listNames.contains(name):
            parts.append((name, try cleanList(name, value)))
        case _ where name.hasPrefix("X-"):
            notes.append("a part of the rule that is no standard was left out")
        default:
            throw EventFault("the rule has a part that RFC 5545 does not know")
        }
    }

    /// The items once each and numbers in order: libical 3.0.16 goes wrong otherwise.
    private func cleanList(_ name: String, _ value: String) throws(EventFault) -> String {
        var items: [String] = []
        for item in value.split(separator: ",").map(String.init) where !items.contains(item) {
            items.append(item)
        }
        guard !items.isEmpty else { throw EventFault("\(name) of the rule is empty") }
        let numbers = items.compactMap(Int.init)
        guard name != "BYDAY", numbers.count == items.count else {
            return items.joined(separator: ",")
        }
        return Set(numbers).sorted().map(String.init).joined(separator: ",")
    }

    /// Refuses what no year has: libical would search 18,000 of them, up to 0.7 s a rule.
    private func checkThatItHappens() throws(EventFault) {
        guard !parts.contains(where: { $0.name == "RSCALE" }) else { return }
        let months = list("BYMONTH").compactMap(Int.init)
        guard months.allSatisfy((1...12).contains) else {
            throw EventFault("BYMONTH of the rule is not between 1 and 12")
        }
        let longest =
            months.map { WallTime.dayCount(ofMonth: $0, year: 2000) }.max() ?? 31
        let days = list("BYMONTHDAY").compactMap(Int.init)
        guard days.isEmpty || days.contains(where: { abs($0) <= longest }) else {
            throw EventFault("the rule names a day that its months do not have")
        }
        let isMonthly = frequency == "MONTHLY" || (frequency == "YEARLY" && !months.isEmpty)
        let ordinals = list("BYDAY").map { Int($0.dropLast(2)) ?? 0 }
        guard ordinals.allSatisfy({ abs($0) <= (isMonthly ? 5 : 53) }) else {
            throw EventFault("BYDAY of the rule counts further than its period has weeks")
        }
    }

    private mutating func noteWhatIsNotVerified() {
        let hasList = { [parts] (name: String) in parts.contains { $0.name == name } }
        let hasNegative = { [self] (name: String) in list(name).contains { $0.hasPrefix("-") } }
        var doubts: [String] = []
        if ["SECONDLY", "MINUTELY", "HOURLY"].contains(frequency) { doubts.append(frequency) }
        if hasList("BYWEEKNO") { doubts.append("BYWEEKNO") }
        if hasList("BYSETPOS"),
            ["DAILY", "WEEKLY"].contains(frequency)
                || ["BYHOUR", "BYMINUTE", "BYSECOND"].contains(where: hasList)
        {
            doubts.append("BYSETPOS under \(frequency)")
        }
        if frequency == "DAILY", hasNegative("BYMONTHDAY") || hasNegative("BYYEARDAY") {
            doubts.append("negative days under DAILY")
        }
        if hasList("RSCALE") || hasList("SKIP") { doubts.append("RSCALE") }
        for doubt in doubts.sorted() {
            notes.append("the occurrences of a rule with \(doubt) are not verified")
        }
    }
}
