import Foundation

/// Which column of a roster stands where.
struct RosterColumns {
    enum Name: String, CaseIterable {
        case key, name, `extension`, calendar, services, timezone, language, mail

        var isRequired: Bool {
            switch self {
            case .key, .name, .extension, .calendar, .services: true
            case .timezone, .language, .mail: false
            }
        }
    }

    /// How many fields each record has.
    let count: Int
    private let positions: [Name: Int]

    /// Reads the first record. What is wrong with it is reported.
    init(_ header: CSVRecords.Record, reader: SettingsReader) {
        count = header.fields.count
        var positions: [Name: Int] = [:]
        let names = Name.allCases.map(\.rawValue)
        for (position, field) in header.fields.enumerated() where header.isWhole {
            let text = field.trimmingCharacters(in: .whitespaces)
            let label = text.isEmpty ? "column \(position + 1)" : text
            guard let name = Name(rawValue: text) else {
                reader.report(
                    "unknown column" + SettingsReader.allowed(names, insteadOf: text),
                    line: header.line,
                    key: label
                )
                continue
            }
            if positions.updateValue(position, forKey: name) != nil {
                reader.report("this column stands twice", line: header.line, key: label)
            }
        }
        for name in Name.allCases where name.isRequired && positions[name] == nil {
            guard header.isWhole else { break }
            reader.report("this column is missing", line: header.line, key: name.rawValue)
        }
        self.positions = positions
    }

    /// What `record` has in the column, without white space around it; nil where the file has
    /// no such column.
    subscript(name: Name, of record: CSVRecords.Record) -> String? {
        positions[name].map { record.fields[$0].trimmingCharacters(in: .whitespaces) }
    }
}
