import Announcements
import ArgumentParser

/// Lists what a prompt set may hold recordings of.
struct Prompts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists every prompt of a language: key, tab, words to read aloud."
    )

    @Option(help: "sv, nb or en.")
    var language = SpokenLanguage.swedish

    func run() {
        for prompt in PromptCatalogue.prompts(in: language) {
            print("\(prompt.key ?? "")\t\(prompt.text)")
        }
    }
}
