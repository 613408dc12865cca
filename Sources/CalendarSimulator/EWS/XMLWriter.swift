/// Writes XML by appending bytes.
///
/// For example:
///
///     writer.element("t:Items") { $0.element("t:Subject", "Besuch") }
struct XMLWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    /// An element with attributes and what `body` writes into it.
    mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, String> = [:],
        _ body: (inout XMLWriter) -> Void
    ) {
        open(name, attributes)
        bytes.append(UInt8(ascii: ">"))
        body(&self)
        bytes.append(contentsOf: "</".utf8)
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    /// An element without attributes, with text or empty.
    mutating func element(_ name: String, _ text: String = "") {
        element(name, [:], text)
    }

    /// An element with attributes, with text or empty.
    mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, String>,
        _ text: String = ""
    ) {
        if text.isEmpty {
            open(name, attributes)
            bytes.append(contentsOf: "/>".utf8)
        } else {
            element(name, attributes) { $0.escape(text) }
        }
    }

    /// Text that is XML already.
    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        for (name, value) in attributes {
            bytes.append(contentsOf: " \(name)=\"".utf8)
            escape(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func escape(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            // Exchange hands control characters out as references, which XML 1.0 forbids.
            case 0..<0x20 where byte != 0x0A && byte != 0x09:
                bytes.append(contentsOf: "&#x\(String(byte, radix: 16, uppercase: true));".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
