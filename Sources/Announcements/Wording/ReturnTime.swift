import AbsenceModel

/// When somebody is back, as it is told: today by the time, within a week by the weekday and the
/// time, later by the date and the time, a year ahead with the year.
///
/// A midnight is told as the day that begins then, the next one as midnight.
struct ReturnTime {
    enum Day: Hashable {
        /// The return time has passed by a day, or is too far away to be a plan.
        case past, someDay
        case today, midnight
        /// 1 for Monday.
        case weekday(Int)
        case date(LocalDate, hasYear: Bool)
    }

    let day: Day
    /// In minutes from midnight; nil where the day says enough.
    let time: Int?

    init(_ returnTime: WallClock, today: LocalDate) {
        let date = returnTime.date
        let minute = returnTime.hour * 60 + returnTime.minute
        let days = date.daysSince1970 - today.daysSince1970
        switch days {
        case ..<0: day = .past
        case 0: day = minute == 0 ? .past : .today
        case 1 where minute == 0: day = .midnight
        // 1 January 1970 was a Thursday.
        case 1...6: day = .weekday((date.daysSince1970 + 3) % 7 + 1)
        case _ where date.year > Words.lastYear: day = .someDay
        default:
            let sameDayNextYear = LocalDate(
                year: today.year + 1,
                month: today.month,
                day: today.day
            )
            day = .date(date, hasYear: date >= sameDayNextYear)
        }
        time = minute == 0 ? nil : minute
    }

    /// What follows the reason's phrase.
    func prompts(after phrase: ReasonPhrase, in words: Words) -> [Prompt] {
        if phrase == .goneForTheDay {
            switch day {
            // "For the day" says it.
            case .past, .today, .midnight, .someDay: return []
            case .weekday, .date: return [words.back] + dayAndTime(in: words)
            }
        }
        switch day {
        case .past: return []
        case .someDay: return [words.furtherNotice]
        case .midnight: return [words.until, words.midnight]
        case .today, .weekday, .date: return [words.until] + dayAndTime(in: words)
        }
    }

    private func dayAndTime(in words: Words) -> [Prompt] {
        var prompts: [Prompt] = []
        switch day {
        case .past, .someDay, .midnight, .today: break
        case .weekday(let number):
            prompts.append(words.weekday(number))
        case .date(let date, let hasYear):
            prompts += [words.day(date.day), words.month(date.month)]
            if hasYear { prompts.append(words.year(date.year)) }
        }
        guard let time else { return prompts }
        if !prompts.isEmpty, let at = words.at { prompts.append(at) }
        return prompts + words.time(hour: time / 60, minute: time % 60)
    }
}
