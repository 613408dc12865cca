import Foundation
import Synchronization

/// The telephone system: what stands there, who may ask, and what goes wrong.
final class System: Sendable {
    let access: Access
    let clock: SystemClock
    let faults: Faults
    let counts = Counts()
    let pace = Pace()
    let pageSize: Int
    private let board: Mutex<Board>

    init(
        _ capabilities: Capabilities,
        access: Access,
        clock: SystemClock,
        pageSize: Int,
        seed: UInt64
    ) {
        self.access = access
        self.clock = clock
        self.pageSize = pageSize
        faults = Faults(seed: seed)
        board = Mutex(Board(capabilities: capabilities))
    }

    func withBoard<Result, Failure: Error>(
        _ body: (inout Board) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try board.withLock(body)
    }
}

/// The system's clock, which tests may stop.
final class SystemClock: Sendable {
    private let standing: Mutex<Date?>

    init(standingAt instant: Date?) {
        standing = Mutex(instant)
    }

    var now: Date { standing.withLock { $0 } ?? Date() }

    func stand(at instant: Date?) {
        standing.withLock { $0 = instant }
    }

    /// For the Date header, which is always that of the machine.
    var httpDate: String { Date().formatted(Self.httpStyle) }

    /// RFC 9110 5.6.7.
    private static let httpStyle = Date.VerbatimFormatStyle(
        format: """
            \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
            \(second: .twoDigits) GMT
            """,
        locale: Locale(identifier: "en_US_POSIX"),
        timeZone: .gmt,
        calendar: Calendar(identifier: .gregorian)
    )
}

/// How many requests there were, and how many changes in batches.
final class Counts: Sendable {
    struct Numbers: Codable, Sendable {
        var requests: [String: Int] = [:]
        var answers: [String: Int] = [:]
        /// How often a client was faster than it may be.
        var breaches = 0
    }

    private let state = Mutex(Numbers())

    var numbers: Numbers { state.withLock { $0 } }

    func add(_ request: String, status: String) {
        state.withLock {
            $0.requests[request, default: 0] += 1
            $0.answers[status, default: 0] += 1
        }
    }

    func addBreach() {
        state.withLock { $0.breaches += 1 }
    }

    func reset() {
        state.withLock { $0 = Numbers() }
    }
}

/// How fast changes come, by a clock that nobody sets.
final class Pace: Sendable {
    private struct State {
        var freeAt = ContinuousClock.now
        var underWay = 0
    }

    private let state = Mutex(State())

    /// Begins a batch.
    ///
    /// - Returns: False where the client is too fast; nothing has begun then.
    func begin(_ changes: Int, within limits: Capabilities) -> Bool {
        state.withLock { state in
            let now = ContinuousClock.now
            guard state.underWay < limits.batchesAtOnce else { return false }
            if let rate = limits.changesPerSecond {
                // A little grace: two clocks measure the same pause.
                guard state.freeAt <= now + .milliseconds(20) else { return false }
                state.freeAt = max(state.freeAt, now) + .seconds(Double(changes) / rate)
            }
            state.underWay += 1
            return true
        }
    }

    func end() {
        state.withLock { $0.underWay -= 1 }
    }
}
