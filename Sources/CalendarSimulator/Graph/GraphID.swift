import HTTPServing

/// The id of an event in Graph: case counts, and the two kinds of ids differ.
struct GraphID: Equatable {
    private static let ordinary = "AAMkAG"
    private static let immutable = "AAkALg"

    /// The event's number in its mailbox.
    var number: Int
    /// The day of an occurrence or exception; nil for masters and single events.
    var day: Day?

    init(number: Int, day: Day? = nil) {
        self.number = number
        self.day = day
    }

    init(_ occurrence: Occurrence) {
        self.init(
            number: occurrence.event.number,
            day: occurrence.event.recurrence == nil ? nil : occurrence.originalDay
        )
    }

    /// Reads an id of either kind; nil where it is none of this mailbox.
    init?(_ text: String, mailbox: Int) {
        guard text.hasPrefix(Self.ordinary) || text.hasPrefix(Self.immutable), text.hasSuffix("=")
        else { return nil }
        let parts = text.dropFirst(Self.ordinary.count).dropLast()
            .split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count >= 2, parts.count <= 3, parts[0] == mailbox, let number = parts[1]
        else { return nil }
        self.number = number
        if parts.count == 3 {
            guard let day = parts[2] else { return nil }
            self.day = Day(day)
        }
    }

    func append(to bytes: inout [UInt8], mailbox: Int, isImmutable: Bool) {
        bytes.append(contentsOf: (isImmutable ? Self.immutable : Self.ordinary).utf8)
        bytes.appendDecimal(mailbox)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(number)
        if let day {
            bytes.append(UInt8(ascii: "-"))
            bytes.appendDecimal(day.number)
        }
        bytes.append(UInt8(ascii: "="))
    }
}
