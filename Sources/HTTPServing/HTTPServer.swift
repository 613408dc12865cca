package import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL

/// HTTP/1.1 on a port of the loopback address, with or without TLS.
///
/// It serves the programs that stand for outside systems in tests and demonstrations.
package struct HTTPServer: Sendable {
    package var faces: [any ProtocolFace]
    package var tls: NIOSSLContext?
    /// How much of a request's body is kept, in bytes; what is beyond is dropped, and the
    /// request says so.
    package var largestBody: Int
    /// The time of an answer, for its Date header (RFC 9110 5.6.7).
    package var httpDate: @Sendable () -> String
    /// Sees every request with its answer, before that is sent.
    package var answered: @Sendable (ServerRequest, ServerAnswer) -> Void

    package init(
        faces: [any ProtocolFace],
        tls: NIOSSLContext? = nil,
        largestBody: Int = .max,
        httpDate: @escaping @Sendable () -> String,
        answered: @escaping @Sendable (ServerRequest, ServerAnswer) -> Void = { _, _ in }
    ) {
        self.faces = faces
        self.tls = tls
        self.largestBody = largestBody
        self.httpDate = httpDate
        self.answered = answered
    }

    /// Listens; port 0 takes a free one.
    ///
    /// - Returns: The channel that takes connections, with its address.
    package func start(port: Int) async throws -> any Channel {
        let server = self
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = server.tls {
                        try pipeline.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(ConnectionHandler(server))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    /// A server's certificate chain and key, both files in PEM.
    package static func tls(certificate: String, key: String) throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMFile(certificate).map {
                    .certificate($0)
                },
                privateKey: .privateKey(NIOSSLPrivateKey(file: key, format: .pem))
            )
        )
    }

    /// What the first face that knows the request answers.
    func answer(_ request: ServerRequest) async -> ServerAnswer {
        var answer = ServerAnswer.text(404, "nothing here\n")
        for face in faces {
            if let own = await face.answer(request) {
                answer = own
                break
            }
        }
        answered(request, answer)
        return answer
    }
}
