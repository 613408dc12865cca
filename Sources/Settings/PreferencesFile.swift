public import Foundation

/// The preferences of several users: a YAML map from a user's key to their preferences.
public struct PreferencesFile: Hashable, Sendable {
    /// The preferences by user key, as the roster has it.
    public let preferences: [String: PreferencesDocument]

    /// Reads and checks the whole file.
    ///
    /// - Parameter reasons: Those of the customer's rules.
    /// - Throws: ``SettingsError`` with all that is wrong.
    public init(_ data: Data, file: String, reasons: ReasonCatalogue = ReasonCatalogue()) throws {
        let reader = SettingsReader(file: file)
        var preferences: [String: PreferencesDocument] = [:]
        if let document = YAMLFile.document(in: data, reader: reader) {
            for member in reader.members(document) ?? [] {
                preferences[member.key] = PreferencesDocument(
                    reading: member.value,
                    reasons: reasons,
                    with: reader
                )
            }
        }
        try reader.finish()
        self.preferences = preferences
    }

    /// Reads the file at `path`. As ``init(_:file:reasons:)``.
    public init(contentsOf path: String, reasons: ReasonCatalogue = ReasonCatalogue()) throws {
        try self.init(SettingsText.contents(of: path), file: path, reasons: reasons)
    }
}
