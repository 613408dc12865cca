import AbsenceModel

@testable import CalendarFeed

/// Series as the dialogues of Outlook and Google write them, the same for the same seed.
struct SeriesGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    private static let zones = [
        "Europe/Stockholm", "Europe/Stockholm", "Europe/Stockholm", "America/New_York",
        "Australia/Lord_Howe", "Asia/Kolkata", "W. Europe Standard Time",
    ]

    /// The lines of one series, each of its events with BEGIN and END.
    mutating func series(_ uid: String) -> [String] {
        let start = WallTime(seconds: 1_420_070_400 + number(4200) * WallTime.secondsPerDay)
        return number(4) == 0 ? days(uid, start) : times(uid, start)
    }

    private mutating func days(_ uid: String, _ start: WallTime) -> [String] {
        let end = start + (1 + number(3)) * WallTime.secondsPerDay
        var lines = [
            "DTSTART;VALUE=DATE:\(start.dateText)", "DTEND;VALUE=DATE:\(end.dateText)",
            "RRULE:" + rule(start, isDay: true),
        ]
        for _ in 0..<number(3) {
            lines.append("EXDATE;VALUE=DATE:\(later(than: start).dateText)")
        }
        return event(uid, lines)
    }

    private mutating func times(_ uid: String, _ start: WallTime) -> [String] {
        let zone = Self.zones[number(Self.zones.count)]
        let start = start + pick([9 * 3600, 8 * 3600 + 1800, 2 * 3600 + 1800, 1800, 22 * 3600])
        let end = start + pick([1800, 3600, 8 * 3600, 30 * 3600])
        var lines = [
            "DTSTART;TZID=\(zone):\(start.dateTimeText)",
            "DTEND;TZID=\(zone):\(end.dateTimeText)", "RRULE:" + rule(start, isDay: false),
        ]
        for _ in 0..<number(4) {
            lines.append("EXDATE;TZID=\(zone):\(later(than: start).dateTimeText)")
        }
        if number(5) == 0 {
            lines.append("RDATE;TZID=\(zone):\((later(than: start) + 5400).dateTimeText)")
        }
        var result = event(uid, lines)
        var replaced: Set<WallTime> = []
        for _ in 0..<number(4) {
            let original = later(than: start)
            guard replaced.insert(original).inserted else { continue }
            let moved = original + (number(96) - 48) * 1800
            result += event(
                uid,
                [
                    "RECURRENCE-ID;TZID=\(zone):\(original.dateTimeText)",
                    "DTSTART;TZID=\(zone):\(moved.dateTimeText)",
                    "DTEND;TZID=\(zone):\((moved + 3600).dateTimeText)",
                ]
            )
        }
        return result
    }

    private func event(_ uid: String, _ lines: [String]) -> [String] {
        ["BEGIN:VEVENT", "UID:\(uid)", "DTSTAMP:20260101T000000Z"] + lines + ["END:VEVENT"]
    }

    private mutating func rule(_ start: WallTime, isDay: Bool) -> String {
        let step = pick([1, 1, 1, 2, 3, 4, 6])
        let interval = step == 1 && number(2) == 0 ? "" : ";INTERVAL=\(step)"
        let day = Self.weekdays[number(7)]
        let ordinal = pick([1, 2, 3, 4, -1])
        let group = pick(["MO,TU,WE,TH,FR", "SA,SU", "MO,TU,WE,TH,FR,SA,SU"])
        let list = Self.weekdays.filter { _ in number(3) == 0 } + [day]
        let days = Set(list).sorted { Self.weekdays.index($0) < Self.weekdays.index($1) }
            .joined(separator: ",")
        let month = 1 + number(12)
        let date = start.date
        let shape = pick([
            "DAILY\(interval)", "WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "WEEKLY\(interval);BYDAY=\(days)", "WEEKLY\(interval);WKST=SU;BYDAY=\(days)",
            "WEEKLY\(interval);BYDAY=\(days);WKST=MO", "WEEKLY\(interval)",
            "MONTHLY\(interval);BYMONTHDAY=\(date.day)", "MONTHLY\(interval)",
            "MONTHLY\(interval);BYMONTHDAY=-1", "MONTHLY\(interval);BYDAY=\(ordinal)\(day)",
            "MONTHLY\(interval);BYDAY=\(day);BYSETPOS=\(ordinal)",
            "MONTHLY\(interval);BYDAY=\(group);BYSETPOS=\(ordinal)",
            "YEARLY;BYMONTH=\(date.month);BYMONTHDAY=\(date.day)", "YEARLY",
            "YEARLY;BYDAY=\(day);BYMONTH=\(month);BYSETPOS=\(ordinal)",
            "YEARLY;BYMONTH=\(month);BYDAY=\(ordinal)\(day)",
            "YEARLY;BYDAY=\(group);BYMONTH=\(month);BYSETPOS=\(ordinal)",
        ])
        let until = later(than: start) + -1800
        let end = pick([
            "", "", ";COUNT=\(1 + number(60))", ";COUNT=\(300 + number(3000))",
            isDay ? ";UNTIL=\(until.dateText)" : ";UNTIL=\(until.dateTimeText)Z",
        ])
        return "FREQ=" + shape + end
    }

    /// The same time of day on some day of 2026, or soon after the start.
    private mutating func later(than start: WallTime) -> WallTime {
        let toYear = max(0, 1_767_225_600 - start.seconds) / WallTime.secondsPerDay
        return start + (toYear + 1 + number(365)) * WallTime.secondsPerDay
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[number(choices.count)]
    }

    /// Below `limit`, by SplitMix64.
    private mutating func number(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}

extension [String] {
    fileprivate func index(_ element: String) -> Int {
        firstIndex(of: element) ?? count
    }
}
