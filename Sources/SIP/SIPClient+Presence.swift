/// A published document as the server holds it (RFC 3903).
public struct SIPPublication: Hashable, Sendable {
    /// The server's name for it, which the next change of it must name.
    public var entityTag: String
    /// How long the server keeps it, in seconds.
    public var expires: Int

    public init(entityTag: String, expires: Int) {
        self.entityTag = entityTag
        self.expires = expires
    }
}

/// A server that would not take a document, with its status.
public struct SIPRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public var status: Int
    public var retryAfter: Duration?

    public init(status: Int, retryAfter: Duration? = nil) {
        self.status = status
        self.retryAfter = retryAfter
    }

    public var description: String { "the server answers with SIP status \(status)" }
}

extension SIPClient {
    /// Publishes a user's presence, anew or in place of the one of `entityTag`.
    ///
    /// A server that knows that one no longer (412) gets it anew; one that wants it for longer
    /// (423) gets it for so long.
    ///
    /// - Parameter expires: for how long, in seconds; the server may make it less.
    /// - Throws: ``SIPRefusal``; ``SIPError``.
    public func publish(
        _ document: String,
        of user: String,
        replacing entityTag: String? = nil,
        expires: Int,
        within time: Duration = .seconds(10)
    ) async throws -> SIPPublication {
        var leg = publication(of: user)
        var entityTag = entityTag
        var expires = expires
        // Each of the two ways out is taken once.
        for _ in 0..<3 {
            let answer = try await publish(
                SIPBody(type: "application/pidf+xml", text: document),
                &leg,
                entityTag,
                expires: expires,
                within: time
            )
            if let granted = granted(answer, wanted: expires) { return granted }
            if answer.status == 412, entityTag != nil {
                entityTag = nil
            } else if answer.status == 423, let least = answer.seconds("min-expires"),
                least > expires
            {
                expires = least
            } else {
                throw refusal(answer)
            }
        }
        throw SIPRefusal(status: 423)
    }

    /// Keeps a document that stands for longer, without sending it again.
    ///
    /// - Returns: nil where the server does not know it any longer.
    public func refresh(
        _ entityTag: String,
        of user: String,
        expires: Int,
        within time: Duration = .seconds(10)
    ) async throws -> SIPPublication? {
        var leg = publication(of: user)
        let answer = try await publish(nil, &leg, entityTag, expires: expires, within: time)
        if answer.status == 412 { return nil }
        guard let granted = granted(answer, wanted: expires) else { throw refusal(answer) }
        return granted
    }

    /// Takes a document back. One that the server does not know is taken back already.
    public func remove(
        _ entityTag: String,
        of user: String,
        within time: Duration = .seconds(10)
    ) async throws {
        var leg = publication(of: user)
        let answer = try await publish(nil, &leg, entityTag, expires: 0, within: time)
        guard answer.isAcceptance || answer.status == 412 else { throw refusal(answer) }
    }

    private func publication(of user: String) -> SIPLeg {
        SIPLeg(
            to: SIPAddress.uri(user: user, domain: account.domain),
            from: SIPAddress.uri(user: account.name, domain: account.domain)
        )
    }

    private func publish(
        _ body: SIPBody?,
        _ leg: inout SIPLeg,
        _ entityTag: String?,
        expires: Int,
        within time: Duration
    ) async throws -> SIPAnswer {
        var headers = ["Event: presence", "Expires: \(expires)"]
        if let entityTag { headers.append("SIP-If-Match: \(entityTag)") }
        return try await converse("PUBLISH", &leg, headers: headers, body: body, within: time)
    }

    private func granted(_ answer: SIPAnswer, wanted: Int) -> SIPPublication? {
        guard answer.isAcceptance, let tag = answer.first("sip-etag"),
            // A token (RFC 3261 25.1); it goes into a head of ours again.
            tag.wholeMatch(of: /[A-Za-z0-9.!%*_+`'~-]{1,255}/) != nil
        else { return nil }
        return SIPPublication(entityTag: tag, expires: answer.seconds("expires") ?? wanted)
    }

    private func refusal(_ answer: SIPAnswer) -> SIPRefusal {
        SIPRefusal(
            status: answer.status,
            retryAfter: answer.seconds("retry-after").map { .seconds($0) }
        )
    }
}
