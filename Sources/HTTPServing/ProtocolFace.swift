/// One protocol of a server.
package protocol ProtocolFace: Sendable {
    /// The answer, or nil where the request is of another face.
    func answer(_ request: ServerRequest) async -> ServerAnswer?

    /// A TCP connection has ended: what hangs on its number can go.
    func connectionEnded(_ connection: Int)
}

extension ProtocolFace {
    package func connectionEnded(_ connection: Int) {}
}
