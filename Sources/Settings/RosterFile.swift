public import Foundation

/// The users of a customer: the CSV file that `roster import` takes in.
///
/// RFC 4180 in UTF-8, with commas or semicolons. The first row names the columns, in any
/// order: key, name, extension, calendar and services, and where wanted timezone, language
/// and mail. Columns that hold several things separate them by spaces or `|`.
public struct RosterFile: Hashable, Sendable {
    /// In the order of the file, one at least; neither keys nor extensions repeat.
    public let users: [RosterUser]

    /// Reads and checks the whole file.
    ///
    /// - Parameters:
    ///   - sources: The names of the customer's calendar sources.
    ///   - timeZone: For users whose row names none.
    ///   - language: For users whose row names none.
    /// - Throws: ``SettingsError`` with all that is wrong.
    public init(
        _ data: Data,
        file: String,
        sources: [String],
        timeZone: TimeZone,
        language: Language
    ) throws {
        let reader = SettingsReader(file: file)
        let text = SettingsText.decoded(data, reader: reader)
        let records = text.map { CSVRecords($0, reader: reader).records } ?? []
        var users: [RosterUser] = []
        if let header = records.first {
            let columns = RosterColumns(header, reader: reader)
            let rows = RosterRowReader(
                columns: columns,
                sources: sources,
                timeZone: timeZone,
                language: language,
                reader: reader
            )
            if header.isWhole {
                users = rows.users(in: records.dropFirst())
                if records.count == 1 {
                    reader.report("the file holds no users, only the names of the columns")
                }
            }
        } else if reader.problems.isEmpty {
            reader.report("the file is empty")
        }
        try reader.finish()
        self.users = users
    }

    /// Reads the file at `path`. As ``init(_:file:sources:timeZone:language:)``.
    public init(
        contentsOf path: String,
        sources: [String],
        timeZone: TimeZone,
        language: Language
    ) throws {
        try self.init(
            SettingsText.contents(of: path),
            file: path,
            sources: sources,
            timeZone: timeZone,
            language: language
        )
    }
}
