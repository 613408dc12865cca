import NIOCore

/// Sends something until it is answered: at once, then after 0.5 s, 1 s, 2 s and every 4 s, and
/// gives up after 32 s (RFC 3261 17.1.1.1, timers T1 and T2).
///
/// Belongs to its event loop.
final class Retransmission {
    static let first = TimeAmount.milliseconds(500)
    static let longest = TimeAmount.seconds(4)
    /// How long the network may keep a message, and so how long late ones are expected.
    static let lifetime = first * 64

    private let loop: NIOIsolatedEventLoop
    private let send: () -> Void
    private let gaveUp: () -> Void
    private let deadline: NIODeadline
    private var wait = first
    private var next: Scheduled<Void>?

    init(
        on loop: any EventLoop,
        send: @escaping () -> Void,
        gaveUp: @escaping () -> Void
    ) {
        self.loop = loop.assumeIsolated()
        self.send = send
        self.gaveUp = gaveUp
        deadline = .now() + Self.lifetime
        transmit()
    }

    func stop() {
        next?.cancel()
        next = nil
    }

    private func transmit() {
        send()
        next = loop.scheduleTask(deadline: min(.now() + wait, deadline)) { [self] in
            guard .now() < deadline else { return gaveUp() }
            transmit()
        }
        wait = min(wait * 2, Self.longest)
    }
}
