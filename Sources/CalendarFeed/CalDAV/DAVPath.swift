import Foundation

/// The path of a resource, as servers write it and as it is compared.
///
/// Servers percent-encode the same path differently in different answers, so the bytes that a
/// server wrote are only for asking it again; names that are stored and compared are decoded.
struct DAVPath: Hashable, Sendable {
    /// The path as it goes into a request.
    var encoded: String
    /// The decoded path. `%2F` and `%25` stay as they are, or two paths could get one name.
    var name: String

    /// - Parameter encoded: an absolute path, without query.
    init(encoded: String) {
        self.encoded = Self.encodingIllegalBytes(of: encoded)
        self.name = Self.decoded(encoded)
    }

    /// An `href` of an answer (RFC 4918 14.7): a URL, an absolute path, or, against the rules, a
    /// path relative to `base`. Nil where it names another host than `host`.
    init?(href: String, base: DAVPath, host: String) {
        var path = href.prefix { $0 != "?" && $0 != "#" }
        if let scheme = path.firstRange(of: "://") {
            let rest = path[scheme.upperBound...]
            let authority = rest.prefix { $0 != "/" }
            guard Self.host(of: authority) == host.lowercased() else { return nil }
            path = rest[authority.endIndex...]
        }
        if path.isEmpty { path = "/" }
        guard path.hasPrefix("/") else {
            let folder = base.encoded.lastIndex(of: "/").map { base.encoded[...$0] } ?? "/"
            self.init(encoded: "\(folder)\(path)")
            return
        }
        self.init(encoded: String(path))
    }

    /// The name with the slash at its end that collections have, and that some answers leave out.
    var collectionName: String {
        name.hasSuffix("/") ? name : name + "/"
    }

    private static func host(of authority: Substring) -> String {
        let address = authority.split(separator: "@").last ?? authority
        if address.hasPrefix("["), let end = address.firstIndex(of: "]") {
            return address[address.index(after: address.startIndex)..<end].lowercased()
        }
        return address.prefix { $0 != ":" }.lowercased()
    }

    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let value = hexValue(rest.prefix(2)) else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            rest = rest.dropFirst(2)
            if value == UInt8(ascii: "/") || value == UInt8(ascii: "%") {
                bytes.append(byte)
                bytes.append(contentsOf: digits.map { $0 >= 0x61 ? $0 - 0x20 : $0 })
            } else {
                bytes.append(value)
            }
        }
        // Bytes that are no UTF-8 have no name to show: the text stays as it was written.
        return String(validating: bytes, as: UTF8.self) ?? text
    }

    private static func hexValue(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func encodingIllegalBytes(of text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if legalBytes.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += percentEncoded(byte)
            }
        }
        return result
    }

    /// `text` as one segment of a path.
    static func segment(_ text: String) -> String {
        text.utf8.map { byte in
            segmentBytes.contains(byte) ? String(Unicode.Scalar(byte)) : percentEncoded(byte)
        }.joined()
    }

    private static func percentEncoded(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
    }

    /// RFC 3986: unreserved, and `@`, which every server takes as it is.
    private static let segmentBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@".utf8
    )
    private static let legalBytes = segmentBytes.union("/%!$&'()*+,;=:".utf8)
}
