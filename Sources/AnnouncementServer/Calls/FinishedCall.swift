import Announcements
import Foundation

/// What is told of a call that is over: one line of JSON.
///
/// A reason that must not be told does not stand there either.
struct FinishedCall: Encodable {
    enum End: String, Encodable {
        case played
        case callerHungUp = "caller hung up"
        case cancelled
        case notAcknowledged = "not acknowledged"
        /// The caller's answer to our offer had no place to send sound to.
        case noSound = "no sound possible"
        /// The sound could not be made.
        case failed
        /// The server was ended meanwhile.
        case stopped
    }

    /// Seconds since 1970.
    let at: Double
    let callID: String
    let text: String
    let language: String
    let end: End
    let reason: String
    let until: String?
    let packets: Int
    /// Who was called at first, where the telephone system tells it (RFC 5806).
    let diversion: String?

    private enum CodingKeys: String, CodingKey {
        case at
        case callID = "call_id"
        case text, language, end, reason, until, packets, diversion
    }

    init(_ call: Call, _ end: End, at now: Date) {
        at = (now.timeIntervalSince1970 * 1_000).rounded() / 1_000
        callID = call.invite.callID
        text = call.request.announcement.text
        language = call.request.announcement.language.rawValue
        self.end = end
        reason = call.request.reason
        until = call.request.until
        packets = call.stream?.packets ?? 0
        diversion = call.invite.message.first("diversion")
    }

    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
