import AbsenceModel
import Announcements
import Foundation
import NIOCore
import NIOPosix

/// Takes calls in, plays what they ask for, and hangs up.
///
/// What is refused at once is refused without being remembered (RFC 3261 8.2.7), so a flood of
/// such requests costs no memory. Belongs to the event loop of its channel.
final class CallDesk: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    static let methods = "INVITE, ACK, CANCEL, BYE, OPTIONS"

    let settings: DeskSettings
    var calls: [DialogKey: Call] = [:]
    private(set) var channel: (any Channel)?
    /// Ours, as others reach it.
    private(set) var here = Endpoint(host: "127.0.0.1", port: 5_060)

    init(_ settings: DeskSettings) {
        self.settings = settings
    }

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        guard let address = context.channel.localAddress, let bound = Endpoint(address) else {
            return
        }
        here = Endpoint(host: settings.publicAddress ?? bound.host, port: bound.port)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let source = Endpoint(envelope.remoteAddress), settings.admits(source.host),
            let message = SIPMessage(envelope.data.readableBytesView)
        else { return }
        if case .response(let status, _) = message.startLine {
            return answered(message, status: status)
        }
        guard let request = SIPRequest(message) else {
            return refuseMalformed(message, from: source)
        }
        receive(request, from: source)
    }

    /// Tells the desk to end every call and close.
    struct Closing: Sendable {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is Closing else { return context.fireUserInboundEventTriggered(event) }
        close()
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A datagram that could not be sent: the message is sent again, or the call ends by itself.
    }

    private func receive(_ request: SIPRequest, from source: Endpoint) {
        let call = calls[request.dialog]
        switch request.method {
        case "INVITE": receiveInvite(request, call, from: source)
        case "ACK": if let call { acknowledge(request, call) }
        case "CANCEL": cancel(request, call, from: source)
        case "BYE": hangUp(request, call, from: source)
        case "OPTIONS":
            var answer = request.response(.ok, tag: statelessTag(request), to: source)
            answer.add("allow", Self.methods)
            answer.add("accept", "application/sdp")
            send(answer, answering: request, from: source)
        case "REGISTER", "INFO", "PRACK", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER", "MESSAGE",
            "PUBLISH":
            refuse(request, .methodNotAllowed, from: source) { $0.add("allow", Self.methods) }
        default: refuse(request, .notImplemented, from: source)
        }
    }

    private func receiveInvite(_ request: SIPRequest, _ call: Call?, from source: Endpoint) {
        if let tag = request.toTag {
            // The sound that is playing is the only one there is (14.2: the session goes on).
            guard let call, call.tag == tag, call.isLive else {
                return refuse(request, .noSuchCall, from: source)
            }
            return refuse(request, .notAcceptable, from: source)
        }
        if let call {
            if call.invite.sequence == request.sequence {
                let isAgain = call.invite.topVia.branch == request.topVia.branch
                guard isAgain else { return refuse(request, .loop, from: source) }
                if call.stage != .over { send(call.answer, answering: call.invite, from: source) }
                return
            }
            guard call.stage == .over else { return refuse(request, .loop, from: source) }
        }
        takeIn(request, from: source)
    }

    /// Refuses without remembering it.
    func refuse(
        _ request: SIPRequest,
        _ status: SIPStatus,
        from source: Endpoint,
        adding: (inout SIPMessage) -> Void = { _ in }
    ) {
        guard request.method != "ACK" else { return }
        var answer = request.response(status, tag: statelessTag(request), to: source)
        adding(&answer)
        send(answer, answering: request, from: source)
    }

    private func refuseMalformed(_ message: SIPMessage, from source: Endpoint) {
        guard case .request(let method, _) = message.startLine, method != "ACK",
            let via = message.all("via").first.flatMap(SIPVia.init)
        else { return }
        var answer = SIPMessage(.response(status: 400, reason: "Bad Request"))
        for name in ["via", "from", "to", "call-id", "cseq"] {
            for header in message.headers where header.name == name {
                answer.headers.append(header)
            }
        }
        send(answer, to: via.answerPlace(for: source))
    }

    /// The same for the same request, and of no use to those who guess (8.2.7).
    private func statelessTag(_ request: SIPRequest) -> String {
        var hasher = Hasher()
        hasher.combine(request.topVia.branch)
        hasher.combine(request.dialog)
        hasher.combine(request.sequence)
        return String(UInt(bitPattern: hasher.finalize()), radix: 36)
    }

    func send(_ answer: SIPMessage, answering request: SIPRequest, from source: Endpoint) {
        send(answer, to: request.topVia.answerPlace(for: source))
    }

    func send(_ message: SIPMessage, to place: Endpoint) {
        guard let channel, let address = place.address else { return }
        var message = message
        if case .response = message.startLine { message.add("server", "kalenderkoppling") }
        let data = AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: message.bytes))
        channel.writeAndFlush(data, promise: nil)
    }
}
