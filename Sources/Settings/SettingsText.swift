package import Foundation

/// Reading a file as text.
package enum SettingsText {
    /// Reads a file.
    ///
    /// - Throws: ``SettingsError`` where it cannot be read.
    package static func contents(of path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch let error as CocoaError {
            let reason =
                switch error.code {
                case .fileReadNoSuchFile: "there is no such file"
                case .fileReadNoPermission: "the program may not read it"
                default: "it cannot be read"
                }
            throw SettingsError([Problem(file: path, message: reason)])
        } catch {
            throw SettingsError([Problem(file: path, message: "it cannot be read")])
        }
    }

    /// The text of a UTF-8 file with or without a byte order mark, or nil and a problem.
    static func decoded(_ data: Data, reader: SettingsReader) -> String? {
        if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
            reader.report("the file is UTF-16; save it as UTF-8")
            return nil
        }
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        if let text = String(validating: bytes, as: UTF8.self) {
            guard !bytes.contains(0) else {
                reader.report("the file holds NUL characters; save it as UTF-8")
                return nil
            }
            return text
        }
        reader.report(
            "the file is not UTF-8 (Latin-1 or Windows-1252, it seems); save it as UTF-8",
            line: lineOfFirstFault(in: bytes)
        )
        return nil
    }

    /// The first line that is not UTF-8, from 1. No sequence of UTF-8 holds a line feed, so
    /// each line can be looked at alone.
    private static func lineOfFirstFault(in bytes: Data) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (index ?? 0) + 1
    }
}
