import Synchronization

/// The published limits: how many requests at one time, and how many in a while.
///
/// A breach is counted under its name; what is answered is the face's own.
final class Limits: Sendable {
    private struct State {
        var isOn: Bool
        var underWay: [String: Int] = [:]
        var windows: [String: Window] = [:]
        /// When a client was told to wait, and until when.
        var pauses: [String: Range<ContinuousClock.Instant>] = [:]
    }

    /// A while that begins with its first request and after whose end all counting starts anew.
    private struct Window {
        var end: ContinuousClock.Instant
        var requests: [String: Int] = [:]
    }

    private let counts: Counts
    private let state: Mutex<State>

    init(isOn: Bool, counts: Counts) {
        self.counts = counts
        state = Mutex(State(isOn: isOn))
    }

    var isOn: Bool { state.withLock { $0.isOn } }

    /// Enforces the limits from now on, or none. What was counted is forgotten.
    func turn(on isOn: Bool) {
        state.withLock { $0 = State(isOn: isOn) }
    }

    /// Begins a request of `key`, unless `most` are under way; ``leave(_:)`` ends it.
    func enter(_ key: String, most: Int, breach: String) -> Bool {
        let isFree = state.withLock { state in
            guard state.isOn else { return true }
            let number = state.underWay[key] ?? 0
            guard number < most else { return false }
            state.underWay[key] = number + 1
            return true
        }
        if !isFree { counts.addBreach(breach) }
        return isFree
    }

    /// Ends a request that ``enter(_:most:breach:)`` began.
    func leave(_ key: String) {
        state.withLock { state in
            guard state.isOn else { return }
            let number = state.underWay[key] ?? 1
            state.underWay[key] = number > 1 ? number - 1 : nil
        }
    }

    /// Counts `cost` for `key`; false where that is more than `most` in the while of `seconds`,
    /// which is one and the same for all keys of `breach`.
    func spend(_ key: String, cost: Int = 1, most: Int, seconds: Int, breach: String) -> Bool {
        let isWithin = state.withLock { state in
            guard state.isOn else { return true }
            let now = ContinuousClock.now
            if state.windows[breach].map({ $0.end <= now }) ?? true {
                state.windows[breach] = Window(end: now + .seconds(seconds))
            }
            state.windows[breach]?.requests[key, default: 0] += cost
            return (state.windows[breach]?.requests[key] ?? 0) <= most
        }
        if !isWithin { counts.addBreach(breach) }
        return isWithin
    }

    /// A client was told to leave `key` alone for a while.
    func pause(_ key: String, for duration: Duration) {
        let now = ContinuousClock.now
        state.withLock { state in
            guard state.isOn else { return }
            state.pauses = state.pauses.filter { $0.value.upperBound > now }
            state.pauses[key] = now..<now + duration
        }
    }

    /// Whether a client had been told to leave `key` alone when a request arrived.
    func isPaused(_ key: String, at arrival: ContinuousClock.Instant, breach: String) -> Bool {
        let isPaused = state.withLock { $0.pauses[key]?.contains(arrival) ?? false }
        if isPaused { counts.addBreach(breach) }
        return isPaused
    }
}
