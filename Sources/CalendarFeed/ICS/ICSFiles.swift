import Foundation
import Web

/// The .ics files behind an address: a folder of them, or one.
///
/// Nothing outside of the root is read, neither by `..` nor through a symbolic link.
struct ICSFiles {
    /// The names of the files, in order. They are the names of the resources.
    let names: [String]
    /// The address is that of one file.
    let isSingle: Bool

    private let root: String
    private let folder: String

    /// One file, as it was when it was read.
    struct Reading {
        var bytes: [UInt8]
        /// Tells versions of the file apart. Of its content, for a file may be written twice
        /// within one tick of the file system's clock.
        var mark: String
    }

    /// - Throws: ``RemoteFailure`` `.notFound` where there is nothing at the address, so that a
    ///   file system that is not mounted empties no calendar; `.refused` where the address
    ///   leaves the root.
    init(address: String, root: URL) throws(RemoteFailure) {
        let steps = address.split(separator: "/", omittingEmptySubsequences: false)
        guard !address.isEmpty, !address.hasPrefix("/"), !steps.contains(".."),
            !address.utf8.contains(0)
        else {
            throw RemoteFailure(
                .refused,
                "the calendar address is no path below the folder of calendars; "
                    + "write it relative to that folder, without `..`"
            )
        }
        let missing = RemoteFailure(
            .notFound,
            "there is no file or folder at the calendar address; "
                + "look whether it is right and the file system is mounted"
        )
        guard let root = ICSFiles.resolved(root.path) else { throw missing }
        guard let path = ICSFiles.resolved(root + "/" + address) else { throw missing }
        guard ICSFiles.isWithin(root, path) else {
            throw RemoteFailure(
                .refused,
                "the calendar address leads out of the folder of calendars"
            )
        }
        self.root = root

        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw missing
        }
        isSingle = !isFolder.boolValue
        if isSingle {
            let file = URL(filePath: path)
            folder = file.deletingLastPathComponent().path
            names = [file.lastPathComponent]
        } else {
            folder = path
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: path)
                    .filter { !$0.hasPrefix(".") && $0.lowercased().hasSuffix(".ics") }
                    .sorted()
            } catch {
                throw RemoteFailure(.refused, "the folder of the calendar cannot be listed")
            }
        }
    }

    /// Reads one of the files.
    func read(_ name: String) throws(RemoteFailure) -> Reading {
        guard let path = ICSFiles.resolved(folder + "/" + name) else {
            throw RemoteFailure(.notFound, "the file has gone while it was to be read")
        }
        guard ICSFiles.isWithin(root, path) else {
            throw RemoteFailure(.refused, "the file is a link out of the folder of calendars")
        }
        let bytes: [UInt8]
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw RemoteFailure(.refused, "this is no file")
            }
            guard let size = attributes[.size] as? Int, size <= ICalendarLimits.bytes else {
                throw RemoteFailure(
                    .tooLarge,
                    "the file is larger than the \(ICalendarLimits.bytes) bytes that are read"
                )
            }
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
        } catch let failure as RemoteFailure {
            throw failure
        } catch {
            throw RemoteFailure(.refused, "the file cannot be read; look at its permissions")
        }
        var hash = StableHash()
        hash.add(bytes)
        return Reading(bytes: bytes, mark: "\(hash.text)-\(bytes.count)")
    }

    /// The path without symbolic links, or nil where there is nothing.
    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isWithin(_ root: String, _ path: String) -> Bool {
        path == root || path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
    }
}
