import Announcements
import Foundation
import TestSupport
import Testing

/// Announcements as sound.
@Suite struct SpeakerTests {
    @Test(arguments: SpokenLanguage.allCases, Law.allCases)
    func `the same words are the same bytes`(_ language: SpokenLanguage, _ law: Law) async throws {
        let announcement = Announcement.meeting(of: "Anna Svensson", in: language)
        let first = try await Speaker().sound(of: announcement, in: law)
        #expect(try await Speaker().sound(of: announcement, in: law) == first)
        // From one second to ten.
        #expect(8_000...80_000 ~= first.count)
    }

    @Test func `each language and each law sounds in its own way`() async throws {
        let speaker = Speaker()
        var sounds: Set<[UInt8]> = []
        for language in SpokenLanguage.allCases {
            for law in Law.allCases {
                let announcement = Announcement.meeting(of: "Anna", in: language)
                sounds.insert(try await speaker.sound(of: announcement, in: law))
            }
        }
        #expect(sounds.count == 6)
    }

    /// What a line carries is what espeak-ng says, without a program of ours between.
    @Test func `sound is what the synthesiser says`() async throws {
        try await withTemporaryFolder { folder in
            let speech = folder.appending(path: "speech.wav").path
            let sound = folder.appending(path: "speech.al").path
            let text = "Anna Svensson är i möte till klockan tolv."
            let espeak = Program(URL(filePath: "/usr/bin/espeak-ng"))
            #expect(try await espeak("-v", "sv", "-s", "150", "-w", speech, text).status == 0)
            let sox = Program(URL(filePath: "/usr/bin/sox"))
            let ending = try await sox("-D", speech, "-r", "8000", "-c", "1", "-t", "al", sound)
            #expect(ending.status == 0)
            let expected = Array(try Data(contentsOf: URL(filePath: sound)))
            let announcement = Announcement.meeting(of: "Anna Svensson")
            #expect(announcement.text == text)
            #expect(try await Speaker().sound(of: announcement, in: .a) == expected)
        }
    }

    @Test(arguments: [
        "--help", "-w /tmp/stolen.wav", "[[hEllo]]", "<audio src=\"/etc/passwd\"/>", "$(id)",
        "\u{0}", String(repeating: "9", count: 5_000), "Анна", "安娜", "مريم",
    ])
    func `names of every kind are spoken as names`(_ name: String) async throws {
        let sound = try await Speaker().sound(of: .meeting(of: name), in: .a)
        #expect(sound.count > 8_000)
        #expect(sound.count < 8_000 * 60)
    }

    @Test func `many who ask for one thing at once get the same`() async throws {
        try await withTemporaryFolder { folder in
            let speaker = Speaker(folder: try SoundFolder(folder))
            let sounds = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<50 {
                    group.addTask { try await speaker.sound(of: .meeting(of: "Anna"), in: .a) }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(sounds.count == 1)
        }
    }
}
