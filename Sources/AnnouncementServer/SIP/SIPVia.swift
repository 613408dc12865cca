/// The way that a request came, as its sender wrote it down (RFC 3261 20.42).
struct SIPVia: Sendable {
    /// All of it.
    let value: String
    let host: String
    let port: Int?
    let branch: String
    /// Whether the sender wants answers where the request came from (RFC 3581).
    let wantsSourcePort: Bool

    init?(_ value: String) {
        let head = SIPText.cut(value, at: ";").0
        let (proto, sentBy) = SIPText.cut(head, at: " ")
        guard proto.uppercased().hasPrefix("SIP/2.0/"), let sentBy,
            let place = Endpoint.split(sentBy)
        else { return nil }
        let parameters = SIPText.parameters(value)
        self.value = value
        host = place.host
        port = place.port
        branch = parameters["branch"] ?? ""
        wantsSourcePort = parameters["rport"] == ""
    }

    /// Where an answer goes (18.2.2; RFC 3581 section 4). `maddr` is left alone: it would let a
    /// stranger send our answers anywhere.
    func answerPlace(for source: Endpoint) -> Endpoint {
        wantsSourcePort ? source : Endpoint(host: source.host, port: port ?? 5060)
    }

    /// With what the sender does not know of itself.
    func received(from source: Endpoint) -> String {
        var parts = SIPText.parts(value, separator: ";")
        parts.removeAll { SIPText.cut($0, at: "=").0.lowercased() == "received" }
        if wantsSourcePort {
            parts = parts.map { $0.lowercased() == "rport" ? "rport=\(source.port)" : $0 }
        }
        if wantsSourcePort || host != source.host { parts.append("received=\(source.host)") }
        return parts.joined(separator: ";")
    }
}
