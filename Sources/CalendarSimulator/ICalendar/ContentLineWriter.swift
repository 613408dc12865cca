/// Writes content lines, folded at 75 octets between characters (RFC 5545 3.1).
struct ContentLineWriter {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ line: String) {
        var length = 0
        for character in line.unicodeScalars {
            let encoded = UTF8.encode(character) ?? UTF8.encodedReplacementCharacter
            if length + encoded.count > 75 {
                bytes.append(contentsOf: "\r\n ".utf8)
                length = 1
            }
            bytes.append(contentsOf: encoded)
            length += encoded.count
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    /// A property of type TEXT (RFC 5545 3.3.11).
    mutating func add(_ name: String, text: String) {
        let escaped = text.replacing("\\", with: "\\\\").replacing(";", with: "\\;")
            .replacing(",", with: "\\,").replacing("\n", with: "\\n")
        add("\(name):\(escaped)")
    }
}
