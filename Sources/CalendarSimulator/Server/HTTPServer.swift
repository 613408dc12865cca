import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// HTTP/1.1 on a port of the loopback address, with or without TLS.
struct HTTPServer {
    var simulation: Simulation
    var faces: [any ProtocolFace]
    var tls: NIOSSLContext?

    /// Listens; port 0 takes a free one.
    ///
    /// - Returns: The channel that takes connections, with its address.
    func start(port: Int) async throws -> any Channel {
        let simulation = simulation
        let faces = faces
        let tls = tls
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(
                        ConnectionHandler(
                            simulation: simulation,
                            faces: faces,
                            scheme: tls == nil ? "http" : "https"
                        )
                    )
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }
}
