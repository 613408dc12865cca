/// Entity tags (RFC 9110 8.8.3) as they are compared here: servers tell one and the same with
/// and without quotes and weakness mark in different answers.
enum EntityTag {
    static func normalised(_ text: String) -> String {
        var tag = text.trimmingBlanks()[...]
        if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
        if tag.hasPrefix("\""), tag.hasSuffix("\""), tag.utf8.count >= 2 {
            tag = tag.dropFirst().dropLast()
        }
        return String(tag)
    }
}
