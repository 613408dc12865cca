/// A value as JSON has it, for what SQL reads.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The one text of this value: keys in the order of their Unicode scalars, no white space.
    ///
    /// Equal values have equal texts, so a text tells whether anything changed. Foundation's
    /// encoder is not used because it promises no order that stays between versions.
    public var canonical: String {
        switch self {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .number(let number): String(number)
        case .string(let string): Self.quoted(string)
        case .array(let values): "[" + values.map(\.canonical).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members
                .sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
                .map { Self.quoted($0.key) + ":" + $0.value.canonical }
                .joined(separator: ",")
                + "}"
        }
    }

    /// RFC 8259, 7: the quote, the backslash and control characters are escaped, nothing else.
    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
