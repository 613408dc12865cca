import Foundation

/// Where a load ended.
struct GraphCursor: CursorText, Equatable, Sendable {
    var version = Self.currentVersion
    var address: String
    /// The hash of all that is frozen into the link beside the window.
    var query: String
    /// The window that is frozen into the link, in seconds since 1970.
    var windowStart: Int
    var windowEnd: Int
    /// The delta link, as a path behind the endpoint; nil where the mailbox's rounds never end, and
    /// it is read as a view.
    var path: String?
    /// The latest change that was read, in tenths of microseconds since 1970 by the server's
    /// clock: a row that is no later may be one of an event that is gone since.
    var newest: Int?
    /// Events and series that could not be read and are asked for again.
    var unread: [String] = []

    static let currentVersion = 1

    init(address: String, query: String, window: Range<Date>, path: String?) {
        self.address = address
        self.query = query
        self.path = path
        windowStart = Int(window.lowerBound.timeIntervalSince1970)
        windowEnd = Int(window.upperBound.timeIntervalSince1970)
    }

    /// Nil where `text` is none of our cursors for this address, these settings and this window.
    init?(_ text: String, address: String, query: String, window: Range<Date>) {
        guard let cursor = Self(text: text), cursor.address == address,
            cursor.query == query, cursor.reaches(window)
        else { return nil }
        self = cursor
    }

    /// A window moves on by the hour, and what has come into it is not reported
    /// (calendar-apis.md 1.1); loads reach days beyond what is shown.
    private func reaches(_ window: Range<Date>) -> Bool {
        let day = 86_400
        return windowStart <= Int(window.lowerBound.timeIntervalSince1970) + day
            && windowEnd >= Int(window.upperBound.timeIntervalSince1970) - day
    }
}
