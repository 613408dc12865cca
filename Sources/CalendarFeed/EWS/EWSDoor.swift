import Synchronization
import Web

/// Keeps a wrong password from being shown again and again: a domain locks accounts that are
/// knocked at too often.
///
/// Until a first answer says that the account is let in, one request is under way at a time, and a
/// refusal ends it for all. Later on, where a password may be changed and a server err, three
/// refusals in a row do. Tokens lock no account: they go at once, and three refusals in a row end.
final class EWSDoor: Sendable {
    private struct State {
        var isOpen: Bool
        /// How many in a row.
        var refusals = 0
        var refusalsAllowed: Int
    }

    private static let refusalsInARow = 3

    private let showsPassword: Bool
    private let knocking: Budget
    private let state: Mutex<State>

    init(showsPassword: Bool, counts: TrafficCounts) {
        self.showsPassword = showsPassword
        knocking = Budget(concurrent: 1, counts: counts)
        state = Mutex(
            State(
                isOpen: !showsPassword,
                refusalsAllowed: showsPassword ? 1 : Self.refusalsInARow
            )
        )
    }

    /// Whether the account may still be let in.
    var isToBeTried: Bool {
        state.withLock { $0.refusals < $0.refusalsAllowed }
    }

    /// Takes in how a request was answered.
    func take(_ status: Int) {
        state.withLock { state in
            if status == 401 {
                state.refusals += 1
                if showsPassword { state.isOpen = false }
            } else {
                state.refusals = 0
                state.refusalsAllowed = Self.refusalsInARow
                state.isOpen = true
            }
        }
    }

    /// Runs `body` at once where the door is open, or else alone.
    func pass<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        if !isOpen {
            // Whoever waited while another one was let in goes on without a turn.
            let result = try await knocking.run { () -> Result? in
                isOpen ? nil : try await body()
            }
            if let result { return result }
        }
        return try await body()
    }

    private var isOpen: Bool { state.withLock { $0.isOpen } }
}
