/// One value of a YAML file, with the keys that lead to it and the line it stands on.
///
/// Scalars keep the text that the file has. What it means is decided where the value is read,
/// by what is expected there: `no` is Norwegian as a language and false as a switch.
package struct SettingsValue {
    /// The keys that lead here, joined by points; empty for a whole document.
    package var path: String
    /// From 1.
    package var line: Int
    package var content: Content

    package enum Content {
        /// Nothing, `~` or `null`.
        case null
        /// A text; plain where it stands without quotes.
        case scalar(String, isPlain: Bool)
        case list([SettingsValue])
        case map([Member])
    }

    package struct Member {
        package var key: String
        package var keyLine: Int
        package var value: SettingsValue
    }

    /// What stands here, in a word, for messages.
    var kindName: String {
        switch content {
        case .null: "nothing"
        case .scalar: "a single value"
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// The path of a key of this map.
    package func path(to key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }
}
