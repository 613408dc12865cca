/// One line of an iCalendar stream after unfolding: `NAME;PARAMETER=value:value`.
struct ContentLine {
    /// In capitals; names are matched whatever their case (RFC 5545 3.1).
    var name: String
    /// From the first semicolon on, or empty.
    var parameters: ArraySlice<UInt8>
    var value: ArraySlice<UInt8>
    /// The line was longer than ``ICalendarLimits/lineBytes`` and ends there.
    var isCut: Bool

    /// No date has a colon, but names of zones do, and programs forget the quotes:
    /// `TZID=tzone://Microsoft/Utc`, `TZID=(UTC+01:00) Amsterdam, Berlin`.
    private static func isDate(_ name: String) -> Bool {
        switch name {
        case "DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE": true
        default: false
        }
    }

    /// Takes a line apart. A line without a colon is all name, which nothing looks for.
    init(_ bytes: ArraySlice<UInt8>, isCut: Bool) {
        let colon = UInt8(ascii: ":")
        let semicolon = UInt8(ascii: ";")
        let nameEnd = bytes.firstIndex { $0 == colon || $0 == semicolon } ?? bytes.endIndex
        let written = bytes[..<nameEnd]
        let isCapital = written.allSatisfy { 0x41...0x5A ~= $0 || 0x2D...0x39 ~= $0 }
        name = String(decoding: written, as: UTF8.self)
        if !isCapital { name = name.uppercased() }
        self.isCut = isCut
        let valueColon: Int?
        if ContentLine.isDate(name) {
            valueColon = bytes[nameEnd...].lastIndex(of: colon)
        } else {
            var isQuoted = false
            valueColon =
                bytes[nameEnd...].firstIndex { byte in
                    if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                    return byte == colon && !isQuoted
                } ?? bytes[nameEnd...].firstIndex(of: colon)
        }
        parameters = bytes[nameEnd..<(valueColon ?? bytes.endIndex)]
        value = valueColon.map { bytes[($0 + 1)...] } ?? []
    }

    /// Whether the value is nothing but white space.
    var isEmpty: Bool {
        // One that a visible character of ASCII begins is not.
        value.first.map { 0x21...0x7E ~= $0 } == true ? false : token.isEmpty
    }

    /// The value as text, without white space around it; for names and tokens.
    var token: String {
        String(decoding: value, as: UTF8.self).trimmingWhitespace
    }
}

/// The unfolded lines of an iCalendar stream (RFC 5545 3.1).
///
/// Lines end in CRLF, LF or CR; a line that begins with a space or a tab goes on with the one
/// before. A byte order mark and empty lines are passed over.
struct ContentLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes
        position = bytes.starts(with: mark) ? mark.count : 0
    }

    mutating func next() -> ContentLine? {
        if let line = nextUnfolded() { return ContentLine(line, isCut: false) }
        return nextText().map { ContentLine($0.text[...], isCut: $0.isCut) }
    }

    /// The next line where it is not empty and nothing is folded under it, as it lies in the
    /// stream; nil else.
    private mutating func nextUnfolded() -> ArraySlice<UInt8>? {
        while position < bytes.endIndex, isLineEnd(bytes[position]) { position += 1 }
        guard position < bytes.endIndex, !isFold(bytes[position]) else { return nil }
        let end = bytes[position...].firstIndex(where: isLineEnd) ?? bytes.endIndex
        var next = end
        while next < bytes.endIndex, isLineEnd(bytes[next]) { next += 1 }
        guard next == bytes.endIndex || !isFold(bytes[next]),
            end - position <= ICalendarLimits.lineBytes
        else { return nil }
        defer { position = next }
        return bytes[position..<end]
    }

    /// The next line that is not empty, with what is folded under it.
    private mutating func nextText() -> (text: [UInt8], isCut: Bool)? {
        var text: [UInt8] = []
        var isCut = false
        while position < bytes.endIndex {
            let isFolded = isFold(bytes[position])
            if !text.isEmpty, !isFolded, !isLineEnd(bytes[position]) { break }
            let start = isFolded ? position + 1 : position
            let end = bytes[start...].firstIndex(where: isLineEnd) ?? bytes.endIndex
            position = Swift.min(end + 1, bytes.endIndex)
            let room = ICalendarLimits.lineBytes - text.count
            isCut = isCut || end - start > room
            text += bytes[start..<Swift.min(end, start + room)]
        }
        return text.isEmpty ? nil : (text, isCut)
    }

    private func isFold(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D
    }
}

extension String {
    var trimmingWhitespace: String {
        // A character that a visible one of ASCII begins or ends is no white space.
        if let first = utf8.first, let last = utf8.last, 0x21...0x7E ~= first, 0x21...0x7E ~= last {
            return self
        }
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
