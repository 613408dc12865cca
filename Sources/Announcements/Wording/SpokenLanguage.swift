/// A language that callers are spoken to in.
public enum SpokenLanguage: String, CaseIterable, Sendable {
    case swedish = "sv"
    /// Bokmål.
    case norwegian = "nb"
    case english = "en"

    /// The language of a locale such as `sv_SE` (RFC 4240 section 3), or nil for another one.
    ///
    /// Norwegian in whatever form (`no`, `nn`) is told in bokmål.
    public init?(locale: String) {
        let language = locale.prefix { $0 != "_" && $0 != "-" }.lowercased()
        switch language {
        case "no", "nn": self = .norwegian
        default: self.init(rawValue: language)
        }
    }
}
