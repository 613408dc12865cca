import AbsenceModel
public import Foundation

/// The rules of a customer file or a rule case: what stands there, checked, nothing more.
///
/// Keys and values are those of cases/README.md, "rules: keys". A key that is left out keeps
/// the template's value, which SQL fills in.
public struct RulesDocument: Hashable, Sendable {
    /// The values by key, in the form of ``json``.
    public let values: [String: JSONValue]
    /// The reasons that these rules and the preferences beside them may name.
    public let reasons: ReasonCatalogue

    /// Rules that say nothing.
    public init() {
        values = [:]
        reasons = ReasonCatalogue()
    }

    /// Reads a YAML file that holds rules alone.
    ///
    /// - Throws: ``SettingsError`` with all that is wrong.
    public init(_ data: Data, file: String) throws {
        let reader = SettingsReader(file: file)
        let document = YAMLFile.document(in: data, reader: reader)
        let rules = document.map { RulesDocument(reading: $0, with: reader) }
        try reader.finish()
        self = rules ?? RulesDocument()
    }

    /// Reads rules out of a larger document. What is wrong is reported to `reader`.
    package init(reading value: SettingsValue, with reader: SettingsReader) {
        reasons = ReasonCatalogue(own: Self.ownReasons(in: value))
        values = DocumentKey.read(Self.keys, of: value, reasons: reasons, reader: reader)
    }

    /// One text for equal rules, keys sorted, in the form that `intake.take_in_rule_set` reads:
    /// as in the file, but `merge_gap` in seconds or null, switches as booleans (also
    /// `forwarding`), and `text` in the order in which the fields are shown.
    public var json: String {
        JSONValue.object(values).canonical
    }

    public subscript(key: String) -> JSONValue? {
        values[key]
    }

    /// The customer's own reasons, looked up before anything that may name them is read.
    private static func ownReasons(in value: SettingsValue) -> [Reason] {
        guard case .map(let members) = value.content,
            let reasons = members.first(where: { $0.key == "reasons" }),
            case .map(let own) = reasons.value.content
        else { return [] }
        return own.map { Reason(rawValue: $0.key) }
    }

    private static let keys: [DocumentKey] = [
        DocumentKey("sync") { reader, value, _ in
            reader.word(value, of: ["show_as", "codes_first", "codes_only"]).map(JSONValue.string)
        },
        DocumentKey("show_as") { $0.showAsTable($1, from: $2) },
        DocumentKey("private") { reader, value, _ in
            reader.word(value, of: ["never", "user_choice"]).map(JSONValue.string)
        },
        DocumentKey("all_day") { reader, value, _ in
            reader.word(value, of: ["skip", "whole_day", "office_hours"]).map(JSONValue.string)
        },
        DocumentKey("office_hours_only") { reader, value, _ in
            reader.bool(value).map(JSONValue.bool)
        },
        DocumentKey("office_hours") { reader, value, _ in reader.officeHours(value) },
        DocumentKey("holidays") { reader, value, _ in reader.holidays(value) },
        DocumentKey("merge_gap") { reader, value, _ in reader.mergeGap(value) },
        DocumentKey("text") { reader, value, _ in reader.textFields(value) },
        DocumentKey("text_chosen_by") { reader, value, _ in
            reader.word(value, of: ["administrator", "user"]).map(JSONValue.string)
        },
        DocumentKey("user_rules") { reader, value, _ in
            reader.bool(value).map(JSONValue.bool)
        },
        DocumentKey("diversion_service_required") { reader, value, _ in
            reader.bool(value).map(JSONValue.bool)
        },
        DocumentKey("enabled_by_default") { reader, value, _ in
            reader.bool(value).map(JSONValue.bool)
        },
        DocumentKey("default_reason") { reader, value, reasons in
            (reader.reason(value, from: reasons)?.rawValue).map(JSONValue.string)
        },
        DocumentKey("forwarding") { reader, value, _ in
            reader.onOrOff(value).map(JSONValue.bool)
        },
        DocumentKey("announce_as") { $0.reasonMap($1, from: $2) },
        DocumentKey("return_time") { reader, value, _ in
            reader.word(value, of: ["absence_end", "leave_end"]).map(JSONValue.string)
        },
        DocumentKey("ring_seconds") { reader, value, _ in
            reader.integer(value, in: 1...120).map(JSONValue.number)
        },
        DocumentKey("days_ahead") { reader, value, _ in
            reader.integer(value, in: 1...366).map(JSONValue.number)
        },
        DocumentKey("grammars") { reader, value, _ in reader.grammars(value) },
        DocumentKey("codes") { $0.codes($1, from: $2) },
        DocumentKey("reasons") { reader, value, _ in reader.ownReasons(value) },
    ]
}
