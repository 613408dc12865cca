import Foundation

/// Settings as the JSON that the database keeps.
public enum SettingsJSON {
    /// The text of `value`, keys sorted, nothing escaped that need not be.
    public static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads back what ``text(of:)`` wrote.
    ///
    /// - Throws: `DecodingError` where `text` is something else.
    public static func value<Value: Decodable>(
        _ type: Value.Type,
        of text: String
    ) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
