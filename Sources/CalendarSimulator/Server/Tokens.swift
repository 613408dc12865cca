import Foundation
import Synchronization

/// Access tokens. Nothing is kept of those issued but which were withdrawn.
final class Tokens: Sendable {
    /// How long one holds, in seconds (calendar-apis.md 1.6, 3.3).
    static let life = 3599

    private struct State {
        var issued = 0
        var withdrawn: Set<String> = []
    }

    private let faults: Faults
    private let clock: SimulatorClock
    private let state = Mutex(State())

    init(faults: Faults, clock: SimulatorClock) {
        self.faults = faults
        self.clock = clock
    }

    /// A token that `protocolName` accepts.
    ///
    /// - Parameter subject: The user that the client acts for, empty where it acts for itself.
    func issue(for protocolName: ProtocolName, subject: String = "") -> String {
        let number = state.withLock { state in
            state.issued += 1
            return state.issued
        }
        let end = Int(clock.now.timeIntervalSince1970) + Self.life
        return "kk.\(protocolName.rawValue).\(number).\(end).\(subject)"
    }

    /// The subject of a token that holds; nil where it does not, which is answered by 401. The
    /// fault `unauthorized` withdraws the token that it strikes.
    func subject(
        of token: String?,
        for protocolName: ProtocolName,
        mailbox: String?
    ) -> String? {
        guard let token else { return nil }
        let parts = token.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "kk", parts[1] == protocolName.rawValue,
            let end = Int(parts[3]), end > Int(clock.now.timeIntervalSince1970),
            state.withLock({ !$0.withdrawn.contains(token) })
        else { return nil }
        if faults.strike(.unauthorized, protocolName, mailbox: mailbox) {
            _ = state.withLock { $0.withdrawn.insert(token) }
            return nil
        }
        return String(parts[4])
    }
}
