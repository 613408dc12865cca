import Announcements
import NIOCore

/// A call to an announcement, from the INVITE to the last message about it.
///
/// Belongs to the event loop of its desk.
final class Call {
    enum Stage: Equatable {
        /// The sound is being made and a port taken.
        case preparing
        /// 200 was sent; its ACK has not come.
        case answered
        case playing
        /// A final answer other than 200 was sent; its ACK has not come.
        case refused
        /// Our BYE was sent; its answer has not come.
        case leaving
        /// Kept for messages that come late.
        case over
    }

    let invite: SIPRequest
    let request: RequestedAnnouncement
    /// Nil where the caller offers nothing and waits for our offer.
    let offer: SessionOffer?
    /// Where the INVITE came from.
    let source: Endpoint
    /// Ours.
    let tag = SIPRandom.token()
    let session = UInt32.random(in: 1...(.max >> 1))

    var stage = Stage.preparing
    /// What is sent again when the INVITE comes again.
    var answer: SIPMessage
    var sending: Retransmission?
    var stream: SoundStream?
    var media: (any Channel)?
    var sound: [UInt8] = []
    /// What our BYE is known by.
    var byeBranch: String?

    init(
        _ invite: SIPRequest,
        _ request: RequestedAnnouncement,
        _ offer: SessionOffer?,
        from source: Endpoint
    ) {
        self.invite = invite
        self.request = request
        self.offer = offer
        self.source = source
        answer = invite.response(.trying, to: source)
    }

    /// What the sound is made in. Where the caller waits for our offer, that is A-law alone.
    var law: Law { offer?.law ?? .a }

    var isLive: Bool { stage == .preparing || stage == .answered || stage == .playing }

    /// Stops whatever is under way.
    func silence() {
        sending?.stop()
        sending = nil
        stream?.stop()
        media?.close(promise: nil)
        media = nil
        sound = []
    }

    /// The BYE of ours (RFC 3261 12.2.1.1), by the way that the INVITE was recorded to have come.
    ///
    /// - Returns: The message, and where it goes: to the first hop where that is an address, else
    ///   where the INVITE came from.
    func bye(from here: Endpoint) -> (SIPMessage, to: Endpoint) {
        let branch = "z9hG4bK\(SIPRandom.token())"
        byeBranch = branch
        let contact = invite.message.all("contact").first.map(SIPText.uri) ?? ""
        let target =
            SIPURI(contact) == nil || contact.utf8.contains(0x20)
            ? "sip:\(source.description)" : contact
        var routes = invite.message.all("record-route")
        var uri = target
        if let first = routes.first.map(SIPText.uri), SIPURI(first)?.parameters["lr"] == nil {
            // A strict router (12.2.1.1): it is addressed itself, and finds the target at the end.
            uri = first
            routes = Array(routes.dropFirst()) + ["<\(target)>"]
        }
        var bye = SIPMessage(.request(method: "BYE", uri: uri))
        bye.add("via", "SIP/2.0/UDP \(here.description);branch=\(branch);rport")
        for route in routes { bye.add("route", route) }
        bye.add("from", "\(invite.message.first("to") ?? "");tag=\(tag)")
        bye.add("to", invite.message.first("from") ?? "")
        bye.add("call-id", invite.callID)
        bye.add("cseq", "1 BYE")
        bye.add("max-forwards", "70")
        let nextHop = invite.message.all("record-route").first.map(SIPText.uri) ?? target
        return (bye, to: SIPURI(nextHop)?.place ?? source)
    }
}

extension SIPURI {
    /// Where it leads, if it says so by an address.
    fileprivate var place: Endpoint? {
        let endpoint = Endpoint(host: host, port: port ?? 5_060)
        return endpoint.address == nil ? nil : endpoint
    }
}

/// Words that nobody guesses and nobody else has.
enum SIPRandom {
    static func token() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
