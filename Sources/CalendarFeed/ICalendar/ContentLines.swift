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
    private static let dateNames: Set<String> = [
        "DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE",
    ]

    /// Takes a line apart. A line without a colon is all name, which nothing looks for.
    init(_ bytes: [UInt8], isCut: Bool) {
        let colon = UInt8(ascii: ":")
        let semicolon = UInt8(ascii: ";")
        let nameEnd = bytes.firstIndex { $0 == colon || $0 == semicolon } ?? bytes.endIndex
        name = String(decoding: bytes[..<nameEnd], as: UTF8.self).uppercased()
        self.isCut = isCut
        let valueColon: Int?
        if ContentLine.dateNames.contains(name) {
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
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        position = self.bytes.startIndex
    }

    mutating func next() -> ContentLine? {
        nextText().map { ContentLine($0.text, isCut: $0.isCut) }
    }

    /// The next line that is not empty, with what is folded under it.
    private mutating func nextText() -> (text: [UInt8], isCut: Bool)? {
        var text: [UInt8] = []
        var isCut = false
        while position < bytes.endIndex {
            let isFolded = bytes[position] == 0x20 || bytes[position] == 0x09
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

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D
    }
}

extension String {
    var trimmingWhitespace: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
