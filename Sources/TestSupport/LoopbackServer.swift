import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL
import Synchronization

/// An HTTP server on a port of the loopback address that answers as a test tells it, down to
/// the bytes, so that it can break every rule.
package final class LoopbackServer: Sendable {
    package struct Request: Sendable {
        package var method: String
        package var path: String
        package var headers: [(name: String, value: String)]
        package var body: String

        package func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    package enum Reply: Sendable {
        /// A correct answer with its Content-Length.
        case answer(Int, headers: [(String, String)] = [], body: [UInt8] = [])
        /// These bytes, then the end of the connection.
        case bytes([UInt8])
        /// These bytes, and nothing further.
        case stall([UInt8])
        /// The end of the connection.
        case close

        package static func text(_ status: Int, _ body: String = "") -> Reply {
            .answer(status, body: Array(body.utf8))
        }

        /// A head that promises more than comes.
        package static func cutOff(_ status: Int, promised: Int, _ body: String) -> Reply {
            .bytes(
                Array("HTTP/1.1 \(status) X\r\nContent-Length: \(promised)\r\n\r\n\(body)".utf8)
            )
        }
    }

    package let port: Int
    package let scheme: String
    private let recorded = Mutex<[Request]>([])
    private let handler: @Sendable (Request) -> Reply

    /// All requests so far.
    package var requests: [Request] { recorded.withLock { $0 } }
    package var url: String { "\(scheme)://127.0.0.1:\(port)" }

    private init(port: Int, scheme: String, handler: @escaping @Sendable (Request) -> Reply) {
        self.port = port
        self.scheme = scheme
        self.handler = handler
    }

    /// Runs a server while `body` runs.
    package static func run<Result>(
        tls: NIOSSLContext? = nil,
        _ handler: @escaping @Sendable (Request) -> Reply,
        _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let own = Mutex<LoopbackServer?>(nil)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(
                        Answerer { request in
                            own.withLock { $0 }?.reply(to: request) ?? .close
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = LoopbackServer(
            port: channel.localAddress?.port ?? 0,
            scheme: tls == nil ? "http" : "https",
            handler: handler
        )
        own.withLock { $0 = server }
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    private func reply(to request: Request) -> Reply {
        recorded.withLock { $0.append(request) }
        return handler(request)
    }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = ByteBuffer

        private let reply: (Request) -> Reply
        private var request = Request(method: "", path: "", headers: [], body: "")

        package init(reply: @escaping (Request) -> Reply) {
            self.reply = reply
        }

        package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                request = Request(
                    method: head.method.rawValue,
                    path: head.uri,
                    headers: head.headers.map { ($0.name, $0.value) },
                    body: ""
                )
            case .body(let part):
                request.body += String(buffer: part)
            case .end:
                switch reply(request) {
                case .answer(let status, let headers, let body):
                    var head = "HTTP/1.1 \(status) X\r\n"
                    if status != 304 { head += "Content-Length: \(body.count)\r\n" }
                    for (name, value) in headers { head += "\(name): \(value)\r\n" }
                    write(Array("\(head)\r\n".utf8) + body, context)
                case .bytes(let bytes):
                    write(bytes, context)
                    context.close(promise: nil)
                case .stall(let bytes):
                    write(bytes, context)
                case .close:
                    context.close(promise: nil)
                }
            }
        }

        private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        }
    }
}
