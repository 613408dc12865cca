import Announcements

/// What a caller offers to hear with (SDP, RFC 8866; RFC 3264).
struct SessionOffer: Equatable, Sendable {
    /// Where the sound goes.
    let destination: Endpoint
    let law: Law
    /// What the law is called in the offer: RFC 3551's number, or one of the offer's own.
    let payloadType: UInt8
    /// The offer's lines `m=`, of which an answer has as many: media, transport, first format.
    let media: [(kind: String, transport: String, format: String)]
    /// Which of them is answered.
    let chosen: Int

    static func == (left: SessionOffer, right: SessionOffer) -> Bool {
        left.destination == right.destination && left.law == right.law
            && left.payloadType == right.payloadType && left.chosen == right.chosen
            && left.media.elementsEqual(right.media, by: ==)
    }

    /// Nil where no sound of ours can be sent to it.
    init?(_ body: [UInt8]) {
        guard let description = SessionDescription(body) else { return nil }
        for (index, medium) in description.media.enumerated() {
            guard let (law, payloadType) = medium.law,
                let destination = medium.destination(default: description.address)
            else { continue }
            self.destination = destination
            self.law = law
            self.payloadType = payloadType
            media = description.media.map { ($0.kind, $0.transport, $0.formats[0]) }
            chosen = index
            return
        }
        return nil
    }

    /// The answer: this one stream from `source`, no other.
    func answer(from source: Endpoint, session: UInt32) -> [UInt8] {
        var lines = SessionDescription.head(source, session: session)
        for (index, medium) in media.enumerated() {
            guard index == chosen else {
                lines.append("m=\(medium.kind) 0 \(medium.transport) \(medium.format)")
                continue
            }
            lines += SessionDescription.stream(source, law, payloadType)
        }
        return SessionDescription.written(lines)
    }
}
