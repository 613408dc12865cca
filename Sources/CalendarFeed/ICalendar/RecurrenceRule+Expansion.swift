import AbsenceModel
import CLibIcal
import Foundation

extension RecurrenceRule {
    /// The starts that the rule gives within `range`, in order, each once.
    ///
    /// libical counts on the wall, without a zone: with one it drifts at the changes of the
    /// clock and is ten times slower (recurrence.md). `start` itself is not among the result
    /// unless the rule gives it.
    ///
    /// - Parameters:
    ///   - start: DTSTART on its wall.
    ///   - until: UNTIL on the same wall, where the rule has one.
    ///   - isDay: The series is one of whole days, for which hours and less do not count.
    func starts(
        from start: WallTime,
        until: WallTime?,
        isDay: Bool,
        within range: ClosedRange<WallTime>,
        budget: inout ExpansionBudget
    ) throws(EventFault) -> [WallTime] {
        let end = min(until ?? range.upperBound, range.upperBound)
        guard start <= end else { return [] }
        let first = count == nil ? max(start, range.lowerBound) : start
        guard first <= end else { return [] }
        if let starts = plainStarts(from: start, notBefore: first) {
            return try collect(
                from: starts.prefix(count ?? .max),
                within: range.lowerBound...end,
                budget: &budget
            )
        }
        try checkSteps(from: first, to: end, within: budget)

        icalerror_clear_errno()
        var rule = icalrecurrencetype_from_string(text(isDay: isDay))
        defer { free(rule.rscale) }
        guard rule.freq != ICAL_NO_RECURRENCE else { throw EventFault("libical refuses the rule") }
        rule.until = icaltimetype(end)
        guard let iterator = icalrecur_iterator_new(rule, icaltimetype(start)) else {
            throw EventFault("libical finds no occurrence of the rule, or refuses it")
        }
        defer { icalrecur_iterator_free(iterator) }
        if first > start {
            icalerror_clear_errno()
            guard icalrecur_iterator_set_start(iterator, icaltimetype(first)) != 0 else {
                // So many years without an occurrence that libical gives up: there is none.
                return []
            }
        }
        let counted = sequence(state: iterator) { DateText(icalrecur_iterator_next($0))?.wall }
        return try collect(from: counted, within: range.lowerBound...end, budget: &budget)
    }

    private func collect(
        from counted: some Sequence<WallTime>,
        within range: ClosedRange<WallTime>,
        budget: inout ExpansionBudget
    ) throws(EventFault) -> [WallTime] {
        var starts: [WallTime] = []
        var isInOrder = true
        var steps = 0
        let stepLimit = budget.seriesSteps
        defer { budget.steps -= steps }
        for next in counted {
            guard next <= range.upperBound else { break }
            steps += 1
            guard steps <= stepLimit else { throw RecurrenceRule.tooManySteps }
            guard next >= range.lowerBound, next != starts.last else { continue }
            isInOrder = isInOrder && starts.last.map { $0 < next } ?? true
            starts.append(next)
            guard starts.count <= budget.seriesOccurrences else {
                throw RecurrenceRule.tooManyOccurrences
            }
        }
        return isInOrder ? starts : Set(starts).sorted()
    }

    static let tooManyOccurrences = EventFault(
        "the series has more than \(ICalendarLimits.seriesOccurrences) occurrences in the time "
            + "that is read, or the calendar more than \(ICalendarLimits.occurrences)"
    )
    private static let tooManySteps = EventFault(
        "the rule takes more than \(ICalendarLimits.seriesSteps) steps to expand, "
            + "or those of the calendar more than \(ICalendarLimits.steps)"
    )

    /// Refuses beforehand what libical would search through without coming back in between:
    /// a rule by the hour or less whose BY parts leave little or nothing.
    private func checkSteps(
        from start: WallTime,
        to end: WallTime,
        within budget: ExpansionBudget
    ) throws(EventFault) {
        let unit = ["SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600][frequency]
        guard let unit, count.map({ $0 > budget.seriesSteps || hasFilter }) ?? true else { return }
        guard (end.seconds - start.seconds) / (unit * interval) <= budget.seriesSteps else {
            throw RecurrenceRule.tooManySteps
        }
    }

    private var hasFilter: Bool {
        parts.contains { $0.name.hasPrefix("BY") }
    }

    private func text(isDay: Bool) -> String {
        let ofTheDay: Set<String> = ["BYHOUR", "BYMINUTE", "BYSECOND"]
        var texts = parts.filter { !isDay || !ofTheDay.contains($0.name) }
            .map { "\($0.name)=\($0.value)" }
        if let count { texts.append("COUNT=\(min(count, Int(Int32.max)))") }
        return texts.joined(separator: ";")
    }
}

extension icaltimetype {
    /// A wall time as libical's floating time.
    fileprivate init(_ wall: WallTime) {
        let date = wall.date
        let second = wall.secondOfDay
        self = icaltime_null_time()
        year = Int32(date.year)
        month = Int32(date.month)
        day = Int32(date.day)
        hour = Int32(second / 3600)
        minute = Int32(second / 60 % 60)
        self.second = Int32(second % 60)
    }
}
