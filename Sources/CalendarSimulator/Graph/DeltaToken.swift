/// What a nextLink or a deltaLink of a calendar view holds. The window is frozen in it.
struct DeltaToken {
    /// What goes wrong in this round, for as long as it lasts.
    struct Flags: OptionSet {
        var rawValue: Int
        static let endless = Flags(rawValue: 1)
        static let replayed = Flags(rawValue: 2)
        static let reordered = Flags(rawValue: 4)
        static let lateMaster = Flags(rawValue: 8)
        static let missingMaster = Flags(rawValue: 16)
        static let falseRemoved = Flags(rawValue: 32)
        static let twins = Flags(rawValue: 64)
    }

    var mailbox: Int
    var window: Range<Instant>
    /// Changes after this revision are told; nil tells all that stands.
    var since: Int?
    /// The organisation's revision when the round began: the next one tells what came after.
    var round: Int
    /// How many of the round's events were delivered, by number: those up to this one.
    var position = Self.start
    /// The position before the last page, which `replayed` delivers once more.
    var lastPosition = Self.start
    /// Pages that follow the last event, of which there are more than one only in faults.
    var extraPages = 0
    var flags: Flags = []

    /// Before every event's number.
    static let start = -1
    /// After every event's number.
    static let end = Int.max

    init(mailbox: Int, window: Range<Instant>, since: Int?, round: Int) {
        self.mailbox = mailbox
        self.window = window
        self.since = since
        self.round = round
    }

    /// Nil where the text is no token of this mailbox.
    init?(_ text: String, mailbox: Int) {
        let parts = text.split(separator: "_").compactMap { Int($0) }
        guard parts.count == 9, parts[0] == mailbox, parts[1] <= parts[2] else { return nil }
        self.init(
            mailbox: mailbox,
            window: Instant(parts[1])..<Instant(parts[2]),
            since: parts[3] < 0 ? nil : parts[3],
            round: parts[4]
        )
        position = parts[5]
        lastPosition = parts[6]
        extraPages = parts[7]
        flags = Flags(rawValue: parts[8])
    }

    var text: String {
        let numbers = [
            mailbox, window.lowerBound.seconds, window.upperBound.seconds, since ?? -1, round,
            position, lastPosition, extraPages, flags.rawValue,
        ]
        return "R_" + numbers.map(String.init).joined(separator: "_")
    }

    /// The token of the round after this one.
    var next: DeltaToken {
        DeltaToken(mailbox: mailbox, window: window, since: round, round: round)
    }
}
