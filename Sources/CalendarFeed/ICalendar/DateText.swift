/// A date or a date with a time, as RFC 5545 3.3.4 and 3.3.5 write them.
///
/// libical accepts the month 13, the 30 February and hours of one digit, so whatever it is to
/// read passes here first.
struct DateText: Equatable, Sendable {
    var wall: WallTime
    var hasTime: Bool
    var isUTC: Bool

    /// Reads `20261123`, `20261123T080000` or `20261123T080000Z`; nil for everything else.
    init?(_ text: some Collection<UInt8>) {
        var fields = (year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0)
        var count = 0
        isUTC = false
        for byte in text {
            defer { count += 1 }
            if count == 8 {
                guard byte | 0x20 == UInt8(ascii: "t") else { return nil }
                continue
            }
            if count == 15 {
                guard byte | 0x20 == UInt8(ascii: "z") else { return nil }
                isUTC = true
                continue
            }
            guard 0x30...0x39 ~= byte else { return nil }
            let digit = Int(byte - 0x30)
            switch count {
            case ..<4: fields.year = fields.year * 10 + digit
            case ..<6: fields.month = fields.month * 10 + digit
            case ..<8: fields.day = fields.day * 10 + digit
            case ..<11: fields.hour = fields.hour * 10 + digit
            case ..<13: fields.minute = fields.minute * 10 + digit
            case ..<15: fields.second = fields.second * 10 + digit
            default: return nil
            }
        }
        hasTime = count >= 15
        guard count == 8 || count == 15 || (count == 16 && isUTC),
            let wall = WallTime(
                year: fields.year,
                month: fields.month,
                day: fields.day,
                hour: fields.hour,
                minute: fields.minute,
                second: fields.second
            )
        else { return nil }
        self.wall = wall
    }
}
