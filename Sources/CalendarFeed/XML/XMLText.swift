/// XML before and after a parser reads it.
enum XMLText {
    /// Whether `<!DOCTYPE` stands before the first element. Further on the same text may be part
    /// of a booking.
    static func declaresDocumentType(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(open + 1)...]
            if rest.starts(with: Array("!--".utf8)) {
                guard let end = rest.firstRange(of: Array("-->".utf8)) else { return false }
                rest = rest[end.upperBound...]
            } else if rest.first != UInt8(ascii: "?") {
                return rest.first == UInt8(ascii: "!")
            }
        }
        return false
    }

    /// The same document with blanks where characters stand that XML 1.0 2.2 forbids.
    ///
    /// Exchange hands out what programs have put into a subject or a body, such as `&#x1F;`, and
    /// one such character would make the whole answer unreadable.
    static func withoutForbiddenCharacters(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20, !isAllowed(UInt32(byte)) {
                bytes[index] = blank
            } else if byte == UInt8(ascii: "&"),
                let (code, end) = characterReference(bytes, at: index)
            {
                if !isAllowed(code) {
                    for place in index..<end { bytes[place] = blank }
                }
                index = end
                continue
            }
            index += 1
        }
        return bytes
    }

    /// A Boolean of XML Schema: true and 1, in any letter case, as .NET writes `True` at times.
    static func isTrue(_ text: String?) -> Bool {
        ["true", "1"].contains(text?.lowercased())
    }

    private static let blank = UInt8(ascii: " ")

    /// The number of `&#31;` or `&#x1F;`, and where the reference ends.
    private static func characterReference(
        _ bytes: [UInt8],
        at start: Int
    ) -> (code: UInt32, end: Int)? {
        guard start + 3 < bytes.count, bytes[start + 1] == UInt8(ascii: "#") else { return nil }
        let isHexadecimal = bytes[start + 2] | 0x20 == UInt8(ascii: "x")
        let first = start + (isHexadecimal ? 3 : 2)
        // No character has more than eight digits.
        guard let end = bytes[first..<min(first + 9, bytes.count)].firstIndex(of: semicolon),
            let code = UInt32(
                String(decoding: bytes[first..<end], as: UTF8.self),
                radix: isHexadecimal ? 16 : 10
            )
        else { return nil }
        return (code, end + 1)
    }

    private static let semicolon = UInt8(ascii: ";")

    private static func isAllowed(_ code: UInt32) -> Bool {
        switch code {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }
}

extension String {
    /// Without the white space of XML at both ends.
    func trimmingBlanks() -> String {
        let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }),
            let last = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}
