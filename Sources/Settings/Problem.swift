/// One thing that is wrong with a file of settings.
public struct Problem: Hashable, Sendable {
    /// The file as it was named to the program.
    public var file: String
    /// The line it stands on, from 1; nil where the file as a whole is meant.
    public var line: Int?
    /// What the line is part of, where a file holds many alike: a row, a rule case.
    public var entry: String?
    /// The keys that lead to the value, joined by points, or the column; nil where none does.
    ///
    /// An entry of a list is named by its `id` or `name`, else by its place from 1.
    public var key: String?
    /// What is wrong, and what is allowed. Quotes no secret and no text of a booking.
    public var message: String

    public init(
        file: String,
        line: Int? = nil,
        entry: String? = nil,
        key: String? = nil,
        message: String
    ) {
        self.file = file
        self.line = line
        self.entry = entry
        self.key = key
        self.message = message
    }
}

extension Problem: CustomStringConvertible {
    /// As `file:line: entry: key: message`, without what there is none of.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return [place, entry, key, message].compactMap { $0 }.joined(separator: ": ")
    }
}
