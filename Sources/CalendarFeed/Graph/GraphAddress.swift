import Foundation
import Web

/// Which calendar: a mailbox's primary one (`anna@example.com`), or another of its calendars
/// (`anna@example.com/CALENDAR-ID`).
struct GraphAddress: Sendable {
    /// What limits and waits are counted by.
    let mailbox: String
    private let calendar: String?

    /// - Throws: ``RemoteFailure`` `notFound` where `text` names no mailbox.
    init(_ text: String) throws(RemoteFailure) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            .map { String($0).trimmingWhitespace }
        guard let mailbox = parts.first, !mailbox.isEmpty else {
            throw RemoteFailure(
                .notFound,
                "the calendar address is empty: write the mailbox's mail address, or "
                    + "ADDRESS/CALENDAR-ID"
            )
        }
        self.mailbox = mailbox.lowercased()
        calendar = parts.count == 2 && !parts[1].isEmpty ? parts[1] : nil
    }

    /// The calendar's path behind the endpoint. Events of a calendar that somebody else shares
    /// are found below that calendar only (keeper.sh#409).
    var path: String {
        let user = "/users/" + Self.escaped(mailbox)
        return calendar.map { "\(user)/calendars/\(Self.escaped($0))" } ?? user
    }

    /// One segment of a path; identifiers are base64 and may hold `/`, `+` and `=`.
    static func escaped(_ segment: String) -> String {
        segment.addingPercentEncoding(withAllowedCharacters: plain) ?? segment
    }

    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@"
    )
}
