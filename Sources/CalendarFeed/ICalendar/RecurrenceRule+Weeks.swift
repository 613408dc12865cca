extension RecurrenceRule {
    /// The starts of a plain rule by days or weeks from `start` on, without end, or nil where the
    /// rule has more to it: libical counts that.
    ///
    /// Nearly all series are of this kind, and to count their days takes a hundredth of the time.
    ///
    /// - Parameter first: nothing before this is wanted.
    func plainStarts(from start: WallTime, notBefore first: WallTime) -> PlainStarts? {
        var weekdays: [Int] = []
        var weekStart = 0
        for part in parts {
            switch part.name {
            case "FREQ", "INTERVAL": continue
            case "BYDAY" where frequency == "WEEKLY":
                for day in part.value.split(separator: ",") {
                    guard let weekday = Self.weekdays.firstIndex(of: String(day)) else {
                        return nil
                    }
                    weekdays.append(weekday)
                }
            case "WKST":
                guard let weekday = Self.weekdays.firstIndex(of: part.value) else { return nil }
                weekStart = weekday
            default: return nil
            }
        }
        switch frequency {
        case "DAILY":
            return PlainStarts(from: start, days: [0], every: interval, notBefore: first)
        case "WEEKLY":
            // 1970-01-01 was a Thursday.
            let weekday = (start.day + 3).flooredRemainder(by: 7)
            if weekdays.isEmpty { weekdays = [weekday] }
            let sinceWeekStart = (weekday - weekStart).flooredRemainder(by: 7)
            return PlainStarts(
                from: start,
                days: weekdays.map { ($0 - weekStart).flooredRemainder(by: 7) - sinceWeekStart }
                    .sorted(),
                every: 7 * interval,
                notBefore: first
            )
        default: return nil
        }
    }

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}

/// The same days of each stretch of days, such as Tuesday and Thursday of every other week.
struct PlainStarts: Sequence, IteratorProtocol {
    private let start: WallTime
    /// Counted from the day of `start`, in order; some may lie before it.
    private let days: [Int]
    private let length: Int
    private let first: WallTime
    private var stretch: Int
    private var index = 0

    fileprivate init(from start: WallTime, days: [Int], every length: Int, notBefore: WallTime) {
        self.start = start
        self.days = days
        self.length = length
        first = Swift.max(start, notBefore)
        // A stretch reaches from a week before its own day to a week after.
        stretch = Swift.max(0, (first.day - start.day - 7) / length)
    }

    mutating func next() -> WallTime? {
        while true {
            if index == days.count { (stretch, index) = (stretch + 1, 0) }
            defer { index += 1 }
            let day = stretch * length + days[index]
            let next = start + day * WallTime.secondsPerDay
            if next >= first { return next }
        }
    }
}

extension WallTime {
    /// Days since 1970-01-01.
    fileprivate var day: Int {
        (seconds - secondOfDay) / WallTime.secondsPerDay
    }
}

extension Int {
    fileprivate func flooredRemainder(by divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
