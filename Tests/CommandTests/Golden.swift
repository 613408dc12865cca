import Foundation
import Testing

/// Whole texts that the program prints, as files to be read.
///
/// With `KK_RECORD_GOLDEN` in the environment what came is written instead: look at the difference
/// in version control.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden")
    private static let isRecording =
        ProcessInfo.processInfo.environment["KK_RECORD_GOLDEN"] != nil

    static func expect(
        _ text: String,
        is name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name)
        if isRecording {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "Golden/\(name)", sourceLocation: sourceLocation)
    }

    /// Replaces what differs from run to run by a word and a number, in the order of appearance.
    static func numbered(_ text: String, _ pattern: Regex<Substring>, _ word: String) -> String {
        var names: [Substring: String] = [:]
        return text.replacing(pattern) { match in
            if let name = names[match.output] { return name }
            let name = "\(word)-\(names.count + 1)"
            names[match.output] = name
            return name
        }
    }

    /// The clock goes on while a test runs.
    static func withoutSeconds(_ text: String) -> String {
        text.replacing(/(\d\d:\d\d):\d\d/) { $0.1 }
    }

    /// Keys are minted at random.
    static func withoutKeys(_ text: String) -> String {
        numbered(
            text,
            /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
            "key"
        )
    }
}
