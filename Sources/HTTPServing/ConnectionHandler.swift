import Glibc
import NIOCore
import NIOHTTP1
import Synchronization

/// One connection: takes requests in, asks the faces, writes the answers.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let lastNumber = Atomic(0)

    private let server: HTTPServer
    private let number = lastNumber.add(1, ordering: .relaxed).newValue
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isCutOff = false

    init(_ server: HTTPServer) {
        self.server = server
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            isCutOff = false
        case .body(let part):
            let room = server.largestBody - body.count
            body.append(contentsOf: part.readableBytesView.prefix(room))
            if part.readableBytes > room { isCutOff = true }
        case .end:
            guard let head else { return }
            answer(head, context.channel)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        for face in server.faces { face.connectionEnded(number) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ channel: any Channel) {
        var request = ServerRequest(
            method: head.method.rawValue,
            path: "",
            pathParts: [],
            query: [],
            headers: head.headers,
            body: body,
            isCutOff: isCutOff,
            connection: number,
            origin: "\(server.tls == nil ? "http" : "https")://"
                + (head.headers.first(name: "Host") ?? "127.0.0.1")
        )
        request.setTarget(head.uri)
        body = []
        let server = server
        let whole = request
        Task {
            let answer = await ConnectionHandler.ask(server, whole)
            ConnectionHandler.write(answer, to: head, channel, date: server.httpDate())
        }
    }

    @concurrent
    private static func ask(_ server: HTTPServer, _ request: ServerRequest) async -> ServerAnswer {
        await server.answer(request)
    }

    private static func write(
        _ answer: ServerAnswer,
        to request: HTTPRequestHead,
        _ channel: any Channel,
        date: String
    ) {
        if answer.isLost {
            channel.eventLoop.execute { reset(channel) }
            return
        }
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
