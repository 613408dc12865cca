/// One VEVENT, with its times in zones.
struct CalendarEvent: Sendable {
    var uid: String
    /// Which occurrence of its series this takes the place of, or nil for the series itself.
    var recurrenceID: Moment?
    /// RANGE=THISANDFUTURE: it takes the place of the later ones too (RFC 5545 3.2.13).
    var coversFollowing = false
    var version = Version()
    var start: Moment
    var length: EventLength
    var rules: [RecurrenceRule] = []
    var exceptionRules: [RecurrenceRule] = []
    /// RDATE, with the length where it is a PERIOD.
    var additions: [(start: Moment, length: EventLength?)] = []
    /// EXDATE.
    var exclusions: [Moment] = []
    var details: BookingDetails
    /// What was left out in reading, for an administrator.
    var notes: [String] = []

    var isSeries: Bool {
        !rules.isEmpty || !additions.isEmpty
    }

    /// Which of two texts of one event is the newer (RFC 5545 3.8.7.4).
    struct Version: Comparable, Sendable {
        var sequence = 0
        /// LAST-MODIFIED, else DTSTAMP, in seconds.
        var changedAt = 0

        static func < (left: Version, right: Version) -> Bool {
            (left.sequence, left.changedAt) < (right.sequence, right.changedAt)
        }
    }
}
