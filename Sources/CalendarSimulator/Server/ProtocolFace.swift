/// One protocol of the server. Faces are listed in `Simulation.faces`.
protocol ProtocolFace: Sendable {
    /// The answer, or nil where the request is of another face.
    func answer(_ request: SimulatedRequest) async -> SimulatedAnswer?

    /// A TCP connection has ended: what hangs on its number can go.
    func connectionEnded(_ connection: Int)
}

extension ProtocolFace {
    func connectionEnded(_ connection: Int) {}
}

/// The calendar protocols, as faults and counts name them.
enum ProtocolName: String, CaseIterable, Sendable {
    case graph, ews, google
}
