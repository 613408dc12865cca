import AbsenceModel
import Announcements
import Foundation
import TestSupport
import Testing

/// What the synthesiser makes of the words, in its own letters for sounds.
@Suite struct PronunciationTests {
    private static let voices: [SpokenLanguage: String] = [
        .swedish: "sv", .norwegian: "nb", .english: "en-gb",
    ]

    /// A line of sounds for each line of text.
    private func sounds(_ lines: [String], _ language: SpokenLanguage) async throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kk-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var sounds: [String] = []
        // Each in a paragraph, since espeak-ng joins lines.
        let text = lines.joined(separator: "\n\n") + "\n"
        let file = folder.appending(path: "text")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let espeak = Program(URL(filePath: "/usr/bin/espeak-ng"))
        let voice = try #require(Self.voices[language])
        let ending = try await espeak("-v", voice, "-q", "-x", "-f", file.path)
        #expect(ending.status == 0)
        sounds = ending.output.split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return sounds
    }

    @Test(arguments: SpokenLanguage.allCases)
    func `no two words sound alike`(_ language: SpokenLanguage) async throws {
        let prompts = PromptCatalogue.prompts(in: language)
        let sounds = try await sounds(prompts.map(\.text), language)
        try #require(sounds.count == prompts.count)
        let texts = Dictionary(grouping: zip(prompts, sounds), by: \.1).values.map { pairs in
            Set(pairs.map(\.0.text))
        }
        #expect(texts.filter { $0.count > 1 } == [])
    }

    @Test func `sentences in sounds`() async throws {
        let today = LocalDate(year: 2026, month: 11, day: 25)
        var lines: [String] = []
        for language in SpokenLanguage.allCases {
            let texts = [
                "2026-11-25T12:30", "2026-11-25T21:05", "2026-11-27T08:00", "2027-12-21T13:00",
            ]
            .map { time in
                Announcement.absence(
                    of: "Anna",
                    because: Reason(rawValue: "meeting"),
                    until: WallClock(time),
                    today: today,
                    in: language
                ).text
            }
            let sounds = try await sounds(texts, language)
            lines += zip(texts, sounds).map { "\($0) | \($1)" }
        }
        let table = lines.joined(separator: "\n") + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Golden/sounds.txt")
        #expect(try GoldenFile.text(file, insteadOf: table) == table)
    }
}
