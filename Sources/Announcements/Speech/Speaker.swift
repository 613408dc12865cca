import Crypto
import Foundation

/// Turns announcements into sound, and remembers it.
///
/// A sound is made once, also when several calls ask for it at the same time.
public actor Speaker {
    /// A stretch that is made in one go.
    private enum Piece: Sendable {
        case spoken(String)
        case recorded(file: String)
    }

    private let recordings: RecordedPrompts?
    private let folder: SoundFolder?
    private let synthesiser = Synthesiser()
    private var memory: SoundCache
    private var making: [String: Task<[UInt8], any Error>] = [:]
    /// Programs are waited for here, a few at a time.
    private let workers = OperationQueue()

    /// - Parameters:
    ///   - recordings: Played in the place of synthesised speech.
    ///   - memory: How many bytes of sound to remember; a second takes 8,000.
    ///   - folder: Where sounds are kept from one start to the next.
    public init(
        recordings: RecordedPrompts? = nil,
        memory: Int = 64 << 20,
        folder: SoundFolder? = nil
    ) {
        self.recordings = recordings
        self.folder = folder
        self.memory = SoundCache(capacity: memory)
        workers.maxConcurrentOperationCount = 4
    }

    /// The sound of an announcement, 8,000 bytes a second.
    ///
    /// - Throws: ``SpeechProblem``.
    public func sound(of announcement: Announcement, in law: Law) async throws -> [UInt8] {
        var sound: [UInt8] = []
        for piece in pieces(of: announcement) {
            sound += try await self.sound(of: piece, announcement.language, law)
        }
        return sound
    }

    /// Prompts without a recording that follow one another are spoken as one, which sounds better.
    private func pieces(of announcement: Announcement) -> [Piece] {
        var pieces: [Piece] = []
        var spoken: [String] = []
        for prompt in announcement.prompts {
            if let file = recordings?.file(of: prompt, in: announcement.language) {
                if !spoken.isEmpty { pieces.append(.spoken(spoken.joined(separator: " "))) }
                spoken = []
                pieces.append(.recorded(file: file))
            } else {
                spoken.append(prompt.text)
            }
        }
        if !spoken.isEmpty { pieces.append(.spoken(spoken.joined(separator: " ") + ".")) }
        return pieces
    }

    private func sound(
        of piece: Piece,
        _ language: SpokenLanguage,
        _ law: Law
    ) async throws -> [UInt8] {
        let key = Self.key(piece, language, law)
        if let sound = memory.sound(key) { return sound }
        if let task = making[key] { return try await task.value }
        let task = Task { try await self.make(piece, language, law, key) }
        making[key] = task
        defer { making[key] = nil }
        let sound = try await task.value
        memory.keep(sound, as: key)
        return sound
    }

    private nonisolated func make(
        _ piece: Piece,
        _ language: SpokenLanguage,
        _ law: Law,
        _ key: String
    ) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            workers.addOperation { [folder, synthesiser] in
                continuation.resume(
                    with: Result {
                        switch piece {
                        case .recorded(let file):
                            return try synthesiser.recording(file, law)
                        case .spoken(let text):
                            if let sound = folder?.sound(key) { return sound }
                            let sound = try synthesiser.speech(text, in: language, law)
                            folder?.keep(sound, as: key)
                            return sound
                        }
                    }
                )
            }
        }
    }

    private static func key(_ piece: Piece, _ language: SpokenLanguage, _ law: Law) -> String {
        let voice = Voice(language)
        let content =
            switch piece {
            case .spoken(let text): "spoken \(Synthesiser.recipe) \(text)"
            case .recorded(let file): "recorded \(file)"
            }
        let described =
            "\(language.rawValue) \(voice.name) \(voice.pace) \(law.rawValue) \(content)"
        return SHA256.hash(data: Data(described.utf8)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
