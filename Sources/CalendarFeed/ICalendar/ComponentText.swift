import Foundation

/// The text of one VEVENT, STANDARD or DAYLIGHT, cleaned for libical.
///
/// Only the properties that are read are let through. Dates and rules are looked at here,
/// because libical takes impossible dates and turns an event whose rule it refuses into a
/// single one (recurrence.md, pitfalls).
struct ComponentText: Sendable {
    /// What libical is to parse, with BEGIN and END.
    private(set) var bytes: [UInt8]
    /// The values of RRULE and EXRULE, which are cleaned by ``RecurrenceRule``.
    private(set) var rules: [String] = []
    private(set) var exceptionRules: [String] = []
    /// The properties that were given, whether or not libical reads them.
    private(set) var given: Set<String> = []
    /// What makes the whole component unreadable, by property.
    private(set) var faults: [String: String] = [:]
    /// What was left out of a component that can be read all the same.
    private(set) var notes: [String] = []
    /// The same for the same text but for its version marks; stands in for a missing UID.
    private(set) var fingerprint = StableHash()

    private enum Treatment {
        case plain, text, date, dateList, rule, exceptionRule
        /// A date that only orders versions: without it a component is read as the oldest.
        case versionMark
    }

    private static let treatments: [String: Treatment] = [
        "UID": .plain, "SEQUENCE": .plain, "DURATION": .plain,
        "TRANSP": .plain, "STATUS": .plain, "CLASS": .plain,
        "ATTENDEE": .plain, "ORGANIZER": .plain,
        "X-MICROSOFT-CDO-BUSYSTATUS": .plain, "X-MICROSOFT-CDO-ALLDAYEVENT": .plain,
        "X-KALENDERKOPPLING-CHOICE": .plain,
        "TZOFFSETFROM": .plain, "TZOFFSETTO": .plain,
        "SUMMARY": .text, "LOCATION": .text, "DESCRIPTION": .text,
        "DTSTART": .date, "DTEND": .date, "RECURRENCE-ID": .date,
        "DTSTAMP": .versionMark, "LAST-MODIFIED": .versionMark,
        "RDATE": .dateList, "EXDATE": .dateList,
        "RRULE": .rule, "EXRULE": .exceptionRule,
    ]

    init(_ name: String) {
        bytes = Array("BEGIN:\(name)\r\n".utf8)
    }

    mutating func end(_ name: String) {
        bytes += Array("END:\(name)\r\n".utf8)
    }

    mutating func add(_ line: ContentLine) {
        guard let treatment = ComponentText.treatments[line.name] else { return }
        if treatment != .versionMark, line.name != "SEQUENCE" {
            fingerprint.add(line.name.utf8)
            fingerprint.add(line.parameters)
            fingerprint.add(line.value)
        }
        // libical tells of an empty value as of an error; it says as much as none.
        guard !line.isEmpty else {
            if line.name == "X-KALENDERKOPPLING-CHOICE" { notes.append("\(line.name) is empty") }
            return
        }
        given.insert(line.name)
        guard !line.isCut || treatment == .text || line.name == "ATTENDEE" else {
            faults[line.name] = "\(line.name) is longer than \(ICalendarLimits.lineBytes) bytes"
            return
        }
        switch treatment {
        case .plain: append(line, line.value)
        case .text: append(line, line.isCut ? wholeCharacters(of: line.value) : line.value)
        case .date, .versionMark: addDate(line, isNeeded: treatment == .date)
        case .dateList: addDates(line)
        case .rule: rules.append(line.token)
        case .exceptionRule: exceptionRules.append(line.token)
        }
    }

    private mutating func addDate(_ line: ContentLine, isNeeded: Bool) {
        var text = Array(line.token.uppercased().utf8)
        if let date = DateText(text) {
            // A date all the same.
            let isMidnight = date.hasTime && !date.isUTC && date.wall.isMidnight
            if isMidnight, valueType(of: line) == "DATE" { text = Array(text.prefix(8)) }
            append(line, text[...])
        } else if isNeeded {
            faults[line.name] = "\(line.name) is no date of the calendar"
        }
    }

    private mutating func addDates(_ line: ContentLine) {
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
            append(line, text[...], adding: isPeriod && !isNamed ? ";VALUE=PERIOD" : "")
        }
    }

    /// The VALUE parameter of a date.
    private func valueType(of line: ContentLine) -> Substring? {
        String(decoding: line.parameters, as: UTF8.self).uppercased()
            .split(separator: ";").first { $0.hasPrefix("VALUE=") }?.dropFirst("VALUE=".count)
    }

    private mutating func append(
        _ line: ContentLine,
        _ value: ArraySlice<UInt8>,
        adding parameter: String = ""
    ) {
        bytes.append(contentsOf: line.name.utf8)
        if line.parameters.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") }) {
            bytes += quotingZone(line.parameters)
        } else {
            bytes += line.parameters
        }
        bytes.append(contentsOf: parameter.utf8)
        bytes.append(UInt8(ascii: ":"))
        bytes += value
        bytes.append(0x0D)
        bytes.append(0x0A)
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
