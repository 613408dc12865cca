import CSIP
import Foundation

/// Asks a telephone system over SIP: whether it is there, to take a dialled code, to show a
/// presence.
///
/// It keeps one socket, or one connection, and sends as many requests at once as it is asked to.
/// A request that was begun tells what came of it also where its task is cancelled: what was sent
/// cannot be taken back.
public actor SIPClient {
    public nonisolated let server: SIPServer
    public nonisolated let account: SIPAccount
    private let caFile: String?
    private(set) var stack: Stack?
    private var requests: [UInt64: Request] = [:]
    private var lastNumber: UInt64 = 0
    /// Calls that were acknowledged, by Call-ID, for acceptances that come again.
    var calls: [String: AcknowledgedCall] = [:]

    /// The stack's transport, and where it sends to.
    struct Stack {
        var handle: OpaquePointer
        var hop: String
        var localAddress: String

        /// Where sound may come to, which nobody hears.
        var soundPort: UInt16 { kk_sip_sound_port(handle) }
    }

    /// A request that is under way.
    private struct Request {
        var handle: OpaquePointer
        /// What an INVITE belongs to: one that is accepted too late is hung up.
        var call: SIPLeg?
        /// Nil where nobody waits any longer.
        var waiter: CheckedContinuation<SIPAnswer, any Error>?
        var timer: Task<Void, Never>?
        var isCancelled = false
    }

    struct AcknowledgedCall {
        var leg: SIPLeg
        var at: ContinuousClock.Instant
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        SIPLoop.shared.asUnownedSerialExecutor()
    }

    /// - Parameter caFile: for TLS, a PEM file with authorities to trust beside the system's own,
    ///   or nil. The certificate must hold the server's host.
    public init(server: SIPServer, account: SIPAccount, caFile: String? = nil) {
        self.server = server
        self.account = account
        self.caFile = caFile
    }

    isolated deinit {
        if let stack { kk_sip_close(stack.handle) }
    }

    /// Sends a request, answers challenges, and waits for what comes of it.
    ///
    /// - Parameters:
    ///   - leg: keeps what later requests need.
    ///   - time: for each sending until its final answer.
    func converse(
        _ method: String,
        _ leg: inout SIPLeg,
        headers: [String] = [],
        body: SIPBody? = nil,
        within time: Duration
    ) async throws -> SIPAnswer {
        while true {
            let answer = try await send(method, &leg, headers: headers, body: body, within: time)
            guard account.credentials != nil, leg.take(answer) else { return answer }
        }
    }

    /// The stack, opened where it is not yet.
    func openedStack() async throws -> Stack {
        if let stack { return stack }
        guard SIPLoop.shared.failure == 0 else {
            throw SIPError(.unsent, "the SIP stack does not start (\(SIPLoop.shared.failure))")
        }
        let place = try await SIPPlace.lookUp(server)
        // Somebody else may have opened it meanwhile.
        if let stack { return stack }
        let stack = try open(at: place)
        self.stack = stack
        return stack
    }

    private func open(at place: SIPPlace) throws -> Stack {
        var handle: OpaquePointer?
        let failure = kk_sip_open(
            &handle,
            server.transport.stackName,
            place.local,
            SIPLeg.userAgent,
            caFile,
            server.host,
            Unmanaged.passUnretained(self).toOpaque(),
            Self.answered,
            Self.strayed
        )
        guard failure == 0, let handle else {
            throw SIPError(
                .unsent,
                failure == EACCES
                    ? "\(server): the certificates of \(caFile ?? "this machine") cannot be read"
                    : "\(server): cannot be opened (\(reason(failure)))"
            )
        }
        return Stack(
            handle: handle,
            hop: server.uri(at: place.remote),
            localAddress: place.local
        )
    }

    // libre calls these on its loop's thread, which is ours.
    private static let answered: kk_sip_answer_handler = { owner, number, failure, message in
        let answer = message.map(SIPAnswer.init)
        at(owner) { $0.receive(number, answer, failure: failure) }
    }

    private static let strayed: kk_sip_stray_handler = { owner, message in
        let answer = SIPAnswer(message)
        at(owner) { $0.receiveStray(answer) }
    }

    private static func at(
        _ owner: UnsafeMutableRawPointer,
        _ body: (isolated SIPClient) -> Void
    ) {
        Unmanaged<SIPClient>.fromOpaque(owner).takeUnretainedValue().assumeIsolated(body)
    }

    // MARK: one request

    private func send(
        _ method: String,
        _ leg: inout SIPLeg,
        headers: [String],
        body: SIPBody?,
        within time: Duration
    ) async throws -> SIPAnswer {
        let stack = try await openedStack()
        try Task.checkCancellation()
        lastNumber += 1
        let number = lastNumber
        let text = leg.text(of: method, headers: headers, body: body, as: account.credentials)
        let handle = try hand(over: text, method, number, leg, to: stack)
        requests[number] = Request(handle: handle, call: method == "INVITE" ? leg : nil)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                requests[number]?.waiter = waiter
                requests[number]?.timer = Task { [weak self] in
                    try? await Task.sleep(for: time)
                    guard !Task.isCancelled else { return }
                    await self?.giveUp(number)
                }
                if Task.isCancelled { giveUp(number) }
            }
        } onCancel: {
            Task { await self.giveUp(number) }
        }
    }

    private func hand(
        over text: String,
        _ method: String,
        _ number: UInt64,
        _ leg: SIPLeg,
        to stack: Stack
    ) throws -> OpaquePointer {
        var failure: Int32 = 0
        for hop in hops(of: leg, stack) {
            var handle: OpaquePointer?
            let contact = method == "INVITE" ? SIPAddress.escaped(account.name) : nil
            failure = kk_sip_send(
                stack.handle,
                number,
                method,
                leg.target,
                hop,
                contact,
                text,
                text.utf8.count,
                &handle
            )
            if failure == 0, let handle { return handle }
        }
        throw SIPError(.unsent, "\(server): \(method) cannot be sent (\(reason(failure)))")
    }

    /// Where to try: the server alone over TLS, whose certificate is the one that was verified.
    func hops(of leg: SIPLeg, _ stack: Stack) -> [String] {
        [server.transport == .tls ? nil : leg.knownHop, stack.hop].compactMap(\.self)
    }

    private func receive(_ number: UInt64, _ answer: SIPAnswer?, failure: Int32) {
        guard let request = requests[number] else { return }
        if let answer, answer.isProvisional { return }
        requests[number] = nil
        request.timer?.cancel()
        if let answer {
            if answer.isAcceptance, var leg = request.call {
                acknowledge(&leg, answer)
                if request.waiter == nil { hangUpLater(leg) }
            }
            if request.isCancelled, answer.status == 487 {
                request.waiter?.resume(throwing: unanswered)
            } else {
                request.waiter?.resume(returning: answer)
            }
        } else {
            // A connection that fails before it is up has carried nothing.
            let isUnsent =
                server.transport != .udp && failure != ETIMEDOUT && failure != ECONNABORTED
            request.waiter?.resume(
                throwing: isUnsent
                    ? SIPError(.unsent, "\(server): \(reason(failure))") : unanswered
            )
        }
    }

    /// Nobody waits any longer for this request: an INVITE is cancelled, and has a moment yet to
    /// say what came of it.
    private func giveUp(_ number: UInt64) {
        guard let request = requests[number], let waiter = request.waiter else { return }
        request.timer?.cancel()
        if request.call != nil, !request.isCancelled {
            requests[number]?.isCancelled = true
            kk_sip_cancel(request.handle)
            requests[number]?.timer = Task { [weak self] in
                try? await Task.sleep(for: .seconds(1))
                guard !Task.isCancelled else { return }
                await self?.giveUp(number)
            }
        } else {
            requests[number]?.waiter = nil
            waiter.resume(throwing: unanswered)
        }
    }

    private var unanswered: SIPError {
        SIPError(.unanswered, "\(server): no answer in time")
    }
}

private func reason(_ failure: Int32) -> String {
    failure == EPROTO
        ? "the TLS handshake failed, or its certificate does not hold"
        : String(cString: strerror(failure))
}

extension SIPServer.Transport {
    fileprivate var stackName: kk_sip_transport {
        switch self {
        case .udp: KK_SIP_UDP
        case .tcp: KK_SIP_TCP
        case .tls: KK_SIP_TLS
        }
    }
}
