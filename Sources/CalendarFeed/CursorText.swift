import Foundation

/// Where a load ended, as JSON text that only its source reads.
protocol CursorText: Codable {
    /// Another number is another meaning; such a cursor is followed by a full load.
    static var currentVersion: Int { get }
    var version: Int { get }
}

extension CursorText {
    /// Nil where `text` is no cursor of this form and version.
    init?(text: String) {
        guard let cursor = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)),
            cursor.version == Self.currentVersion
        else { return nil }
        self = cursor
    }

    /// The same text for the same content, so that an unchanged cursor is no change.
    var text: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}
