import Foundation
import NIOCore
import NIOSSL
import Synchronization
import Web

/// One connection to a server, one request at a time.
///
/// NTLM lets a connection in, not a request: once it has, requests go without any more ado. Where
/// the server closed it meanwhile, the next request goes over a new one, is refused with 401, and
/// the handshake is done there.
final class NTLMConnection: Sendable {
    private let credentials: NTLMCredentials
    private let fetcher: HTTPFetcher
    /// The connection that is open, as the fetcher made it.
    private let current: Connection

    private final class Connection: Sendable {
        struct State: Sendable {
            /// How many were opened so far; which one it is.
            var number = 0
            /// What binds a handshake to it; nil without TLS.
            var binding: [UInt8]?
            /// The number of the one that was let in.
            var letIn: Int?
        }

        let state = Mutex(State())
    }

    /// - Throws: ``RemoteFailure`` where the file of certificate authorities cannot be read.
    init(
        _ credentials: NTLMCredentials,
        _ settings: HTTPSettings,
        _ counts: TrafficCounts
    ) throws(RemoteFailure) {
        let current = Connection()
        var settings = settings
        settings.connectionsPerHost = 1
        self.credentials = credentials
        self.current = current
        fetcher = try HTTPFetcher(settings, counts: counts) { channel in
            channel.nioSSL_peerCertificate()
                // Without TLS there is no such handler, and no binding.
                .flatMapErrorThrowing { _ in nil }
                .flatMapThrowing { certificate in
                    let binding = try certificate.map {
                        ServerEndPoint.binding(to: try $0.toDERBytes())
                    }
                    current.state.withLock {
                        $0.number += 1
                        $0.binding = binding
                    }
                }
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        if isLetIn {
            let answer = try await fetcher.send(request)
            if answer.status != 401 { return answer }
        }
        // A connection may be closed between two messages of the handshake.
        for _ in 0..<2 {
            if let answer = try await answerAfterHandshake(request) { return answer }
        }
        throw RemoteFailure(
            .unreachable,
            "the server closes the connection in the middle of the NTLM handshake: does a proxy "
                + "stand before it that does not keep connections?"
        )
    }

    func close() async {
        try? await fetcher.shutdown()
    }

    private var isLetIn: Bool {
        current.state.withLock { $0.letIn == $0.number }
    }

    /// Lets the connection in with the request on the last message; nil where it was another
    /// connection at the end than at the beginning.
    private func answerAfterHandshake(_ request: HTTPRequest) async throws -> HTTPAnswer? {
        let handshake = credentials.handshake()
        // The body goes with the message that lets in, not with the one that is refused for sure.
        var opening = request
        opening.body = []
        opening.headers.append(("Authorization", Self.header(try handshake.opening())))
        let refusal = try await fetcher.send(opening)
        guard refusal.status == 401 else { return refusal }
        guard let challenge = Self.challenge(in: refusal) else {
            throw RemoteFailure(
                .refused,
                "Exchange offers no NTLM (401): set auth to what the EWS directory allows, see "
                    + "Get-WebServicesVirtualDirectory"
            )
        }
        let (number, binding) = current.state.withLock { ($0.number, $0.binding) }
        var request = request
        let response = try handshake.response(to: challenge, binding: binding)
        request.headers.append(("Authorization", Self.header(response)))
        let answer = try await fetcher.send(request)
        return current.state.withLock { state in
            guard state.number == number else { return nil }
            if answer.status != 401 { state.letIn = number }
            return answer
        }
    }

    private static func header(_ token: [UInt8]) -> String {
        "NTLM \(Data(token).base64EncodedString())"
    }

    /// The server's message, beside the other schemes that it offers.
    private static func challenge(in answer: HTTPAnswer) -> [UInt8]? {
        for header in answer.headers where header.name.lowercased() == "www-authenticate" {
            let parts = header.value.split(separator: " ")
            if parts.count == 2, parts[0].uppercased() == "NTLM",
                let challenge = Data(base64Encoded: String(parts[1]))
            {
                return Array(challenge)
            }
        }
        return nil
    }
}
