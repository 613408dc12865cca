/// The records of a CSV file as RFC 4180 has it, with the places where they stand.
///
/// SwiftCSV is not used: it knows no line numbers, and ends the process where a quoted field
/// goes on after its closing quote.
struct CSVRecords {
    /// The records, without empty lines.
    private(set) var records: [Record] = []

    struct Record {
        /// Which record of the file it is; the header is 1.
        var row: Int
        /// The line where it begins, from 1; a quoted field may hold line ends.
        var line: Int
        var fields: [String] = []
        /// False where it was reported as broken, and its fields mean nothing.
        var isWhole = true
    }

    /// Reads `text`, whose fields are separated by commas, or by semicolons where the header
    /// has more of them. What breaks the grammar is reported, and reading goes on.
    init(_ text: String, reader: SettingsReader) {
        var parser = Parser(bytes: Array(text.utf8), reader: reader)
        parser.run()
        records = parser.records
    }

    private struct Parser {
        let bytes: [UInt8]
        let reader: SettingsReader
        let delimiter: UInt8
        var position = 0
        var line = 1
        var record = Record(row: 1, line: 1)
        var records: [Record] = []

        init(bytes: [UInt8], reader: SettingsReader) {
            self.bytes = bytes
            self.reader = reader
            let header = bytes.prefix { $0 != .lineFeed }
            let commas = header.count { $0 == .comma }
            let semicolons = header.count { $0 == .semicolon }
            delimiter = semicolons > commas ? .semicolon : .comma
        }

        mutating func run() {
            while position < bytes.count {
                readField()
                if position < bytes.count, bytes[position] == delimiter {
                    position += 1
                    // A delimiter at the very end has an empty field behind it.
                    if position == bytes.count {
                        record.fields.append("")
                    }
                } else {
                    endRecord()
                }
            }
            if !record.fields.isEmpty {
                endRecord()
            }
        }

        /// Reads a field, up to the delimiter, the end of the line or the end of the file.
        private mutating func readField() {
            if position < bytes.count, bytes[position] == .quote {
                readQuotedField()
            } else {
                let field = skipToFieldEnd()
                if field.contains(.quote) {
                    fail("a quote stands inside a field that does not begin with one")
                }
                record.fields.append(String(decoding: field, as: UTF8.self))
            }
        }

        private mutating func readQuotedField() {
            let firstLine = line
            var field: [UInt8] = []
            position += 1
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if byte != .quote {
                    line += byte == .lineFeed ? 1 : 0
                    field.append(byte)
                } else if position < bytes.count, bytes[position] == .quote {
                    field.append(.quote)
                    position += 1
                } else {
                    if !skipToFieldEnd().isEmpty {
                        fail("text stands after the closing quote; within a field, double it")
                    }
                    record.fields.append(String(decoding: field, as: UTF8.self))
                    return
                }
            }
            line = firstLine
            fail("a quote opens here and never closes")
            record.fields.append("")
        }

        /// Moves to the next delimiter, line end or end of file, and returns what it passed.
        private mutating func skipToFieldEnd() -> ArraySlice<UInt8> {
            let rest = bytes[position...]
            let end =
                rest.firstIndex { $0 == delimiter || $0 == .lineFeed || $0 == .carriageReturn }
                ?? bytes.endIndex
            position = end
            return rest[..<end]
        }

        private mutating func endRecord() {
            if position < bytes.count {
                if bytes[position] == .carriageReturn {
                    position += 1
                    if position == bytes.count || bytes[position] != .lineFeed {
                        fail("a carriage return stands alone; allowed line ends: LF and CRLF")
                        position = bytes.count
                    }
                }
                if position < bytes.count, bytes[position] == .lineFeed {
                    position += 1
                }
            }
            if record.fields != [""] || !record.isWhole {
                records.append(record)
            }
            line += 1
            record = Record(row: record.row + 1, line: line)
        }

        /// Reports the first thing that is wrong with a record.
        private mutating func fail(_ message: String) {
            if record.isWhole {
                reader.entry = "row \(record.row)"
                reader.report(message, line: line)
                reader.entry = nil
            }
            record.isWhole = false
        }
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let semicolon = UInt8(ascii: ";")
}
