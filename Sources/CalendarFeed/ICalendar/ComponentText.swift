import Foundation

/// The text of one VEVENT, STANDARD or DAYLIGHT, cleaned.
///
/// Only the properties that are read are let through. Dates and rules are looked at here,
/// because libical takes impossible dates and turns an event whose rule it refuses into a
/// single one (recurrence.md, pitfalls).
struct ComponentText: Sendable {
    private let name: String
    private var lines: [Line] = []
    /// What it says, where all of it is plain; else libical is to parse ``bytes``.
    private(set) var plain: [PlainProperty]? = []
    /// The values of RRULE and EXRULE, which are cleaned by ``RecurrenceRule``.
    private(set) var rules: [String] = []
    private(set) var exceptionRules: [String] = []
    /// The properties that were given, whether or not libical reads them.
    private(set) var given = PropertyNames()
    /// What makes the whole component unreadable, by property.
    private(set) var faults: [PropertyName: String] = [:]
    /// What was left out of a component that can be read all the same.
    private(set) var notes: [String] = []
    /// The same for the same text but for its version marks; stands in for a missing UID.
    private(set) var fingerprint = StableHash()

    private struct Line {
        var name: PropertyName
        var parameters: ArraySlice<UInt8>
        var value: ArraySlice<UInt8>
    }

    init(_ name: String) {
        self.name = name
    }

    /// What libical is to parse, with BEGIN and END.
    var bytes: [UInt8] {
        var bytes = Array("BEGIN:\(name)\r\n".utf8)
        for line in lines {
            bytes += line.name.text.utf8
            bytes += line.parameters
            bytes.append(UInt8(ascii: ":"))
            bytes += line.value
            bytes += "\r\n".utf8
        }
        bytes += "END:\(name)\r\n".utf8
        return bytes
    }

    mutating func add(_ line: ContentLine) {
        guard let name = PropertyName(text: line.name) else { return }
        let isVersionMark = name == .stamp || name == .lastModified
        if !isVersionMark, name != .sequence {
            fingerprint.add(line.name.utf8)
            fingerprint.add(line.parameters)
            fingerprint.add(line.value)
        }
        // libical tells of an empty value as of an error; it says as much as none.
        guard !line.isEmpty else {
            if name == .choice { notes.append("\(line.name) is empty") }
            return
        }
        given.insert(name)
        let isText = name == .summary || name == .location || name == .description
        guard !line.isCut || isText || name == .attendee else {
            faults[name] = "\(line.name) is longer than \(ICalendarLimits.lineBytes) bytes"
            return
        }
        switch name {
        case .summary, .location, .description:
            let value = line.isCut ? wholeCharacters(of: line.value) : line.value
            append(name, line.parameters, value)
        case .start, .end, .recurrenceID: addDate(name, line, isNeeded: true)
        // A date that only orders versions: without it a component is read as the oldest.
        case .stamp, .lastModified: addDate(name, line, isNeeded: false)
        case .additions, .exclusions: addDates(name, line)
        case .rule: rules.append(line.token)
        case .exceptionRule: exceptionRules.append(line.token)
        default: append(name, line.parameters, line.value)
        }
    }

    private mutating func addDate(_ name: PropertyName, _ line: ContentLine, isNeeded: Bool) {
        let isAsWritten = !line.value.contains { !(0x30...0x5A ~= $0) }
        var text = isAsWritten ? line.value : Array(line.token.uppercased().utf8)[...]
        if var date = DateText(text) {
            // A date all the same.
            let isMidnight = date.hasTime && !date.isUTC && date.wall.isMidnight
            if isMidnight, valueType(of: line) == "DATE" {
                text = text.prefix(8)
                date.hasTime = false
            }
            append(name, line.parameters, text, date: date)
        } else if isNeeded {
            faults[name] = "\(line.name) is no date of the calendar"
        }
    }

    private mutating func addDates(_ name: PropertyName, _ line: ContentLine) {
        let texts = line.token.uppercased().split(separator: ",").map(\.trimmedUTF8)
        let possible = texts.filter { text in
            let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard let start = parts.first, DateText(start) != nil, parts.count <= 2 else {
                return false
            }
            return parts.count == 1 || parts[1].first == UInt8(ascii: "P")
                || DateText(parts[1]) != nil
        }
        if possible.count < texts.count {
            notes.append("\(line.name) names a date that the calendar does not have")
        }
        let isNamed = valueType(of: line) != nil
        for text in possible {
            let isPeriod = text.contains(UInt8(ascii: "/"))
            let parameters =
                isPeriod && !isNamed ? line.parameters + ";VALUE=PERIOD".utf8 : line.parameters
            append(name, parameters, text[...], date: DateText(text))
        }
    }

    /// The VALUE parameter of a date.
    private func valueType(of line: ContentLine) -> Substring? {
        String(decoding: line.parameters, as: UTF8.self).uppercased()
            .split(separator: ";").first { $0.hasPrefix("VALUE=") }?.dropFirst("VALUE=".count)
    }

    private mutating func append(
        _ name: PropertyName,
        _ parameters: ArraySlice<UInt8>,
        _ value: ArraySlice<UInt8>,
        date: DateText? = nil
    ) {
        var parameters = parameters
        if parameters.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") }) {
            parameters = quotingZone(parameters)[...]
        }
        lines.append(Line(name: name, parameters: parameters, value: value))
        if let property = PlainProperty(name, parameters, value, date: date) {
            plain?.append(property)
        } else {
            plain = nil
        }
    }

    /// The parameters with quotes around a TZID that needs them.
    private func quotingZone(_ parameters: ArraySlice<UInt8>) -> [UInt8] {
        let text = String(decoding: parameters, as: UTF8.self)
        guard let start = text.range(of: ";TZID=", options: .caseInsensitive)?.upperBound,
            text[start...].contains(where: { ":,".contains($0) }), !text.contains("\"")
        else { return Array(parameters) }
        let end = text[start...].firstIndex(of: ";") ?? text.endIndex
        return Array("\(text[..<start])\"\(text[start..<end])\"\(text[end...])".utf8)
    }

    /// A cut text without the half character or the half escape at its end.
    private func wholeCharacters(of value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var value = value
        while let last = value.last, last & 0xC0 == 0x80 { value.removeLast() }
        if let last = value.last, last & 0x80 != 0 { value.removeLast() }
        while value.last == UInt8(ascii: "\\") { value.removeLast() }
        return value
    }
}

extension Substring {
    fileprivate var trimmedUTF8: [UInt8] {
        Array(String(self).trimmingWhitespace.utf8)
    }
}
