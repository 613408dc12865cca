import Foundation
import TestSupport
import Testing

/// Whole texts that the program prints, as files to be read.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden")

    static func expect(
        _ text: String,
        is name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try GoldenFile.text(folder.appending(path: name), insteadOf: text)
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
