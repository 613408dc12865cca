/// Reads the values of one file and collects everything that is wrong with them.
///
/// Every reading function returns nil where it reported a problem, so that the reading can go
/// on to the next value; ``finish()`` throws what was collected before anything is used.
package final class SettingsReader {
    package let file: String
    /// What the problems from now on are part of, such as a rule case.
    package var entry: String?
    package private(set) var problems: [Problem] = []

    package init(file: String) {
        self.file = file
    }

    package func report(_ message: String, line: Int? = nil, key: String? = nil) {
        let key = key.flatMap { $0.isEmpty ? nil : $0 }
        problems.append(
            Problem(file: file, line: line, entry: entry, key: key, message: message)
        )
    }

    package func report(_ message: String, at value: SettingsValue) {
        report(message, line: value.line, key: value.path)
    }

    /// Throws a ``SettingsError`` with all problems by line, where there are any.
    package func finish() throws {
        guard !problems.isEmpty else { return }
        // By hand, for the library's sort does not promise to keep the order of equals.
        let byLine = problems.enumerated().sorted {
            ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
        }
        throw SettingsError(byLine.map(\.element))
    }

    /// Reads a map whose keys are `keys` and no others, or nil.
    ///
    /// Where `required` keys are missing they are reported, and the map is still returned.
    package func map(
        _ value: SettingsValue,
        keys: [String],
        required: [String] = []
    ) -> SettingsMap? {
        guard let members = members(value) else { return nil }
        var values: [String: SettingsValue] = [:]
        for member in members {
            if keys.contains(member.key) {
                values[member.key] = member.value
            } else {
                reportUnknown(member, keys: keys)
            }
        }
        for key in required where values[key] == nil {
            report("this key is missing", line: value.line, key: value.path(to: key))
        }
        return SettingsMap(value: value, values: values)
    }

    /// Reads a map with any keys, in the order of the file, or nil.
    package func members(_ value: SettingsValue) -> [SettingsValue.Member]? {
        guard case .map(let members) = value.content else {
            report("a map is wanted here, not \(value.kindName)", at: value)
            return nil
        }
        // The parser finds most of these, but holds "on" and on for two keys.
        var seen: Set<String> = []
        return members.filter { member in
            let isNew = seen.insert(member.key).inserted
            if !isNew {
                report("this key stands twice", line: member.keyLine, key: member.value.path)
            }
            return isNew
        }
    }

    /// Reads a list, or nil.
    package func list(_ value: SettingsValue) -> [SettingsValue]? {
        guard case .list(let values) = value.content else {
            report("a list is wanted here, not \(value.kindName)", at: value)
            return nil
        }
        return values
    }

    /// Reports the keys of `value` that look like a secret in the file.
    func reportSecrets(in members: [SettingsValue.Member]) {
        for member in members where Self.isSecret(member.key) {
            reportUnknown(member, keys: [])
        }
    }

    /// True for password, client_secret and the like.
    private static func isSecret(_ key: String) -> Bool {
        ["password", "secret", "token", "private_key"].contains {
            key.lowercased().hasSuffix($0)
        }
    }

    private func reportUnknown(_ member: SettingsValue.Member, keys: [String]) {
        let message: String
        if Self.isSecret(member.key) {
            let places = keys.filter {
                $0.wholeMatch(of: /(password|secret|key)_(file|env)/) != nil
            }
            let names =
                places.isEmpty
                ? "a key that ends in _file or _env" : places.joined(separator: " or ")
            message = "a secret never stands in this file; \(names) says where it is"
        } else {
            message = "unknown key" + Self.allowed(keys, insteadOf: member.key)
        }
        report(message, line: member.keyLine, key: member.value.path)
    }

    /// The end of a message: what was meant, it seems, and what is allowed.
    static func allowed(_ words: [String], insteadOf text: String) -> String {
        let meant = Nearest.word(to: text, among: words).map { ", did you mean \($0)?" } ?? ";"
        return "\(meant) allowed: \(words.joined(separator: ", "))"
    }
}

/// The values of a map whose keys were checked.
package struct SettingsMap {
    package let value: SettingsValue
    let values: [String: SettingsValue]

    package subscript(key: String) -> SettingsValue? {
        values[key]
    }
}
