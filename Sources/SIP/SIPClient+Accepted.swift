import CSIP

/// Calls that the other side has accepted (RFC 3261 13.2.2.4).
extension SIPClient {
    /// An acceptance that comes again is acknowledged again; one from another phone is hung up
    /// (RFC 3261 13.2.2.4).
    func receiveStray(_ answer: SIPAnswer) {
        guard answer.isAcceptance, answer.first("cseq")?.hasSuffix("INVITE") == true,
            let callID = answer.first("call-id"), let call = calls[callID]
        else { return }
        var leg = call.leg
        acknowledge(&leg, answer)
        let isSame =
            answer.first("to").flatMap(SIPAddress.tag(in:)) == SIPAddress.tag(in: call.leg.to)
        if !isSame { hangUpLater(leg) }
    }

    func acknowledge(_ leg: inout SIPLeg, _ answer: SIPAnswer) {
        guard let stack else { return }
        leg.establish(by: answer)
        let text = leg.text(of: "ACK", as: account.credentials)
        for hop in hops(of: leg, stack) {
            let failure = kk_sip_acknowledge(
                stack.handle,
                leg.target,
                hop,
                text,
                text.utf8.count
            )
            if failure == 0 { break }
        }
        // Acceptances come again for 32 seconds at most.
        let now = ContinuousClock.now
        calls = calls.filter { now - $0.value.at < .seconds(40) }
        if calls[leg.callID] == nil {
            calls[leg.callID] = AcknowledgedCall(leg: leg, at: now)
        }
    }

    func hangUpLater(_ leg: SIPLeg) {
        Task { await hangUp(leg) }
    }

    /// Ends a call that was accepted. What comes of it changes nothing.
    func hangUp(_ leg: SIPLeg) async {
        var leg = leg
        _ = try? await converse("BYE", &leg, within: .seconds(3))
    }

    /// The accepted call of this leg, as it was acknowledged.
    func acknowledgedLeg(of leg: SIPLeg) -> SIPLeg {
        calls[leg.callID]?.leg ?? leg
    }
}
