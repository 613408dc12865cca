/// PostgreSQL's text form of an array of one dimension (manual, 8.15.6).
enum ArrayText {
    /// Quotes every element: that is right for all types, and tells the text NULL from null.
    static func literal(_ elements: some Sequence<String?>) -> String {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for element in elements {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            guard let element else {
                text.append(contentsOf: "NULL".utf8)
                continue
            }
            text.append(UInt8(ascii: "\""))
            for byte in element.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    text.append(UInt8(ascii: "\\"))
                }
                text.append(byte)
            }
            text.append(UInt8(ascii: "\""))
        }
        text.append(UInt8(ascii: "}"))
        return String(decoding: text, as: UTF8.self)
    }

    /// The elements, or nil where the text is no such array, has other bounds than those that
    /// begin at one, or has an element that is null.
    static func elements(of text: UnsafeRawBufferPointer) -> [[UInt8]]? {
        guard text.count >= 2, text[0] == UInt8(ascii: "{"),
            text[text.count - 1] == UInt8(ascii: "}")
        else { return nil }

        var elements: [[UInt8]] = []
        var position = 1
        let end = text.count - 1
        while position < end {
            var element: [UInt8] = []
            if text[position] == UInt8(ascii: "\"") {
                position += 1
                while position < end, text[position] != UInt8(ascii: "\"") {
                    if text[position] == UInt8(ascii: "\\") { position += 1 }
                    guard position < end else { return nil }
                    element.append(text[position])
                    position += 1
                }
                guard position < end else { return nil }
                position += 1
            } else {
                while position < end, text[position] != UInt8(ascii: ",") {
                    guard text[position] != UInt8(ascii: "{") else { return nil }
                    element.append(text[position])
                    position += 1
                }
                guard !element.isEmpty, element != Array("NULL".utf8) else { return nil }
            }
            elements.append(element)
            if position < end {
                guard text[position] == UInt8(ascii: ","), position + 1 < end else { return nil }
                position += 1
            }
        }
        return elements
    }
}
