extension WallTime {
    /// The date that `text` begins with, as `2026-11-23`; nil where it does not.
    init?(date text: UnsafeRawBufferPointer) {
        guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = text.number(0..<4), let month = text.number(5..<7),
            let day = text.number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date and the time that `text` begins with, as `2026-11-23T09:00:00`, whatever stands
    /// between the two; nil where it does not. A leap second is the one before it (RFC 3339 5.7).
    init?(dateTime text: UnsafeRawBufferPointer) {
        guard text.count >= 19, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
        else { return nil }
        var isNumber = true
        func pair(_ place: Int) -> Int {
            let zero = UInt8(ascii: "0")
            let (tens, ones) = (text[place] &- zero, text[place + 1] &- zero)
            isNumber = isNumber && tens < 10 && ones < 10
            return 10 * Int(tens) + Int(ones)
        }
        let (year, month, day) = (100 * pair(0) + pair(2), pair(5), pair(8))
        let (hour, minute, second) = (pair(11), pair(14), pair(17))
        guard isNumber else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }
}

extension UnsafeRawBufferPointer {
    /// The number that digits at `places` write; nil where one of them is none.
    func number(_ places: Range<Int>) -> Int? {
        var value = 0
        for place in places {
            guard 0x30...0x39 ~= self[place] else { return nil }
            value = value * 10 + Int(self[place] - 0x30)
        }
        return value
    }
}
