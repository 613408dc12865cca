public import AbsenceModel

/// What a caller or somebody at a phone is told: a sentence, as a list of prompts.
///
/// The same facts give the same prompts; neither clock nor chance has a part in it.
public struct Announcement: Hashable, Sendable {
    public let language: SpokenLanguage
    public let prompts: [Prompt]

    /// The whole sentence.
    public var text: String {
        prompts.map(\.text).joined(separator: " ") + "."
    }

    /// Tells a caller that somebody is away, why, and until when.
    ///
    /// - Parameters:
    ///   - name: As a directory or a stranger gives it; ``SpokenName`` says what is left of it.
    ///   - reason: The announced one. What nobody outside should know is told as no more than not
    ///     being available: ``ReasonPhrase``.
    ///   - returnTime: As the clock on the wall shows it where the person is; nil leaves it out.
    ///   - today: The date there.
    public static func absence(
        of name: String,
        because reason: Reason,
        until returnTime: WallClock?,
        today: LocalDate,
        in language: SpokenLanguage
    ) -> Announcement {
        let words = Words.of(language)
        let spokenName = SpokenName(name).text
        let phrase = ReasonPhrase(reason)
        var prompts = [
            spokenName.isEmpty ? words.callee : Prompt(name: spokenName),
            words.phrase(phrase),
        ]
        if let returnTime {
            prompts += ReturnTime(returnTime, today: today).prompts(after: phrase, in: words)
        }
        return Announcement(language: language, prompts: prompts)
    }

    /// What somebody hears who dialled a code that sets or ends an absence.
    public enum Confirmation: String, CaseIterable, Sendable {
        case away, back
    }

    /// Confirms a dialled code.
    public static func confirmation(
        of confirmation: Confirmation,
        in language: SpokenLanguage
    ) -> Announcement {
        let words = Words.of(language)
        return Announcement(language: language, prompts: [words.confirmation(confirmation)])
    }
}
