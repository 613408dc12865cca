/// What the organisation is made from; the same settings give the same organisation.
struct OrganisationSettings: Sendable {
    static let domain = "exempel.example"

    var mailboxCount: Int
    /// How many bookings of each mailbox begin within ``period``.
    var bookingCount: Int
    var seed: UInt64
    var around: Day
    /// Adds the mailboxes of ``SpecialMailbox``.
    var hasSpecials: Bool

    /// The six weeks from a week before `around`.
    var period: Range<Day> { around.advanced(by: -7)..<around.advanced(by: 35) }
}

/// Mailboxes beside the ordinary ones.
enum SpecialMailbox: String, CaseIterable, Sendable {
    /// 10,000 bookings.
    case big
    /// A daily series without end that began years ago, beside ordinary bookings.
    case endless
    /// A title of 255 emoji.
    case emoji
    /// Two events with one number, and so one id in every protocol.
    case twins
}
