import Synchronization

/// 10,000 requests a minute of the project, 600 of each user, in a minute that slides second by
/// second (calendar-apis.md 3.3).
final class GoogleQuotas: Sendable {
    private static let projectPerMinute = 10_000
    private static let userPerMinute = 600

    private struct State {
        /// Requests of the last 60 seconds.
        var seconds: [Int: Second] = [:]
        var throttled = 0
    }

    private struct Second {
        var count = 0
        var users: [String: Int] = [:]
    }

    private let limits: Limits
    private let counts: Counts
    private let begin = ContinuousClock.now
    private let state = Mutex(State())

    init(_ simulation: Simulation) {
        limits = simulation.limits
        counts = simulation.counts
    }

    /// Counts a request of `user`; those that are refused count as well.
    func spend(_ user: String) throws(GoogleError) {
        guard limits.isOn else { return }
        let second = Int(begin.duration(to: .now).components.seconds)
        let (project, own) = state.withLock { state in
            state.seconds[second, default: Second()].count += 1
            state.seconds[second]?.users[user, default: 0] += 1
            if state.seconds.count > 60 {
                state.seconds = state.seconds.filter { $0.key > second - 60 }
            }
            let minute = (second - 59...second).compactMap { state.seconds[$0] }
            return (
                minute.reduce(0) { $0 + $1.count },
                minute.reduce(0) { $0 + ($1.users[user] ?? 0) }
            )
        }
        if project > Self.projectPerMinute {
            counts.addBreach("google_project_minute")
            throw .rateLimitExceeded(403)
        }
        if own > Self.userPerMinute {
            counts.addBreach("google_user_minute")
            throw .userRateLimitExceeded
        }
    }

    /// The refusals of the fault `throttled`, in turns.
    var throttled: GoogleError {
        let number = state.withLock { state in
            state.throttled += 1
            return state.throttled
        }
        return number % 2 == 1 ? .userRateLimitExceeded : .rateLimitExceeded(429)
    }
}
