import Foundation

/// Where a load ended.
struct EWSCursor: CursorText, Equatable, Sendable {
    var version = Self.currentVersion
    /// The server and the mailbox that the cursor belongs to.
    var start: String
    /// Of `SyncFolderItems`: what changes from here on is not taken in yet. Never to be cut.
    var syncState: String
    /// What was read whole, and how; nil where something has to be asked for again.
    var reading: Reading?

    /// Which bookings were read, and what of them.
    struct Reading: Codable, Equatable, Sendable {
        /// Seconds since 1970-01-01T00:00:00Z.
        var from: Int
        var to: Int
        /// The choice property that was asked for.
        var choiceProperty: String?
        /// The zone in which dates of unknown zones were looked at.
        var timeZone: String

        init(_ window: Range<Date>, choiceProperty: String?, timeZone: TimeZone) {
            from = Int(window.lowerBound.timeIntervalSince1970)
            to = Int(window.upperBound.timeIntervalSince1970)
            self.choiceProperty = choiceProperty
            self.timeZone = timeZone.identifier
        }

        /// Whether this still does for `wanted`: the windows of loads are wider than what is
        /// looked at, and move with every load, so a day at either end is no matter.
        func reaches(_ wanted: Reading) -> Bool {
            choiceProperty == wanted.choiceProperty && timeZone == wanted.timeZone
                && from <= wanted.from + 86_400 && to >= wanted.to - 86_400
        }
    }

    static let currentVersion = 1

    init(start: String, syncState: String, reading: Reading?) {
        self.start = start
        self.syncState = syncState
        self.reading = reading
    }

    /// Nil where `text` is none of our cursors for `start`.
    init?(_ text: String, start: String) {
        guard let cursor = Self(text: text), cursor.start == start else { return nil }
        self = cursor
    }
}
