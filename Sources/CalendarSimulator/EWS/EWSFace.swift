import Foundation
import HTTPServing
import NIOHTTP1

/// Exchange Web Services, as Exchange Server 2019 has them on premises: impersonation, `GetFolder`,
/// `FindItem` with a `CalendarView`, `GetItem` and `SyncFolderItems`.
struct EWSFace: ProtocolFace {
    private let simulation: Simulation
    private let admission: EWSAdmission

    init(simulation: Simulation) {
        self.simulation = simulation
        admission = EWSAdmission(simulation: simulation)
    }

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        guard request.path.lowercased() == "/ews/exchange.asmx" else { return nil }
        guard request.method == "POST" else { return .text(405, "only POST\n") }
        simulation.counts.add(.ews)
        let mailbox = request.header("X-AnchorMailbox")?.lowercased()
        if let refusal = await admission.refusal(of: request, mailbox: mailbox) { return refusal }
        guard let envelope = XMLNode.read(request.body), envelope.name == "Envelope",
            let operation = envelope["Body"]?.children.first
        else { return EWSMessages.fault("ErrorSchemaValidation") }
        return await answer(to: operation, envelope["Header"], anchor: mailbox)
    }

    func connectionEnded(_ connection: Int) {
        admission.connectionEnded(connection)
    }

    private func answer(
        to operation: XMLNode,
        _ header: XMLNode?,
        anchor: String?
    ) async -> ServerAnswer {
        guard
            let address = header?["ExchangeImpersonation"]?["ConnectingSID"]?.children.first?.text
                .lowercased()
        else {
            // The service account has no mailbox of its own.
            return EWSMessages.fault("ErrorNonExistentMailbox")
        }
        if anchor != address { simulation.counts.addBreach("ews_anchor_mailbox") }
        if let refusal = refusal(address, operation.name) { return refusal }
        guard
            simulation.limits.enter(
                "ews \(address)",
                most: Self.concurrency,
                breach: "ews_concurrency"
            )
        else { return EWSMessages.fault("ErrorExceededConnectionCount") }
        defer { simulation.limits.leave("ews \(address)") }
        try? await Task.sleep(for: simulation.latency)
        guard let mailbox = simulation.organisation.mailbox(at: address) else {
            return EWSMessages.fault("ErrorNonExistentMailbox")
        }
        let calendar = EWSCalendar(simulation: simulation, mailbox: mailbox)
        guard let answer = calendar.answer(to: operation) else {
            return EWSMessages.fault("ErrorInvalidRequest")
        }
        return simulation.faults.damaged(answer, .ews, mailbox: address)
    }

    /// What the faults that are switched on make of a request.
    private func refusal(_ mailbox: String, _ operation: String) -> ServerAnswer? {
        let strikes = { (fault: Fault.Name) in
            simulation.faults.strike(fault, .ews, mailbox: mailbox)
        }
        if strikes(.forbidden) { return EWSMessages.fault("ErrorImpersonateUserDenied") }
        if strikes(.notFound) { return EWSMessages.fault("ErrorNonExistentMailbox") }
        if strikes(.throttled) {
            return EWSMessages.fault("ErrorServerBusy", details: ["BackOffMilliseconds": "300"])
        }
        if strikes(.unavailable) {
            return ServerAnswer(503, headers: [("Retry-After", "1")])
        }
        if strikes(.internal) { return .text(500, "internal\n") }
        guard strikes(.busyInside) else { return nil }
        return EWSMessages.answer(operation) {
            EWSMessages.error(
                operation,
                "ErrorInternalServerError",
                details: [
                    "InnerErrorMessageText": "The server cannot service this request right now.",
                    "InnerErrorResponseCode": "ErrorServerBusy",
                ],
                &$0
            )
        }
    }

    /// `EWSMaxConcurrency`, of which each impersonated mailbox has its own (calendar-apis.md 2.3).
    private static let concurrency = 27
}
