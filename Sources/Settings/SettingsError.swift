/// Everything that is wrong with one or more files of settings, of which nothing was used.
public struct SettingsError: Error, Hashable, Sendable {
    /// By file as read, then by line.
    public var problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems
    }
}

extension SettingsError: CustomStringConvertible {
    /// One problem a line.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
