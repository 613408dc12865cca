/// Writes JSON by appending bytes; commas come by themselves.
///
/// For example:
///
///     writer.object {
///         $0.member("id", "7")
///         $0.member("value") { $0.array { $0.value("first") } }
///     }
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "["))
        body(&self)
        close(UInt8(ascii: "]"))
    }

    /// The name of a member; its value is what `body` writes.
    package mutating func member(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        body(&self)
    }

    /// A string, or null.
    package mutating func member(_ name: StaticString, _ value: String?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }

    package mutating func member(_ name: StaticString, _ value: Int) {
        self.name(name)
        self.value(value)
    }

    package mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        self.value(value)
    }

    /// The name of a member that is known at run time only.
    package mutating func member(named name: String, _ body: (inout JSONWriter) -> Void) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        body(&self)
    }

    package mutating func value(_ text: String) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(text)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func value(_ number: Int) {
        comma()
        bytes.appendDecimal(number)
        needsComma = true
    }

    package mutating func value(_ isTrue: Bool) {
        raw(isTrue ? "true" : "false")
    }

    package mutating func null() {
        raw("null")
    }

    /// A value that is JSON already.
    package mutating func raw(_ text: StaticString) {
        comma()
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
        needsComma = true
    }

    /// A value that is JSON already.
    package mutating func raw(_ value: [UInt8]) {
        comma()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    /// A string that `body` appends to the bytes, of characters that need no escape.
    package mutating func plainString(_ body: (inout [UInt8]) -> Void) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        body(&bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func name(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func open(_ bracket: UInt8) {
        comma()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { source in
            if source.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
                bytes.append(contentsOf: source)
                return
            }
            for byte in source {
                switch byte {
                case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
                case 0x0A: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
                case 0..<0x20:
                    bytes.append(contentsOf: Array("\\u00".utf8))
                    bytes.append(byte < 0x10 ? 0x30 : 0x31)
                    bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
                default: bytes.append(byte)
                }
            }
        }
    }
}

extension [UInt8] {
    /// Appends a number in decimal.
    package mutating func appendDecimal(_ number: Int) {
        append(contentsOf: String(number).utf8)
    }

    /// Appends the last `width` digits of a number that is not negative, zeros first.
    package mutating func appendDigits(_ number: Int, _ width: Int) {
        var scale = 1
        for _ in 1..<Swift.max(width, 1) { scale *= 10 }
        while scale > 0 {
            append(0x30 + UInt8(number / scale % 10))
            scale /= 10
        }
    }
}
