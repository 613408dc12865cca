import Foundation

@testable import AnnouncementServer

/// A telephone of a test: it says what it is told to, and hears.
struct TestCaller {
    let signals: UDPSocket
    let sound: UDPSocket
    let server: Int
    let callID = UUID().uuidString
    let tag = "caller"
    /// Of the INVITE.
    let branch = "z9hG4bK\(UUID().uuidString)"

    init(calling server: Int) throws {
        signals = try UDPSocket()
        sound = try UDPSocket()
        self.server = server
    }

    func offer(_ formats: String = "8 0") -> [UInt8] {
        let lines = [
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
            "m=audio \(sound.port) RTP/AVP \(formats)",
        ]
        return Array(lines.map { "\($0)\r\n" }.joined().utf8)
    }

    /// - Parameters:
    ///   - to: The tag of the other side, once there is one.
    ///   - changing: Adds headers, or breaks some.
    func send(
        _ method: String,
        _ uri: String = "sip:annc@127.0.0.1;play=absence;param1=lunch;param3=Anna",
        to: String? = nil,
        sequence: Int = 1,
        branch: String? = nil,
        body: [UInt8] = [],
        changing: (inout SIPMessage) -> Void = { _ in }
    ) throws {
        var message = SIPMessage(.request(method: method, uri: uri))
        let branch =
            branch ?? (method == "INVITE" || method == "CANCEL" ? self.branch : "z9hG4bK\(UUID())")
        message.add("via", "SIP/2.0/UDP 127.0.0.1:\(signals.port);branch=\(branch);rport")
        message.add("from", "<sip:bob@127.0.0.1>;tag=\(tag)")
        message.add("to", "<sip:annc@127.0.0.1>" + (to.map { ";tag=\($0)" } ?? ""))
        message.add("call-id", callID)
        message.add("cseq", "\(sequence) \(method)")
        message.add("contact", "<sip:bob@127.0.0.1:\(signals.port)>")
        message.add("max-forwards", "70")
        if !body.isEmpty { message.add("content-type", "application/sdp") }
        message.body = body
        changing(&message)
        try signals.send(message.bytes, to: server)
    }

    func next(within limit: Duration = .seconds(20)) async throws -> SIPMessage {
        let datagram = try await signals.receive(within: limit)
        guard let message = SIPMessage(datagram.bytes) else { throw UDPSocket.NothingCame() }
        return message
    }

    /// The next answer's status, whatever it answers.
    func nextStatus(within limit: Duration = .seconds(20)) async throws -> Int {
        try await next(within: limit).status ?? 0
    }

    /// Calls, and waits until the call is answered.
    ///
    /// - Returns: The 200; it has not been acknowledged.
    func call(
        _ uri: String = "sip:annc@127.0.0.1;play=absence;param1=lunch;param3=Anna",
        offer: [UInt8]? = nil
    ) async throws -> SIPMessage {
        try send("INVITE", uri, body: offer ?? self.offer())
        while true {
            let answer = try await next()
            if let status = answer.status, status >= 200 { return answer }
        }
    }

    /// Answers a request of the server's.
    func accept(_ request: SIPMessage) throws {
        var answer = SIPMessage(.response(status: 200, reason: "OK"))
        answer.headers = request.headers.filter {
            ["via", "from", "to", "call-id", "cseq"].contains($0.name)
        }
        try signals.send(answer.bytes, to: server)
    }
}

extension SIPMessage {
    /// Nil for a request.
    var status: Int? {
        guard case .response(let status, _) = startLine else { return nil }
        return status
    }

    /// Nil for an answer.
    var method: String? {
        guard case .request(let method, _) = startLine else { return nil }
        return method
    }

    /// The tag of whoever is called.
    var toTag: String? { SIPText.parameters(first("to") ?? "")["tag"] }
}
