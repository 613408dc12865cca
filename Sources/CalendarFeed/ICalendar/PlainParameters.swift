/// The parameters of a property, where they are written plainly: `;NAME=value;NAME="value"`.
struct PlainParameters: Sendable {
    private var parameters: [(name: String, value: String)] = []

    /// Nil where `bytes` hold anything else, or a name twice.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while rest.first == UInt8(ascii: ";"), let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = rest[(rest.startIndex + 1)..<equals]
            rest = rest[(equals + 1)...]
            let value: ArraySlice<UInt8>
            if rest.first == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
                value = rest[..<end]
                rest = rest[(end + 1)...]
            } else {
                let end = rest.firstIndex(of: UInt8(ascii: ";")) ?? rest.endIndex
                value = rest[..<end]
                rest = rest[end...]
                guard !value.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") })
                else { return nil }
            }
            guard name.allSatisfy({ 0x41...0x5A ~= $0 }), !value.isEmpty,
                value.allSatisfy(Self.isPlain),
                let value = String(validating: value, as: UTF8.self)
            else { return nil }
            let text = String(decoding: name, as: UTF8.self)
            guard self[text] == nil else { return nil }
            parameters.append((text, value))
        }
        guard rest.isEmpty else { return nil }
    }

    /// Neither a control nor a sign that some programs escape by.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case ..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "^"): false
        default: true
        }
    }

    subscript(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    var isEmpty: Bool { parameters.isEmpty }

    /// Whether they belong to such a date and leave its meaning.
    func suit(_ date: DateText) -> Bool {
        // Without a word for it a date alone is not one that the property may have.
        guard date.hasTime || self["VALUE"] == "DATE" else { return false }
        return parameters.allSatisfy { name, value in
            switch name {
            case "TZID": date.hasTime && !date.isUTC
            case "VALUE": value == (date.hasTime ? "DATE-TIME" : "DATE")
            default: false
            }
        }
    }

    /// Whether they leave the meaning of a text.
    var areOfTexts: Bool { parameters.allSatisfy { $0.name == "LANGUAGE" } }

    /// Whether they are those of attendees and organizers, with the words that RFC 5545 knows.
    var areOfPeople: Bool {
        parameters.allSatisfy { name, value in
            switch name {
            case "CN", "EMAIL", "LANGUAGE": true
            case "PARTSTAT": Self.answers.contains(value)
            case "ROLE": Self.roles.contains(value)
            case "CUTYPE": Self.kinds.contains(value)
            case "RSVP": value == "TRUE" || value == "FALSE"
            default: false
            }
        }
    }

    private static let answers: Set<String> = [
        "NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED",
    ]
    private static let roles: Set<String> = [
        "CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT",
    ]
    private static let kinds: Set<String> = ["INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN"]
}
