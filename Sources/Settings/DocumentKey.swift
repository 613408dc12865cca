/// A key of rules or preferences, and how its value is read into the form that SQL reads.
struct DocumentKey: Sendable {
    typealias Read =
        @Sendable (SettingsReader, SettingsValue, ReasonCatalogue) -> JSONValue?

    var name: String
    var read: Read

    init(_ name: String, read: @escaping Read) {
        self.name = name
        self.read = read
    }

    /// Reads those of `keys` that `value` has; nothing and an empty map have none.
    static func read(
        _ keys: [DocumentKey],
        of value: SettingsValue,
        reasons: ReasonCatalogue,
        reader: SettingsReader
    ) -> [String: JSONValue] {
        if case .null = value.content { return [:] }
        guard let map = reader.map(value, keys: keys.map(\.name)) else { return [:] }
        var values: [String: JSONValue] = [:]
        for key in keys {
            if let value = map[key.name] {
                values[key.name] = key.read(reader, value, reasons)
            }
        }
        return values
    }
}
