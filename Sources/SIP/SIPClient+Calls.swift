/// What came of a dialled number.
public enum DialOutcome: Hashable, Sendable {
    /// The other side took the call, which was hung up at once.
    case accepted
    /// The other side would not have it, with this status (RFC 3261 21).
    case refused(status: Int, retryAfter: Duration?)
    /// No final answer came in time: what it did is not known.
    case unknown
}

extension SIPClient {
    /// Whether the server is there.
    ///
    /// Any answer will do, but one that says that it cannot serve (408, 5xx but 501 and 505).
    ///
    /// - Throws: ``SIPError`` where it is not.
    public func look(within time: Duration = .seconds(5)) async throws {
        var leg = SIPLeg(
            to: "sip:\(account.domain)",
            from: SIPAddress.uri(user: account.name, domain: account.domain)
        )
        let answer = try await converse(
            "OPTIONS",
            &leg,
            headers: ["Accept: application/sdp"],
            within: time
        )
        guard answer.status != 408, answer.status < 500 || [501, 505].contains(answer.status)
        else {
            throw SIPError(.unanswered, "\(server): it answers with status \(answer.status)")
        }
    }

    /// Dials a number or a code such as `*23*3*1430#`, and hangs up as soon as it is taken.
    ///
    /// - Parameter time: until the final answer; a call that rings longer is cancelled, and has a
    ///   second more to say what came of it.
    /// - Throws: ``SIPError`` `unsent` where certainly nothing was sent; `CancellationError` where
    ///   the task was cancelled before.
    public func dial(
        _ number: String,
        within time: Duration = .seconds(10)
    ) async throws -> DialOutcome {
        let stack = try await openedStack()
        var leg = SIPLeg(
            to: SIPAddress.uri(user: number, domain: account.domain),
            from: SIPAddress.uri(user: account.name, domain: account.domain)
        )
        let answer: SIPAnswer
        do {
            answer = try await converse(
                "INVITE",
                &leg,
                body: Self.offer(from: stack),
                within: time
            )
        } catch let error as SIPError where error.code == .unanswered {
            return .unknown
        }
        guard answer.isAcceptance else {
            return .refused(
                status: answer.status,
                retryAfter: answer.seconds("retry-after").map { .seconds($0) }
            )
        }
        await hangUp(acknowledgedLeg(of: leg))
        return .accepted
    }

    /// An offer to hear sound (RFC 3264), though the call ends before much of it comes: who confirms
    /// a code by speech refuses a caller who does not listen.
    private static func offer(from stack: Stack) -> SIPBody {
        let address = stack.localAddress
        let family = address.contains(":") ? "IP6" : "IP4"
        return SIPBody(
            type: "application/sdp",
            text: [
                "v=0", "o=- 1 1 IN \(family) \(address)", "s=-", "c=IN \(family) \(address)",
                "t=0 0", "m=audio \(stack.soundPort) RTP/AVP 8 0", "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:0 PCMU/8000",
                "a=recvonly", "",
            ].joined(separator: "\r\n")
        )
    }
}
