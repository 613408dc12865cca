import Glibc
import NIOCore
import NIOHTTP1
import Synchronization

/// One connection: takes requests in, asks the faces, writes the answers.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let lastNumber = Atomic(0)

    private let simulation: Simulation
    private let faces: [any ProtocolFace]
    private let scheme: String
    private let number = lastNumber.add(1, ordering: .relaxed).newValue
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(simulation: Simulation, faces: [any ProtocolFace], scheme: String) {
        self.simulation = simulation
        self.faces = faces
        self.scheme = scheme
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let part):
            body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let head else { return }
            answer(head, context.channel)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        for face in faces { face.connectionEnded(number) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ channel: any Channel) {
        var request = SimulatedRequest(
            method: head.method.rawValue,
            path: "",
            pathParts: [],
            query: [],
            headers: head.headers,
            body: body,
            connection: number,
            origin: "\(scheme)://\(head.headers.first(name: "Host") ?? "127.0.0.1")"
        )
        request.setTarget(head.uri)
        body = []
        let simulation = simulation
        let faces = faces
        let whole = request
        Task {
            await ConnectionHandler.respond(to: whole, head, channel, simulation, faces)
        }
    }

    @concurrent
    private static func respond(
        to request: SimulatedRequest,
        _ head: HTTPRequestHead,
        _ channel: any Channel,
        _ simulation: Simulation,
        _ faces: [any ProtocolFace]
    ) async {
        var answer = SimulatedAnswer.text(404, "nothing here\n")
        for face in faces {
            if let own = await face.answer(request) {
                answer = own
                break
            }
        }
        if request.pathParts.first != ControlFace.folder {
            simulation.counts.add(bytes: answer.body.count)
            simulation.recorder?.add(request)
        }
        write(answer, to: head, channel, date: simulation.clock.httpDate)
    }

    private static func write(
        _ answer: SimulatedAnswer,
        to request: HTTPRequestHead,
        _ channel: any Channel,
        date: String
    ) {
        let isKept = request.isKeepAlive && answer.cutAfter == nil
        var headers = HTTPHeaders(answer.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Date", value: date)
        headers.replaceOrAdd(name: "Content-Length", value: String(answer.body.count))
        if !isKept { headers.replaceOrAdd(name: "Connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: answer.status),
            headers: headers
        )
        let sent = answer.body.prefix(answer.cutAfter ?? answer.body.count)
        let body = request.method == .HEAD ? ByteBuffer() : ByteBuffer(bytes: sent)
        channel.eventLoop.execute {
            channel.write(HTTPServerResponsePart.head(head), promise: nil)
            channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
            if answer.cutAfter != nil {
                channel.flush()
                reset(channel)
                return
            }
            channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in
                if !isKept { channel.close(promise: nil) }
            }
        }
    }

    /// Ends a connection by RST, shortly after so that what was written is under way.
    private static func reset(_ channel: any Channel) {
        channel.eventLoop.scheduleTask(in: .milliseconds(20)) {
            guard let socket = channel as? any SocketOptionProvider else {
                channel.close(promise: nil)
                return
            }
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
                channel.close(promise: nil)
            }
        }
    }
}
