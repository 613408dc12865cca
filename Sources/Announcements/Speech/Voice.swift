/// What the synthesiser speaks a language with.
struct Voice: Sendable {
    /// As espeak-ng names it.
    let name: String
    /// Words a minute; somewhat slower than people talk, since lines are poor.
    let pace = 150

    init(_ language: SpokenLanguage) {
        switch language {
        case .swedish: name = "sv"
        case .norwegian: name = "nb"
        case .english: name = "en-gb"
        }
    }
}
