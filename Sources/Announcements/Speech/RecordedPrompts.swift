public import Foundation

/// A folder of recordings that are played in the place of synthesised speech, whole or in part.
///
/// `FOLDER/sv/reason.meeting.wav` is the Swedish recording of the prompt `reason.meeting`; the
/// keys are those of ``PromptCatalogue``. What there is no recording of is synthesised.
public struct RecordedPrompts: Sendable {
    /// What is wrong with a folder of recordings.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    private let files: [SpokenLanguage: [String: String]]

    /// Looks the folder through.
    ///
    /// - Throws: ``Problem`` that names the file, where one has no prompt's name or is not the
    ///   sound of a telephone.
    public init(folder: URL) throws {
        let manager = FileManager.default
        var files: [SpokenLanguage: [String: String]] = [:]
        for language in SpokenLanguage.allCases {
            let folder = folder.appending(path: language.rawValue)
            guard manager.fileExists(atPath: folder.path) else { continue }
            let keys = Set(PromptCatalogue.prompts(in: language).compactMap(\.key))
            for name in try manager.contentsOfDirectory(atPath: folder.path).sorted()
            where name.hasSuffix(".wav") {
                let file = folder.appending(path: name)
                let key = String(name.dropLast(4))
                guard keys.contains(key) else {
                    throw Problem(
                        description: "\(file.path): there is no prompt \(key) in this language"
                    )
                }
                if let fault = try WaveHeader(file: file).fault {
                    throw Problem(description: "\(file.path): \(fault)")
                }
                files[language, default: [:]][key] = file.standardizedFileURL.path
            }
        }
        guard !files.isEmpty else {
            throw Problem(
                description: "\(folder.path): there are no recordings in it; it should have "
                    + "folders \(SpokenLanguage.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        self.files = files
    }

    /// The absolute path of a recording.
    func file(of prompt: Prompt, in language: SpokenLanguage) -> String? {
        prompt.key.flatMap { files[language]?[$0] }
    }
}
