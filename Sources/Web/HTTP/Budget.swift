/// What one party, a mailbox, a tenant, a project, may be asked: so many requests at once, and so
/// many in a stretch of time.
///
/// Whoever comes first is served first. The stretch slides: at no moment does the last `interval`
/// hold more than `count` requests.
package actor Budget {
    /// So many requests in any stretch of that length.
    package struct Rate: Sendable {
        var count: Int
        var interval: Duration

        package init(count: Int, interval: Duration) {
            self.count = count
            self.interval = interval
        }
    }

    private let concurrent: Int
    private let rate: Rate?
    private let counts: TrafficCounts
    private var running = 0
    private var begun: [ContinuousClock.Instant] = []
    private var pausedUntil: ContinuousClock.Instant?
    private var waiting: [(id: UInt64, CheckedContinuation<Void, any Error>)] = []
    private var nextID: UInt64 = 0

    package init(concurrent: Int, rate: Rate? = nil, counts: TrafficCounts) {
        self.concurrent = concurrent
        self.rate = rate
        self.counts = counts
    }

    /// Runs `body` when its turn has come.
    ///
    /// - Throws: `CancellationError` where the task was cancelled before its turn, and what
    ///   `body` throws.
    package func run<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await takeTurn()
        defer { endTurn() }
        let begin = ContinuousClock.now
        while let wait = waitNeeded() {
            try await Task.sleep(for: wait)
        }
        let waited = begin.duration(to: .now)
        if waited > .milliseconds(1) { counts.countWait(waited, isRetry: false) }
        begun.append(.now)
        return try await body()
    }

    /// Lets nobody else begin for so long: the server said that it is enough.
    package func pause(for wait: Duration) {
        let end = ContinuousClock.now + wait
        pausedUntil = max(pausedUntil ?? end, end)
    }

    /// How long until the next request may begin, or nil where it may now.
    private func waitNeeded() -> Duration? {
        let now = ContinuousClock.now
        if let pausedUntil {
            if pausedUntil > now { return now.duration(to: pausedUntil) }
            self.pausedUntil = nil
        }
        guard let rate else {
            begun.removeAll()
            return nil
        }
        let stretchStart = now - rate.interval
        begun.removeAll { $0 <= stretchStart }
        guard begun.count >= rate.count else { return nil }
        return stretchStart.duration(to: begun[begun.count - rate.count]) + .milliseconds(1)
    }

    private func takeTurn() async throws {
        try Task.checkCancellation()
        if running < concurrent {
            running += 1
            return
        }
        let id = nextID
        nextID += 1
        let begin = ContinuousClock.now
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting.append((id, continuation))
                }
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
        counts.countWait(begin.duration(to: .now), isRetry: false)
    }

    private func giveUp(_ id: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).1.resume(throwing: CancellationError())
    }

    /// Hands the turn to whoever waits longest.
    private func endTurn() {
        guard !waiting.isEmpty else {
            running -= 1
            return
        }
        waiting.removeFirst().1.resume()
    }
}
