import Foundation

/// Where a load ended.
struct GoogleCursor: CursorText, Equatable, Sendable {
    var version = Self.currentVersion
    var address: String
    /// What the full load asked for, in seconds since 1970: what lies outside was never told.
    var start: Int
    var end: Int
    /// The hash of the parameters that the token holds for; others may not come with it.
    var parameters: String
    var syncToken: String

    static let currentVersion = 1

    init(address: String, window: Range<Date>, parameters: String, syncToken: String) {
        self.address = address
        self.start = Int(window.lowerBound.timeIntervalSince1970)
        self.end = Int(window.upperBound.timeIntervalSince1970)
        self.parameters = parameters
        self.syncToken = syncToken
    }

    /// Nil where `text` is none of our cursors for `address` and `parameters`, or was made for a
    /// window that falls short of `window` by more than a day.
    init?(_ text: String, address: String, parameters: String, window: Range<Date>) {
        let day = 86_400.0
        guard let cursor = Self(text: text), cursor.address == address,
            cursor.parameters == parameters,
            Double(cursor.start) <= window.lowerBound.timeIntervalSince1970 + day,
            Double(cursor.end) >= window.upperBound.timeIntervalSince1970 - day
        else { return nil }
        self = cursor
    }

    /// The same cursor at a later place.
    func moved(to syncToken: String) -> GoogleCursor {
        var cursor = self
        cursor.syncToken = syncToken
        return cursor
    }
}
