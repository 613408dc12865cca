/// The languages that reasons have labels in.
public enum Language: String, CaseIterable, Codable, Sendable {
    case swedish = "sv"
    case norwegian = "no"
    case english = "en"
}
