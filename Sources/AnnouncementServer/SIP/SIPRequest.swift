/// A request with all that must stand in it (RFC 3261 8.1.1).
struct SIPRequest: Sendable {
    let message: SIPMessage
    let method: String
    let uri: String
    let topVia: SIPVia
    let callID: String
    let fromTag: String
    let toTag: String?
    let sequence: Int

    /// Nil where something is missing or contradicts itself.
    init?(_ message: SIPMessage) {
        guard case .request(let method, let uri) = message.startLine,
            let via = message.all("via").first.flatMap(SIPVia.init),
            let from = message.first("from"), let to = message.first("to"),
            let callID = message.first("call-id"), !callID.isEmpty,
            let written = message.first("cseq")
        else { return nil }
        let (number, sequenceMethod) = SIPText.cut(written, at: " ")
        guard let sequence = SIPText.number(number, atMost: 1 << 31), sequenceMethod == method
        else { return nil }
        self.message = message
        self.method = method
        self.uri = uri
        self.topVia = via
        self.callID = callID
        self.sequence = sequence
        fromTag = SIPText.parameters(from)["tag"] ?? ""
        toTag = SIPText.parameters(to)["tag"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What a caller's requests of one dialog have in common, together with our own tag.
    var dialog: DialogKey {
        DialogKey(callID: callID, callerTag: fromTag)
    }

    /// An answer, with what an answer repeats (8.2.6.2).
    ///
    /// - Parameters:
    ///   - tag: Ours, where the request has none yet.
    ///   - source: Where the request came from, which the sender may not know (18.2.1, RFC 3581).
    func response(
        _ status: SIPStatus,
        tag: String? = nil,
        to source: Endpoint
    ) -> SIPMessage {
        var answer = SIPMessage(.response(status: status.code, reason: status.reason))
        for (index, via) in message.all("via").enumerated() {
            answer.add("via", index == 0 ? topVia.received(from: source) : via)
        }
        if status.code < 300 {
            for route in message.all("record-route") { answer.add("record-route", route) }
        }
        answer.add("from", message.first("from") ?? "")
        let to = message.first("to") ?? ""
        answer.add("to", toTag == nil ? tag.map { "\(to);tag=\($0)" } ?? to : to)
        answer.add("call-id", callID)
        answer.add("cseq", "\(sequence) \(method)")
        return answer
    }
}

/// Names a dialog as seen from here, before and after it has our own tag.
struct DialogKey: Hashable, Sendable {
    let callID: String
    let callerTag: String
}

/// How a request is answered.
struct SIPStatus: Equatable, Sendable {
    let code: Int
    let reason: String

    static let trying = SIPStatus(code: 100, reason: "Trying")
    static let ok = SIPStatus(code: 200, reason: "OK")
    static let badRequest = SIPStatus(code: 400, reason: "Bad Request")
    static let noSuchAnnouncement = SIPStatus(code: 404, reason: "Announcement Not Found")
    static let methodNotAllowed = SIPStatus(code: 405, reason: "Method Not Allowed")
    static let unsupportedMedia = SIPStatus(code: 415, reason: "Unsupported Media Type")
    static let badExtension = SIPStatus(code: 420, reason: "Bad Extension")
    static let noSuchCall = SIPStatus(code: 481, reason: "Call/Transaction Does Not Exist")
    static let loop = SIPStatus(code: 482, reason: "Loop Detected")
    static let busy = SIPStatus(code: 486, reason: "Busy Here")
    static let terminated = SIPStatus(code: 487, reason: "Request Terminated")
    static let notAcceptable = SIPStatus(code: 488, reason: "Not Acceptable Here")
    static let serverError = SIPStatus(code: 500, reason: "Server Internal Error")
    static let notImplemented = SIPStatus(code: 501, reason: "Not Implemented")
    static let unavailable = SIPStatus(code: 503, reason: "Service Unavailable")
}
