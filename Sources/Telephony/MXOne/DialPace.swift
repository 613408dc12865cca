/// Keeps a number of dials per second, whoever dials.
actor DialPace {
    private let interval: Duration
    private var next: ContinuousClock.Instant?

    init(perSecond: Double) {
        interval = .seconds(1 / perSecond)
    }

    /// Waits for the next turn.
    ///
    /// - Throws: `CancellationError`.
    func turn() async throws {
        let now = ContinuousClock.now
        let turn = max(next ?? now, now)
        next = turn + interval
        if turn > now { try await Task.sleep(until: turn, clock: .continuous) }
        try Task.checkCancellation()
    }

    /// Lets nobody dial for so long: the exchange said that it is enough.
    func pause(for wait: Duration) {
        let end = ContinuousClock.now + wait
        next = max(next ?? end, end)
    }
}
