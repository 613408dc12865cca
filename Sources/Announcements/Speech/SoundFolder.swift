public import Foundation
import Synchronization

/// Sounds on disk, one file each, named by a hash: a name in a directory listing tells nothing.
///
/// The files hold what callers heard, so only their owner may read them. A file is there whole or
/// not at all. Where the disk fails, sounds are made anew, and nothing is said of it.
public final class SoundFolder: Sendable {
    private let folder: URL
    private let capacity: Int
    /// What was written since the folder was last looked through; nil before the first time.
    private let written = Mutex<Int?>(nil)

    /// - Parameter capacity: In bytes; about so much stays when it is looked through.
    public init(_ folder: URL, capacity: Int = 512 << 20) throws {
        self.folder = folder
        self.capacity = capacity
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    func sound(_ key: String) -> [UInt8]? {
        guard let data = try? Data(contentsOf: file(key)), !data.isEmpty else { return nil }
        return Array(data)
    }

    func keep(_ sound: [UInt8], as key: String) {
        let manager = FileManager.default
        let passing = folder.appending(path: "\(key).\(UUID().uuidString).part")
        guard
            manager.createFile(
                atPath: passing.path,
                contents: Data(sound),
                attributes: [.posixPermissions: 0o600]
            ), rename(passing.path, file(key).path) == 0
        else {
            try? manager.removeItem(at: passing)
            return
        }
        let isDue = written.withLock { written in
            let sum = (written ?? capacity) + sound.count
            written = sum > capacity / 8 ? 0 : sum
            return sum > capacity / 8
        }
        if isDue { prune() }
    }

    /// Removes the oldest files, and those that were never finished.
    private func prune() {
        let manager = FileManager.default
        let keys: [URLResourceKey] = [.fileSizeKey, .contentModificationDateKey]
        let files = (try? manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: keys))
        var known = (files ?? []).compactMap { file -> (file: URL, size: Int, date: Date)? in
            guard let values = try? file.resourceValues(forKeys: Set(keys)),
                let size = values.fileSize, let date = values.contentModificationDate
            else { return nil }
            return (file, size, date)
        }
        known.sort { $0.date > $1.date }
        var size = 0
        for entry in known {
            size += entry.size
            if size > capacity { try? manager.removeItem(at: entry.file) }
        }
    }

    private func file(_ key: String) -> URL {
        folder.appending(path: "\(key).g711")
    }
}
