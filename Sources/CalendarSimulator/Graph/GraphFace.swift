import HTTPServing

/// Microsoft Graph v1.0, as far as calendars and groups go.
struct GraphFace: ProtocolFace {
    static let version = "v1.0"

    var simulation: Simulation

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        guard request.pathParts.first == Self.version else { return nil }
        simulation.counts.add(.graph)
        if request.pathParts.dropFirst() == ["$batch"] {
            return await GraphBatch(simulation: simulation, request: request).answer()
        }
        let call = GraphCall(simulation: simulation, request: request)
        let answer = await call.answer()
        return simulation.faults.damaged(answer, .graph, mailbox: call.address)
    }
}
