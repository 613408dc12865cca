import Foundation
import HTTPServing
import Synchronization

/// Who is let in: the service account by Basic or NTLM, or a bearer token.
final class EWSAdmission: Sendable {
    private let simulation: Simulation
    private let acceptor: NTLMAcceptor?
    /// By connection: how far its NTLM handshake has come.
    private let handshakes = Mutex<[Int: NTLMAcceptance]>([:])

    init(simulation: Simulation) {
        self.simulation = simulation
        acceptor = NTLMAcceptor(certificate: simulation.access.serverCertificate)
    }

    func connectionEnded(_ connection: Int) {
        handshakes.withLock { $0[connection] = nil }
    }

    /// The answer to a request that is not let in; nil where it is.
    func refusal(of request: ServerRequest, mailbox: String?) async -> ServerAnswer? {
        if let token = request.bearer {
            return simulation.tokens.subject(of: token, for: .ews, mailbox: mailbox) == nil
                ? Self.unauthorized() : nil
        }
        let parts = (request.header("Authorization") ?? "").split(separator: " ").map(String.init)
        let token = parts.count == 2 ? Data(base64Encoded: parts[1]).map { [UInt8]($0) } : nil
        switch (parts.first?.lowercased(), token) {
        case ("basic", let token?):
            guard Self.isAccount(String(decoding: token, as: UTF8.self)) else {
                return Self.unauthorized()
            }
        case ("ntlm", let token?):
            if let refusal = step(token, on: request.connection) { return refusal }
        default:
            let isLetIn = handshakes.withLock { $0[request.connection]?.isComplete ?? false }
            guard isLetIn else { return Self.unauthorized() }
        }
        return simulation.faults.strike(.unauthorized, .ews, mailbox: mailbox)
            ? Self.unauthorized() : nil
    }

    private func step(_ token: [UInt8], on connection: Int) -> ServerAnswer? {
        guard let acceptor else { return Self.unauthorized() }
        return handshakes.withLock { handshakes in
            // A first message begins anew, also where the connection was let in.
            let isFirst = token.count > 8 && token[8] == 1
            let acceptance =
                isFirst ? acceptor.acceptance() : handshakes[connection] ?? acceptor.acceptance()
            handshakes[connection] = acceptance
            guard let answer = acceptance.step(token) else {
                handshakes[connection] = nil
                return Self.unauthorized()
            }
            return acceptance.isComplete ? nil : Self.unauthorized(challenge: answer)
        }
    }

    private static func unauthorized(challenge: [UInt8]? = nil) -> ServerAnswer {
        let scheme = challenge.map { "NTLM \(Data($0).base64EncodedString())" } ?? "NTLM"
        return ServerAnswer(
            401,
            headers: [
                ("WWW-Authenticate", scheme),
                ("WWW-Authenticate", "Basic realm=\"exempel.example\""),
            ]
        )
    }

    private static func isAccount(_ text: String) -> Bool {
        let sides = text.split(separator: ":", maxSplits: 1).map(String.init)
        return sides.count == 2 && sides[1] == SimulatedAccess.secret
            && [SimulatedAccess.account, SimulatedAccess.accountAddress]
                .contains { $0.lowercased() == sides[0].lowercased() }
    }
}
