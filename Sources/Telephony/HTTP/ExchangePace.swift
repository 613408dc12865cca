import Synchronization

/// How fast batches may be sent: the exchange says how many changes a second, and when to wait.
final class ExchangePace: Sendable {
    private struct State {
        var changesPerSecond: Double?
        var freeAt = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// - Parameter rate: nil for no limit.
    func keep(to rate: Double?) {
        state.withLock { $0.changesPerSecond = rate }
    }

    /// Waits for the turn of a batch of so many changes, and takes it.
    func take(_ changes: Int) async throws {
        while true {
            let wait = state.withLock { state -> Duration? in
                let now = ContinuousClock.now
                guard state.freeAt <= now else { return now.duration(to: state.freeAt) }
                if let rate = state.changesPerSecond {
                    state.freeAt = now + .seconds(Double(changes) / rate)
                }
                return nil
            }
            guard let wait else { return }
            try await Task.sleep(for: wait)
        }
    }

    /// Lets nobody begin for so long: the exchange said that it is enough.
    func pause(for wait: Duration) {
        state.withLock { $0.freeAt = max($0.freeAt, .now + wait) }
    }
}
