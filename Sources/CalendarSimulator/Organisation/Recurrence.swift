/// How a series repeats: at most once a day, at the same time on the wall.
///
/// Only what every protocol can say: daily, weekly on days, monthly on one of the days 1 to 28
/// (Exchange moves day 31 to the last of shorter months, RFC 5545 leaves those months out).
struct Recurrence: Sendable {
    enum Pattern: Sendable {
        case daily
        /// 0 is Monday, on which weeks begin. The series' first day is one of these.
        case weekly(Set<Int>)
        /// On the day of the month on which the series begins.
        case monthly
    }

    enum End: Sendable {
        case never
        /// After so many occurrences, those deleted counted.
        case count(Int)
        /// The last day on which one may begin.
        case until(Day)
    }

    var pattern: Pattern
    /// Every so many days, weeks or months.
    var interval = 1
    var end = End.never

    /// The days within `range` on which occurrences begin, ascending.
    func days(from first: Day, within range: Range<Day>) -> [Day] {
        var days: [Day] = []
        var last = range.upperBound.advanced(by: -1)
        if case .until(let day) = end { last = min(last, day) }
        var left = Int.max
        if case .count(let count) = end { left = count }
        // A count is counted from the first; otherwise the start can be skipped to.
        let begin = left == Int.max ? max(first, range.lowerBound) : first
        each(from: first, beginningAt: begin) { day in
            guard day <= last, left > 0 else { return false }
            left -= 1
            if day >= range.lowerBound { days.append(day) }
            return true
        }
        return days
    }

    /// The last day of the series, or nil where it has no end.
    func lastDay(from first: Day) -> Day? {
        switch end {
        case .never: nil
        case .until(let day): days(from: first, within: first..<day.advanced(by: 1)).last ?? first
        case .count(let count):
            days(from: first, within: first..<first.advanced(by: count * interval * 31 + 31)).last
        }
    }

    /// Hands every day of the series that is not before `begin` to `body`, until it says no.
    private func each(from first: Day, beginningAt begin: Day, _ body: (Day) -> Bool) {
        switch pattern {
        case .daily:
            let skipped = (first.distance(to: begin) + interval - 1) / interval
            var day = first.advanced(by: skipped * interval)
            while body(day) { day = day.advanced(by: interval) }
        case .weekly(let weekdays):
            let monday = first.advanced(by: -first.weekday)
            var week = monday.distance(to: begin) / (7 * interval)
            while true {
                let start = monday.advanced(by: week * 7 * interval)
                for weekday in 0..<7 where weekdays.contains(weekday) {
                    let day = start.advanced(by: weekday)
                    guard day >= begin else { continue }
                    guard body(day) else { return }
                }
                week += 1
            }
        case .monthly:
            let (year, month, number) = first.civil
            var step = 0
            if begin > first {
                let reached = begin.civil
                step = max(0, ((reached.year - year) * 12 + reached.month - month) / interval)
            }
            while true {
                let months = month - 1 + step * interval
                let day = Day(year: year + months / 12, month: months % 12 + 1, day: number)
                if day >= begin, !body(day) { return }
                step += 1
            }
        }
    }
}
