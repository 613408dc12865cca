import Announcements
import Foundation
import TestSupport
import Testing

/// Recordings in the place of synthesised speech.
@Suite struct RecordedPromptsTests {
    /// A tone that no speech sounds like, as a recording and as what a line carries.
    private func record(
        _ path: String,
        pitch: Int,
        rate: Int = 8_000,
        channels: Int = 1,
        in folder: URL
    ) async throws -> [UInt8] {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let sox = Program(URL(filePath: "/usr/bin/sox"))
        let made = try await sox(
            "-D",
            "-n",
            "-r",
            "\(rate)",
            "-c",
            "\(channels)",
            "-b",
            "16",
            file.path,
            "synth",
            "0.5",
            "sine",
            "\(pitch)"
        )
        #expect(made.status == 0)
        let raw = file.path + ".al"
        #expect(try await sox("-D", file.path, "-t", "al", raw).status == 0)
        defer { try? FileManager.default.removeItem(atPath: raw) }
        return Array(try Data(contentsOf: URL(filePath: raw)))
    }

    @Test func `a part that was recorded is played, and the name is spoken`() async throws {
        try await withTemporaryFolder { folder in
            let phrase = try await record("sv/reason.meeting.wav", pitch: 400, in: folder)
            let speaker = Speaker(recordings: try RecordedPrompts(folder: folder))
            let whole = try await speaker.sound(of: .meeting(of: "Anna"), in: .a)
            let range = try #require(whole.firstRange(of: phrase))
            // "Anna" before it, "till klockan tolv" behind it.
            #expect(range.lowerBound > 2_000)
            #expect(whole.count - range.upperBound > 4_000)
            let spoken = try await Speaker().sound(of: .meeting(of: "Anna"), in: .a)
            #expect(whole != spoken)
            // There is no recording in the other languages.
            let norwegian = Announcement.meeting(of: "Anna", in: .norwegian)
            let synthesised = try await Speaker().sound(of: norwegian, in: .a)
            #expect(try await speaker.sound(of: norwegian, in: .a) == synthesised)
        }
    }

    @Test func `where all was recorded, only the name is spoken`() async throws {
        try await withTemporaryFolder { folder in
            var recorded: [UInt8] = []
            for (index, key) in ["reason.meeting", "until", "hour.12"].enumerated() {
                recorded += try await record("sv/\(key).wav", pitch: 300 + 100 * index, in: folder)
            }
            let speaker = Speaker(recordings: try RecordedPrompts(folder: folder))
            let whole = try await speaker.sound(of: .meeting(of: "Anna"), in: .a)
            #expect(Array(whole.suffix(recorded.count)) == recorded)
            #expect(whole.count > recorded.count + 2_000)
            // µ-law from the same recordings.
            let other = try await speaker.sound(of: .meeting(of: "Anna"), in: .u)
            #expect(other.count == whole.count)
            #expect(other != whole)
        }
    }

    @Test func `recordings of nothing, and of another kind, are told`() async throws {
        try await withTemporaryFolder { folder in
            #expect(throws: RecordedPrompts.Problem.self) { try RecordedPrompts(folder: folder) }
        }
        try await withTemporaryFolder { folder in
            _ = try await record("sv/reason.mote.wav", pitch: 400, in: folder)
            let problem = #expect(throws: RecordedPrompts.Problem.self) {
                try RecordedPrompts(folder: folder)
            }
            #expect(problem?.description.contains("reason.mote") == true)
        }
        for (rate, channels) in [(16_000, 1), (8_000, 2)] {
            try await withTemporaryFolder { folder in
                _ = try await record(
                    "nb/until.wav",
                    pitch: 400,
                    rate: rate,
                    channels: channels,
                    in: folder
                )
                let problem = #expect(throws: RecordedPrompts.Problem.self) {
                    try RecordedPrompts(folder: folder)
                }
                #expect(problem?.description.contains("must be mono with 8000") == true)
            }
        }
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "en/until.wav")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data("RIFF".utf8).write(to: file)
            #expect(throws: RecordedPrompts.Problem.self) { try RecordedPrompts(folder: folder) }
        }
    }
}
