import Foundation

/// Where a load ended.
struct CalDAVCursor: CursorText, Equatable, Sendable {
    var version = Self.currentVersion
    /// The address that the cursor belongs to.
    var start: String
    var place: CalDAVPlace
    /// Whether the server refuses a sync token that it never gave. One that does not answers old
    /// tokens with a list of members, without removals, and its tokens are not used. Nil where
    /// that is not known.
    var rejectsUnknownTokens: Bool?
    /// By the name of the calendar.
    var calendars: [String: Entry] = [:]

    struct Entry: Codable, Equatable, Sendable {
        /// Nil: what changed is found by comparing entity tags.
        var syncToken: String?
        var changeTag: String?
    }

    /// Whether a calendar has a change tag, and no sync token.
    var hasChangeTags: Bool {
        calendars.values.contains { $0.syncToken == nil && $0.changeTag != nil }
    }

    static let currentVersion = 1

    init(start: String, place: CalDAVPlace, rejectsUnknownTokens: Bool?) {
        self.start = start
        self.place = place
        self.rejectsUnknownTokens = rejectsUnknownTokens
    }

    /// Nil where `text` is none of our cursors for `start`.
    init?(_ text: String, start: String) {
        guard let cursor = Self(text: text), cursor.start == start else { return nil }
        self = cursor
    }
}

/// Where the calendars of an address are.
struct CalDAVPlace: Codable, Equatable, Sendable {
    /// Paths of calendar homes, or of the one calendar that the address names.
    var paths: [String]
    var isCalendar: Bool
    /// What the server says that the user is written to as (RFC 6638 2.4.1), lower case.
    var mailAddresses: [String] = []
}
