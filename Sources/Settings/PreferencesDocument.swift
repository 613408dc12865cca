import AbsenceModel
public import Foundation

/// A user's own rules: what stands in the file, checked, nothing more.
///
/// Keys and values are those of cases/README.md, "preferences: keys". A key that is left out
/// is no wish.
public struct PreferencesDocument: Hashable, Sendable {
    /// The values by key, in the form of ``json``.
    public let values: [String: JSONValue]

    /// No wishes.
    public init() {
        values = [:]
    }

    /// Reads a YAML file that holds the preferences of one user alone.
    ///
    /// - Parameter reasons: Those of the customer's rules.
    /// - Throws: ``SettingsError`` with all that is wrong.
    public init(_ data: Data, file: String, reasons: ReasonCatalogue = ReasonCatalogue()) throws {
        let reader = SettingsReader(file: file)
        let document = YAMLFile.document(in: data, reader: reader)
        let preferences = document.map {
            PreferencesDocument(reading: $0, reasons: reasons, with: reader)
        }
        try reader.finish()
        self = preferences ?? PreferencesDocument()
    }

    /// Reads preferences out of a larger document. What is wrong is reported to `reader`.
    package init(
        reading value: SettingsValue,
        reasons: ReasonCatalogue,
        with reader: SettingsReader
    ) {
        values = DocumentKey.read(Self.keys, of: value, reasons: reasons, reader: reader)
    }

    /// One text for equal preferences, keys sorted, in the form that SQL reads: as in the
    /// file, with switches as booleans and `text` in the order in which the fields are shown.
    public var json: String {
        JSONValue.object(values).canonical
    }

    public subscript(key: String) -> JSONValue? {
        values[key]
    }

    private static let keys: [DocumentKey] =
        ["enabled", "codes_only", "no_diversion", "private", "free", "tentative"].map { name in
            DocumentKey(name) { reader, value, _ in reader.bool(value).map(JSONValue.bool) }
        } + [
            DocumentKey("show_as") { $0.showAsTable($1, from: $2) },
            DocumentKey("default_reason") { reader, value, reasons in
                (reader.reason(value, from: reasons)?.rawValue).map(JSONValue.string)
            },
            DocumentKey("text") { reader, value, _ in reader.textFields(value) },
            DocumentKey("announce_as") { $0.reasonMap($1, from: $2) },
            DocumentKey("targets") { $0.targets($1, from: $2) },
            DocumentKey("language") { reader, value, _ in
                (reader.word(value, as: Language.self)?.rawValue).map(JSONValue.string)
            },
        ]
}
