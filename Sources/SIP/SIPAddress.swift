/// Addresses of users (RFC 3261 19.1).
enum SIPAddress {
    /// The URI of a user; what may not stand in a user part is escaped, `#` as %23.
    static func uri(user: String, domain: String) -> String {
        "sip:\(escaped(user))@\(domain)"
    }

    /// RFC 3261 25.1: `unreserved` and `user-unreserved` stand as they are.
    static func escaped(_ user: String) -> String {
        user.utf8.reduce(into: "") { text, byte in
            if plain.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%"
                text.unicodeScalars.append(figures[Int(byte >> 4)])
                text.unicodeScalars.append(figures[Int(byte & 15)])
            }
        }
    }

    /// The URI within a header such as `"Anna" <sip:anna@example.org>;tag=1`.
    static func uri(in header: String) -> String {
        guard let start = header.firstIndex(of: "<"),
            let end = header[start...].firstIndex(of: ">")
        else {
            return String(header.prefix { $0 != ";" })
        }
        return String(header[header.index(after: start)..<end])
    }

    /// The `tag` of a To or From.
    static func tag(in header: String) -> String? {
        let parameters = header.lastIndex(of: ">").map { header[$0...] } ?? header[...]
        return parameters.firstMatch(of: /;\s*tag=([^;\s]+)/).map { String($0.1) }
    }

    private static let plain = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/".utf8
    )
    private static let figures = Array("0123456789ABCDEF".unicodeScalars)
}
