/// Every prompt that announcements are made of: what a prompt set may hold recordings of.
public enum PromptCatalogue {
    /// The years that a prompt set may name: callers hear one where the return is a year away.
    private static let years = 2026...Words.lastYear

    /// All of a language, in an order to read them aloud in.
    public static func prompts(in language: SpokenLanguage) -> [Prompt] {
        let words = Words.of(language)
        var prompts = ReasonPhrase.allCases.map(words.phrase)
        prompts += [words.callee, words.until, words.back]
        prompts += [words.at].compactMap(\.self)
        prompts += [words.midnight, words.furtherNotice]
        for hour in 0..<24 {
            for minute in 0..<60 { prompts += words.time(hour: hour, minute: minute) }
        }
        prompts += (1...7).map(words.weekday)
        prompts += (1...31).map(words.day)
        prompts += (1...12).map(words.month)
        prompts += years.map(words.year)
        prompts += Announcement.Confirmation.allCases.map(words.confirmation)
        var seen: Set<String> = []
        return prompts.filter { seen.insert($0.key ?? "").inserted }
    }
}
