/// What requests that belong together have in common: a call, or a request with its repetitions
/// after challenges (RFC 3261 12).
struct SIPLeg: Sendable {
    let callID: String
    let from: String
    /// With the other side's tag as soon as there is one.
    private(set) var to: String
    /// The Request-URI.
    private(set) var target: String
    private(set) var routes: [String] = []
    private(set) var isEstablished = false
    /// The number of the last request.
    private(set) var sequence = 0
    /// The challenges that were answered, by realm.
    private var challenges: [String: AnsweredChallenge] = [:]
    /// What the last request showed.
    private var authorizations: [String] = []

    private struct AnsweredChallenge {
        var challenge: SIPDigest.Challenge
        /// `Authorization`, or `Proxy-Authorization` towards a proxy.
        var header: String
        var count: Int
    }

    init(to uri: String, from origin: String) {
        callID = Self.token()
        from = "<\(origin)>;tag=\(Self.token())"
        to = "<\(uri)>"
        target = uri
    }

    /// Takes the acceptance of an INVITE in: where the rest of the call goes (RFC 3261 12.1.2).
    mutating func establish(by answer: SIPAnswer) {
        isEstablished = true
        if let to = answer.first("to"), Self.isLine(to) { self.to = to }
        if let contact = answer.first("contact") {
            let uri = SIPAddress.uri(in: contact)
            if Self.isLine(uri), !uri.contains(" ") { target = uri }
        }
        routes = answer.all("record-route").reversed().filter(Self.isLine)
    }

    /// Where the next request goes, where that is known without DNS; the server's place else.
    var knownHop: String? {
        guard isEstablished else { return nil }
        let uri = routes.first.map(SIPAddress.uri(in:)) ?? target
        let figures = /sip:(?:[^@]*@)?(?:[0-9.]+|\[[0-9A-Fa-f:.]+\])(?:[:;].*)?/
        return uri.wholeMatch(of: figures).map { _ in uri }
    }

    /// Takes a challenge in.
    ///
    /// - Returns: whether it can be answered, and was not in vain before.
    mutating func take(_ answer: SIPAnswer) -> Bool {
        let isProxy = answer.status == 407
        guard isProxy || answer.status == 401 else { return false }
        let new = SIPDigest.challenges(
            in: answer.all(isProxy ? "proxy-authenticate" : "www-authenticate")
        )
        var isNew = false
        for challenge in new where challenges[challenge.realm] == nil || challenge.isStale {
            guard challenges[challenge.realm]?.challenge.nonce != challenge.nonce else { continue }
            isNew = true
            challenges[challenge.realm] = AnsweredChallenge(
                challenge: challenge,
                header: isProxy ? "Proxy-Authorization" : "Authorization",
                count: 0
            )
        }
        return isNew
    }

    /// The head from From on, and the body, of the next request, or of the ACK of the last.
    mutating func text(
        of method: String,
        headers: [String] = [],
        body: SIPBody? = nil,
        as credentials: SIPCredentials?
    ) -> String {
        // An ACK is of its INVITE, and shows what that showed (RFC 3261 22.1).
        if method != "ACK" {
            sequence += 1
            authorizations = credentials.map { answers(for: method, as: $0) } ?? []
        }
        var lines = [
            "From: \(from)", "To: \(to)", "Call-ID: \(callID)", "CSeq: \(sequence) \(method)",
            "User-Agent: \(Self.userAgent)",
        ]
        lines += routes.map { "Route: \($0)" }
        lines += authorizations
        lines += headers
        if let body { lines.append("Content-Type: \(body.type)") }
        lines.append("Content-Length: \(body?.text.utf8.count ?? 0)")
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body?.text ?? "")
    }

    static let userAgent = "Kalenderkoppling"

    private mutating func answers(
        for method: String,
        as credentials: SIPCredentials
    ) -> [String] {
        challenges.keys.sorted().compactMap { realm in
            challenges[realm]?.count += 1
            guard let answered = challenges[realm] else { return nil }
            let answer = SIPDigest.answer(
                to: answered.challenge,
                credentials,
                method: method,
                uri: target,
                count: answered.count,
                clientNonce: Self.token()
            )
            return "\(answered.header): \(answer)"
        }
    }

    private static func token() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }

    private static func isLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}

/// What a request carries.
struct SIPBody: Sendable {
    var type: String
    var text: String
}
