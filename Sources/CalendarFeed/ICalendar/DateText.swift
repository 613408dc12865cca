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
        var numbers: [Int] = []
        var digits = 0
        var number = 0
        var rest = text.makeIterator()
        var count = 0
        isUTC = false
        while let byte = rest.next() {
            defer { count += 1 }
            switch (count, byte) {
            case (8, UInt8(ascii: "T")), (8, UInt8(ascii: "t")):
                continue
            case (15, UInt8(ascii: "Z")), (15, UInt8(ascii: "z")):
                isUTC = true
            case (0...7, UInt8(ascii: "0")...UInt8(ascii: "9")),
                (9...14, UInt8(ascii: "0")...UInt8(ascii: "9")):
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                if digits == (numbers.isEmpty ? 4 : 2) {
                    numbers.append(number)
                    (number, digits) = (0, 0)
                }
            default:
                return nil
            }
        }
        hasTime = count >= 15
        guard count == 8 || count == 15 || (count == 16 && isUTC) else { return nil }
        guard
            let wall = WallTime(
                year: numbers[0],
                month: numbers[1],
                day: numbers[2],
                hour: hasTime ? numbers[3] : 0,
                minute: hasTime ? numbers[4] : 0,
                second: hasTime ? numbers[5] : 0
            )
        else { return nil }
        self.wall = wall
    }
}
