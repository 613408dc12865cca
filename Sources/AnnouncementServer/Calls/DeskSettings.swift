import Announcements
import Foundation

/// How calls are answered.
struct DeskSettings: Sendable {
    /// Makes the sound of an announcement, 8,000 bytes a second.
    var speak: @Sendable (Announcement, Law) async throws -> [UInt8]
    /// Where people's clocks on the wall are.
    var timeZone: TimeZone
    /// Spoken where a call names no language, or none that is known.
    var language: SpokenLanguage
    /// How many calls may go on at once.
    var mostCalls: Int
    /// The only addresses that are listened to; nil for all.
    var peers: Set<String>?
    /// What others reach this server by, where that is not the address that it listens on.
    var publicAddress: String?
    /// Where sound is sent from; nil for any free ports.
    var mediaPorts: ClosedRange<Int>?
    var now: @Sendable () -> Date
    /// Takes a line of JSON for each finished call.
    var record: @Sendable (String) -> Void
    /// Takes what people should look into; says nothing of what was spoken.
    var complain: @Sendable (String) -> Void

    func admits(_ host: String) -> Bool {
        peers?.contains(host) ?? true
    }
}
