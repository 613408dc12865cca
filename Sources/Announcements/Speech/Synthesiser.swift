/// Makes speech by espeak-ng, and sox brings it to what a telephone line carries.
///
/// Both give the same bytes for the same text: sox adds no noise of its own with `-D`
/// (telephony.md section 4, item 8). The text goes in by standard input, so whatever it begins
/// with, it is no option; without `-m` espeak-ng takes no markup (`<…>`), and ``SpokenName``
/// leaves no phonemes (`[[…]]`).
struct Synthesiser: Sendable {
    /// Counts up when the same text would sound in another way.
    static let recipe = 1

    /// The longest that a text may take to be spoken.
    var limit = Duration.seconds(5)

    func speech(_ text: String, in language: SpokenLanguage, _ law: Law) throws -> [UInt8] {
        let voice = Voice(language)
        let pipeline = Pipeline(
            steps: [
                Pipeline.Step(
                    program: "espeak-ng",
                    arguments: ["-v", voice.name, "-s", "\(voice.pace)", "--stdin", "--stdout"]
                ),
                Pipeline.Step(
                    program: "sox",
                    arguments: ["-D", "--ignore-length", "-t", "wav", "-"] + Self.output(law)
                ),
            ],
            limit: limit
        )
        return try pipeline.run(input: Array(text.utf8.prefix(Pipeline.largestInput)))
    }

    /// The sound of a file.
    func recording(_ file: String, _ law: Law) throws -> [UInt8] {
        let step = Pipeline.Step(
            program: "sox",
            arguments: ["-D", "-t", "wav", file] + Self.output(law)
        )
        return try Pipeline(steps: [step], limit: limit).run(input: [])
    }

    private static func output(_ law: Law) -> [String] {
        ["-r", "8000", "-c", "1", "-t", law.soxType, "-"]
    }
}
