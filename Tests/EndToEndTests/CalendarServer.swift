import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on the loopback address that answers as a test tells it, also against the rules.
final class CalendarServer: Sendable {
    struct Request: Sendable {
        var method = ""
        var path = ""
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
    }

    enum Reply: Sendable {
        /// A correct answer with its Content-Length.
        case answer(Int, [(String, String)] = [], [UInt8] = [])
        /// An answer that promises more than comes.
        case cutOff([UInt8])
        /// Nothing, and the connection stays open.
        case silence
    }

    let port: Int
    var url: String { "http://127.0.0.1:\(port)" }

    private init(port: Int) {
        self.port = port
    }

    /// Runs a server while `body` runs.
    static func run<Result>(
        _ reply: @escaping @Sendable (Request) async -> Reply,
        _ body: (CalendarServer) async throws -> Result
    ) async throws -> Result {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(Answerer(reply))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = CalendarServer(port: channel.localAddress?.port ?? 0)
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = ByteBuffer

        private let reply: @Sendable (Request) async -> Reply
        private var request = Request()

        init(_ reply: @escaping @Sendable (Request) async -> Reply) {
            self.reply = reply
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                request = Request(
                    method: head.method.rawValue,
                    path: head.uri,
                    headers: head.headers.map { ($0.name, $0.value) }
                )
            case .body(let part):
                request.body += part.readableBytesView
            case .end:
                Self.answer(request, by: reply, to: context.channel)
            }
        }

        private static func answer(
            _ request: Request,
            by reply: @escaping @Sendable (Request) async -> Reply,
            to channel: any Channel
        ) {
            Task(executorPreference: ServerThreads.shared) {
                send(await reply(request), to: channel)
            }
        }

        private static func send(_ reply: Reply, to channel: any Channel) {
            switch reply {
            case .answer(let status, let headers, let body):
                let lines =
                    ["HTTP/1.1 \(status) X", "Content-Length: \(body.count)"]
                    + headers.map { "\($0): \($1)" } + ["", ""]
                let head = Array(lines.joined(separator: "\r\n").utf8)
                channel.writeAndFlush(ByteBuffer(bytes: head + body), promise: nil)
            case .cutOff(let body):
                let head = "HTTP/1.1 200 X\r\nContent-Length: \(body.count * 2 + 1)\r\n\r\n"
                channel.writeAndFlush(ByteBuffer(bytes: Array(head.utf8) + body))
                    .whenComplete { _ in channel.close(promise: nil) }
            case .silence:
                break
            }
        }
    }
}
