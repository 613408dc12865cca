import Foundation
import Web

/// Whose calendar, and which: `anna@example.com`, or `anna@example.com/CALENDAR-ID` for another
/// one than the primary, whose id is the user's address.
struct GoogleAddress: Equatable, Sendable {
    /// As whom we read.
    var user: String
    var calendar: String

    /// - Throws: ``RemoteFailure`` `notFound` where `text` is no such address.
    init(_ text: String) throws(RemoteFailure) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        user = String(parts[0])
        calendar = String(parts.last ?? "")
        let sides = user.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }), !calendar.isEmpty else {
            throw RemoteFailure(
                .notFound,
                "the address is no mail address, nor one with /CALENDAR-ID behind: correct it"
            )
        }
    }
}
