/// A SIP URI (RFC 3261 19.1), as far as it matters here.
struct SIPURI: Sendable {
    let user: String
    let host: String
    let port: Int?
    /// Names in lower case, values still escaped.
    let parameters: [String: String]

    init?(_ text: String) {
        let (scheme, afterScheme) = SIPText.cut(text, at: ":")
        guard scheme.lowercased() == "sip", let afterScheme else { return nil }
        let withoutHeaders = SIPText.cut(afterScheme, at: "?").0
        let (address, _) = SIPText.cut(withoutHeaders, at: ";")
        let (user, host) = SIPText.cut(address, at: "@")
        guard let place = Endpoint.split(host ?? user) else { return nil }
        self.user = host == nil ? "" : user
        self.host = place.host
        port = place.port
        parameters = SIPText.parameters(withoutHeaders)
    }
}
