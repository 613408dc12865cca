/// The words of a language, each as a prompt.
struct Words: Sendable {
    /// Return times after it are told as being far away.
    static let lastYear = 2099

    /// What stands for a name that there is none of.
    let callee: Prompt
    let until: Prompt
    /// Goes on from "has gone for the day".
    let back: Prompt
    let midnight: Prompt
    let furtherNotice: Prompt
    /// Between a day and a time, where the language has a word there.
    let at: Prompt?
    let reasons: [ReasonPhrase: String]
    let confirmations: [Announcement.Confirmation: String]
    /// From Monday.
    let weekdays: [String]
    let months: [String]
    /// From the first.
    let days: [String]
    let numbers: CountingWords
    let clock: Clock

    /// How a time of day is told.
    enum Clock {
        /// By 24 hours: the hour, then the minutes where there are any.
        case twentyFourHours(hour: String, minutes: MinuteWords)
        /// By twelve hours and the part of the day.
        case english
    }

    /// How the minutes follow the hour.
    enum MinuteWords {
        /// "tolv och fem".
        case joined(by: String)
        /// "tolv null fem", "tolv tretti".
        case digits
    }

    static func of(_ language: SpokenLanguage) -> Words {
        switch language {
        case .swedish: .swedish
        case .norwegian: .norwegian
        case .english: .english
        }
    }

    func phrase(_ phrase: ReasonPhrase) -> Prompt {
        Prompt("reason.\(phrase.rawValue)", reasons[phrase] ?? "")
    }

    func confirmation(_ confirmation: Announcement.Confirmation) -> Prompt {
        Prompt("confirm.\(confirmation.rawValue)", confirmations[confirmation] ?? "")
    }

    /// - Parameter number: 1 for Monday.
    func weekday(_ number: Int) -> Prompt {
        Prompt("weekday.\(number)", weekdays[number - 1])
    }

    func day(_ number: Int) -> Prompt {
        Prompt("day.\(number)", days[number - 1])
    }

    func month(_ number: Int) -> Prompt {
        Prompt("month.\(number)", months[number - 1])
    }

    func year(_ year: Int) -> Prompt {
        Prompt("year.\(year)", numbers.year(year))
    }

    /// A time of day other than midnight.
    func time(hour: Int, minute: Int) -> [Prompt] {
        switch clock {
        case .twentyFourHours(let word, let minutes):
            let hourPrompt = Prompt("hour.\(hour)", "\(word) \(numbers.number(hour))")
            guard minute > 0 else { return [hourPrompt] }
            let spoken =
                switch minutes {
                case .joined(let word): "\(word) \(numbers.number(minute))"
                case .digits where minute < 10:
                    "\(numbers.number(0)) \(numbers.number(minute))"
                case .digits: numbers.number(minute)
                }
            return [hourPrompt, Prompt("minute.\(minute)", spoken)]
        case .english:
            return englishTime(hour: hour, minute: minute)
        }
    }

    private func englishTime(hour: Int, minute: Int) -> [Prompt] {
        if hour == 12 && minute == 0 { return [Prompt("noon", "noon")] }
        let twelfth = hour % 12 == 0 ? 12 : hour % 12
        let spokenMinute =
            switch minute {
            case 0: "o'clock"
            case 1...9: "oh \(numbers.number(minute))"
            default: numbers.number(minute)
            }
        let part =
            switch hour {
            case 0...4: Prompt("part.night", "at night")
            case 5...11: Prompt("part.morning", "in the morning")
            case 12...17: Prompt("part.afternoon", "in the afternoon")
            default: Prompt("part.evening", "in the evening")
            }
        return [
            Prompt("hour.\(twelfth)", numbers.number(twelfth)),
            Prompt("minute.\(minute)", spokenMinute), part,
        ]
    }
}
