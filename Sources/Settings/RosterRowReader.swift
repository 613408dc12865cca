import Foundation

/// Reads the records of a roster behind the first.
struct RosterRowReader {
    let columns: RosterColumns
    let sources: [String]
    let timeZone: TimeZone
    let language: Language
    let reader: SettingsReader

    /// The users of `records`; those with a problem, which is reported, are left out.
    func users(in records: some Sequence<CSVRecords.Record>) -> [RosterUser] {
        var users: [RosterUser] = []
        var rowOfKey: [String: Int] = [:]
        var rowOfExtension: [String: Int] = [:]
        for record in records where record.isWhole {
            reader.entry = "row \(record.row)"
            guard record.fields.count == columns.count else {
                reader.report(
                    "\(count(record.fields.count, "field")), where the first row has "
                        + "\(count(columns.count, "column"))",
                    line: record.line
                )
                continue
            }
            let row = Row(record: record, columns: columns, reader: reader)
            let key = row.key
            reportRepeated(key, in: row, .key, first: &rowOfKey)
            let number = row.extension
            reportRepeated(number, in: row, .extension, first: &rowOfExtension)
            let name = row.required(.name)
            let calendars = row.calendars(sources: sources)
            let services = row.services
            let timeZone = row.timeZone(else: timeZone)
            let language = row.language(else: language)
            let mailAddresses = row.mailAddresses
            guard let key, let name, let number, let timeZone, let language else { continue }
            users.append(
                RosterUser(
                    row: record.row,
                    line: record.line,
                    key: key,
                    name: name,
                    extension: number,
                    calendars: calendars,
                    timeZone: timeZone,
                    language: language,
                    mailAddresses: mailAddresses,
                    hasCalendar: services.contains("calendar"),
                    hasDiversion: services.contains("diversion")
                )
            )
        }
        reader.entry = nil
        return users
    }

    private func reportRepeated(
        _ text: String?,
        in row: Row,
        _ column: RosterColumns.Name,
        first: inout [String: Int]
    ) {
        guard let text else { return }
        if let earlier = first[text] {
            row.report("\(reader.quoted(text)) stands already in row \(earlier)", column)
        } else {
            first[text] = row.record.row
        }
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

/// One record of a roster, read column by column.
private struct Row {
    let record: CSVRecords.Record
    let columns: RosterColumns
    let reader: SettingsReader

    func report(_ message: String, _ column: RosterColumns.Name) {
        reader.report(message, line: record.line, key: column.rawValue)
    }

    /// The field of a column that must not be empty, in one line.
    func required(_ column: RosterColumns.Name) -> String? {
        guard let text = columns[column, of: record] else { return nil }
        let isPrintable = !text.unicodeScalars.contains {
            $0.properties.generalCategory == .control
        }
        guard !text.isEmpty, isPrintable else {
            report(
                text.isEmpty
                    ? "a value is missing here" : "must be one line, without control characters",
                column
            )
            return nil
        }
        return text
    }

    var key: String? {
        guard let key = required(.key) else { return nil }
        guard !key.contains(where: \.isWhitespace) else {
            report("\(reader.quoted(key)) holds white space; allowed: one word", .key)
            return nil
        }
        return key
    }

    var `extension`: String? {
        guard let text = required(.extension) else { return nil }
        guard text.wholeMatch(of: /[0-9]{2,15}/) != nil else {
            report("\(reader.quoted(text)) is no extension; allowed: 2 to 15 digits", .extension)
            return nil
        }
        return text
    }

    func calendars(sources: [String]) -> [CalendarAddress] {
        var calendars: [CalendarAddress] = []
        for word in words(.calendar) {
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, !word.hasPrefix(":") else {
                report(
                    "\(reader.quoted(word)) is no calendar; allowed: source:address",
                    .calendar
                )
                continue
            }
            guard sources.contains(parts[0]) else {
                report(
                    "\(reader.quoted(parts[0])) is no calendar source"
                        + SettingsReader.allowed(sources, insteadOf: parts[0]),
                    .calendar
                )
                continue
            }
            let calendar = CalendarAddress(source: parts[0], address: parts[1])
            if calendars.contains(calendar) {
                report("\(reader.quoted(word)) stands twice", .calendar)
            }
            calendars.append(calendar)
        }
        return calendars
    }

    var services: Set<String> {
        let known = ["calendar", "diversion"]
        let services = words(.services)
        for service in services where !known.contains(service) {
            report(
                "\(reader.quoted(service)) is no service"
                    + SettingsReader.allowed(known, insteadOf: service),
                .services
            )
        }
        return Set(services)
    }

    func timeZone(else fallback: TimeZone) -> TimeZone? {
        guard let name = columns[.timezone, of: record], !name.isEmpty else { return fallback }
        guard let timeZone = SettingsReader.timeZone(named: name) else {
            report(SettingsReader.noTimeZone(name, quoted: reader.quoted(name)), .timezone)
            return nil
        }
        return timeZone
    }

    func language(else fallback: Language) -> Language? {
        guard let name = columns[.language, of: record], !name.isEmpty else { return fallback }
        guard let language = Language(rawValue: name) else {
            let known = Language.allCases.map(\.rawValue)
            report(
                "\(reader.quoted(name)) is no language; allowed: \(known.joined(separator: ", "))",
                .language
            )
            return nil
        }
        return language
    }

    var mailAddresses: [String] {
        var addresses: [String] = []
        for word in words(.mail) {
            guard word.wholeMatch(of: /[^@]+@[^@]+/) != nil else {
                report("\(reader.quoted(word)) is no mail address; allowed: name@domain", .mail)
                continue
            }
            let address = word.lowercased()
            if !addresses.contains(address) {
                addresses.append(address)
            }
        }
        return addresses
    }

    /// The words of a field, separated by white space or bars.
    private func words(_ column: RosterColumns.Name) -> [String] {
        (columns[column, of: record] ?? "")
            .split { $0.isWhitespace || $0 == "|" }
            .map(String.init)
    }
}
