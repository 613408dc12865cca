public import Foundation

extension Absence {
    /// The absence as a JSON object, as `audit.changes` and exchanges keep it: members by the
    /// columns' names, instants in ISO 8601 with whole seconds, no member where there is no text.
    ///
    /// Written by hand: a large plan writes some for every change, and an encoder takes twenty times
    /// as long.
    public var json: String {
        var text = JSONObject()
        write(to: &text)
        return text.closed
    }

    /// Adds the members to an object.
    public func write(to object: inout JSONObject) {
        object.add("extension", phone)
        object.add("starts_at", startsAt)
        object.add("ends_at", endsAt)
        object.add("kind", kind.rawValue)
        object.add("reason", reason.rawValue)
        object.add("announced_reason", announcedReason.rawValue)
        object.add("back_at", backAt)
        if let shownText { object.add("shown_text", shownText) }
        object.add("target", target.rawValue)
        object.add("ring_seconds", ringSeconds)
    }
}

/// A JSON object while it is written.
public struct JSONObject {
    private var bytes: [UInt8] = []

    public init() {
        bytes.reserveCapacity(400)
    }

    public mutating func add(_ name: StaticString, _ value: String) {
        begin(name)
        Self.append(value, to: &bytes)
    }

    public mutating func add(_ name: StaticString, _ value: Int) {
        begin(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    /// An instant, with whole seconds: what is between is left out.
    public mutating func add(_ name: StaticString, _ value: Date) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        Self.append(value, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func add(_ name: StaticString, _ value: JSONObject) {
        begin(name)
        bytes += value.closedBytes
    }

    public mutating func add(_ name: StaticString, _ values: [JSONObject]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += value.closedBytes
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The whole object, as text.
    public var closed: String { String(decoding: closedBytes, as: UTF8.self) }

    /// The whole object, as text in UTF-8.
    public var closedBytes: [UInt8] {
        (bytes.isEmpty ? [UInt8(ascii: "{")] : bytes) + [UInt8(ascii: "}")]
    }

    private mutating func begin(_ name: StaticString) {
        bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A string with what must be escaped (RFC 8259, section 7).
    private static func append(_ value: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                for digit in [byte >> 4, byte & 15] {
                    bytes.append(digit < 10 ? digit + 0x30 : digit + 0x57)
                }
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `2026-11-26T07:00:00Z`.
    private static func append(_ instant: Date, to bytes: inout [UInt8]) {
        let clock = WallClock(at: instant, in: .gmt)
        append(clock.date.year, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(clock.date.month, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(clock.date.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(clock.hour, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(clock.minute, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(clock.second, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
        var divisor = digits == 4 ? 1000 : 10
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
