/// How SIP writes lists, parameters and addresses inside header values (RFC 3261 sections 7.3.1,
/// 20 and 25).
///
/// All of it looks at bytes: a separator counts also where an accent follows it.
enum SIPText {
    /// The members of a list that commas separate.
    static func list(_ value: String) -> [String] {
        parts(value, separator: ",").filter { !$0.isEmpty }
    }

    /// The parameters of an address or of a Via, names in lower case; the first of a name counts.
    static func parameters(_ value: String) -> [String: String] {
        var parameters: [String: String] = [:]
        for part in parts(value, separator: ";").dropFirst() {
            let (name, content) = cut(part, at: "=")
            let key = name.lowercased()
            if parameters[key] == nil { parameters[key] = content ?? "" }
        }
        return parameters
    }

    /// The URI of an address, whether or not it stands between angle brackets.
    static func uri(_ address: String) -> String {
        let bytes = Array(address.utf8)
        var isQuoted = false
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\"") && (index == 0 || bytes[index - 1] != 0x5C) {
                isQuoted.toggle()
            }
            guard byte == UInt8(ascii: "<"), !isQuoted else { continue }
            let rest = bytes[(index + 1)...]
            return String(decoding: rest.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
        }
        return cut(address, at: ";").0
    }

    /// What stands before and behind the first of a separator, without white space around it.
    static func cut(_ text: String, at separator: Unicode.Scalar) -> (String, String?) {
        let bytes = Array(text.utf8)
        guard let index = bytes.firstIndex(of: UInt8(ascii: separator)) else {
            return (trimmed(bytes[...]), nil)
        }
        return (trimmed(bytes[..<index]), trimmed(bytes[(index + 1)...]))
    }

    /// The parts between separators that stand neither in quotes nor in angle brackets.
    static func parts(_ text: String, separator: Unicode.Scalar) -> [String] {
        var parts: [String] = []
        let bytes = Array(text.utf8)
        var start = 0
        var isQuoted = false
        var isEscaped = false
        var isBracketed = false
        for (index, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\"") where !isBracketed: isQuoted.toggle()
            case UInt8(ascii: "<") where !isQuoted: isBracketed = true
            case UInt8(ascii: ">") where !isQuoted: isBracketed = false
            case UInt8(ascii: separator) where !isQuoted && !isBracketed:
                parts.append(trimmed(bytes[start..<index]))
                start = index + 1
            default: break
            }
        }
        parts.append(trimmed(bytes[start...]))
        return parts
    }

    /// Text without white space at its ends; control characters are spaces.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var rest = bytes
        while let first = rest.first, first <= 0x20 { rest.removeFirst() }
        while let last = rest.last, last <= 0x20 { rest.removeLast() }
        return String(decoding: rest.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }

    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-.!%*_+`'~".utf8.contains(byte)
                }
            }
    }

    /// Takes `%C3%85` back to `Å`; what is no escape stays as it is.
    static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).compactMap(hexDigit)
            if byte == UInt8(ascii: "%"), digits.count == 2 {
                bytes.append(digits[0] << 4 | digits[1])
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Escapes all but letters, digits and ` .,:-_'` of ASCII.
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte -> String in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
            case _ where " .,:-_'".utf8.contains(byte): String(UnicodeScalar(byte))
            default:
                "%" + String(byte >> 4, radix: 16, uppercase: true)
                    + String(byte & 15, radix: 16, uppercase: true)
            }
        }.joined()
    }

    /// A whole number of nothing but digits.
    static func number(_ text: String, atMost limit: Int = .max) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text).flatMap { $0 <= limit ? $0 : nil }
    }
}
