import Foundation
import Testing

@testable import Announcements

/// Sounds that are kept.
@Suite struct SoundFolderTests {
    @Test func `a sound is made once, kept on disk and read by the next`() async throws {
        try await withTemporaryFolder { folder in
            let first = Speaker(folder: try SoundFolder(folder))
            let sound = try await first.sound(of: .meeting(of: "Anna"), in: .a)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let name = try #require(files.first)
            #expect(files.count == 1)
            #expect(name.utf8.count == 64 + ".g711".utf8.count)
            let file = folder.appending(path: name)
            #expect(Array(try Data(contentsOf: file)) == sound)
            let rights = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect((rights[.posixPermissions] as? NSNumber)?.intValue == 0o600)

            // Another content, so that reading it is told from making it.
            try Data([1, 2, 3]).write(to: file)
            let second = Speaker(folder: try SoundFolder(folder))
            #expect(try await second.sound(of: .meeting(of: "Anna"), in: .a) == [1, 2, 3])
            #expect(try await first.sound(of: .meeting(of: "Anna"), in: .a) == sound)
        }
    }

    @Test func `the folder stays within its bound`() async throws {
        try await withTemporaryFolder { folder in
            let sounds = try SoundFolder(folder, capacity: 10_000)
            for number in 0..<100 {
                sounds.keep([UInt8](repeating: 1, count: 1_000), as: "\(number)")
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(8...12 ~= files.count)
            #expect(sounds.sound("99") != nil)
        }
    }

    @Test func `a folder that cannot be written is no trouble`() async throws {
        try await withTemporaryFolder { folder in
            let sounds = try SoundFolder(folder.appending(path: "sounds"))
            try FileManager.default.removeItem(at: folder.appending(path: "sounds"))
            let speaker = Speaker(folder: sounds)
            #expect(try await speaker.sound(of: .meeting(of: "Anna"), in: .a).count > 8_000)
        }
    }

    @Test func `memory forgets what was asked for the longest ago`() {
        var cache = SoundCache(capacity: 1_000)
        for key in ["a", "b", "c"] { cache.keep([UInt8](repeating: 0, count: 300), as: key) }
        #expect(cache.sound("a") != nil)
        cache.keep([UInt8](repeating: 0, count: 300), as: "d")
        #expect(cache.sound("b") == nil)
        #expect(cache.sound("c") == nil)
        #expect(cache.sound("a") != nil)
        #expect(cache.sound("d") != nil)
        cache.keep([UInt8](repeating: 0, count: 1_001), as: "e")
        #expect(cache.sound("e") == nil)
        #expect(cache.sound("a") != nil)
    }
}
