import Foundation
import Web

/// A value that is not as the OpenAPI document of the exchange says.
struct NotAsDocumented: Error {}

extension JSONReader {
    /// Hands the document's root, an object in which no name stands twice, to `body`.
    ///
    /// - Throws: ``NotAsDocumented``, `RemoteFailure` `malformed`, and what `body` throws.
    func readObject<Result>(
        _ bytes: [UInt8],
        _ body: (JSONElement) throws -> Result
    ) throws -> Result {
        try read(bytes) { root in
            guard root.isObject, root.hasUniqueNames else { throw NotAsDocumented() }
            return try body(root)
        }
    }
}

// All throw where the member is there and of another type, or is missing and needed.
extension JSONElement {
    func needed<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw NotAsDocumented() }
        return value
    }

    /// Text of at most so many characters, without U+0000, which no database holds.
    func text(_ name: StaticString, most: Int) throws -> String {
        try needed(try optionalText(name, most: most))
    }

    func optionalText(_ name: StaticString, most: Int) throws -> String? {
        guard let member = self[name] else { return nil }
        guard let text = member.string, text.unicodeScalars.count <= most, !text.utf8.contains(0)
        else { throw NotAsDocumented() }
        return text
    }

    func flag(_ name: StaticString) throws -> Bool {
        try needed(self[name]?.bool)
    }

    func whole(_ name: StaticString, in range: ClosedRange<Int>) throws -> Int {
        try needed(try optionalWhole(name, in: range))
    }

    func optionalWhole(_ name: StaticString, in range: ClosedRange<Int>) throws -> Int? {
        guard let member = self[name] else { return nil }
        guard let number = member.int, range.contains(number) else { throw NotAsDocumented() }
        return number
    }

    func key(_ name: StaticString) throws -> UUID {
        try needed(try optionalKey(name))
    }

    func optionalKey(_ name: StaticString) throws -> UUID? {
        guard let text = try optionalText(name, most: 36) else { return nil }
        return try needed(UUID(uuidString: text))
    }

    func instant(_ name: StaticString) throws -> Date {
        try needed(try optionalInstant(name))
    }

    /// From 1970 to 9999, in whole seconds; parts of a second are dropped.
    func optionalInstant(_ name: StaticString) throws -> Date? {
        guard let text = try optionalText(name, most: 64) else { return nil }
        guard let instant = Date(internetTime: text),
            0..<253_402_300_800 ~= instant.timeIntervalSince1970
        else { throw NotAsDocumented() }
        return instant
    }

    func strings(_ name: StaticString, most: Int) throws -> [String] {
        try needed(try optionalStrings(name, most: most))
    }

    func optionalStrings(_ name: StaticString, most: Int) throws -> [String]? {
        guard let member = self[name] else { return nil }
        let texts = try needed(member.values).map { try needed($0.string) }
        guard texts.count <= most else { throw NotAsDocumented() }
        return texts
    }
}

extension Date {
    /// An instant as RFC 3339 writes it, with any offset; parts of a second are dropped.
    init?(internetTime text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { 0x30...0x39 ~= $0 }
        }
        let plain = String(decoding: bytes[..<19] + rest, as: UTF8.self).uppercased()
        let form = "dddd-dd-ddTdd:dd:dd"
        let shape = plain.utf8.map { 0x30...0x39 ~= $0 ? UInt8(ascii: "d") : $0 }
        guard
            ["\(form)Z", "\(form)+dd:dd", "\(form)-dd:dd"].contains(
                String(decoding: shape, as: UTF8.self)
            ),
            let instant = try? Date.ISO8601FormatStyle().parse(plain)
        else { return nil }
        self = instant
    }
}
