import AbsenceModel
import Foundation

/// An instant as Exchange writes it, in whole seconds since 1970-01-01T00:00:00Z.
///
/// XML Schema's dateTime: `2026-11-23T09:00:00Z`, with an offset, or with neither, which is UTC
/// where no zone was asked for; fractions of a second are cut.
enum EWSTime {
    /// Nil where `text` is no such time.
    static func instant(_ text: String) -> Int? {
        let bytes = Array(text.trimmingBlanks().utf8)
        guard let wall = bytes.withUnsafeBytes({ WallTime(dateTime: $0) }),
            bytes[10] | 0x20 == letterT
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { 0x30...0x39 ~= $0 }
        }
        switch rest.first {
        case nil:
            return wall.seconds
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            return rest.count == 1 ? wall.seconds : nil
        case UInt8(ascii: "+"), dash:
            let isEast = rest.first != dash
            rest = rest.dropFirst()
            guard rest.count == 5, rest[rest.startIndex + 2] == colon,
                let hours = number(rest.prefix(2)), let minutes = number(rest.suffix(2))
            else { return nil }
            let offset = hours * 3600 + minutes * 60
            return wall.seconds - (isEast ? offset : -offset)
        default:
            return nil
        }
    }

    private static let dash = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")
    private static let letterT = UInt8(ascii: "t")

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { 0x30...0x39 ~= $0 }
            ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    }
}
