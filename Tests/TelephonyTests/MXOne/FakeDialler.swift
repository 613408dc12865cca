import SIP
import Synchronization
import Telephony

/// Answers codes from a list, and keeps what was dialled, and how many at once.
final class FakeDialler: MXOneDialler {
    private struct State {
        var dialled: [String] = []
        var answers: [String: [Result<DialOutcome, SIPError>]] = [:]
        var underWay = 0
        var mostAtOnce = 0
    }

    private let state: Mutex<State>
    private let isThere: Bool

    /// - Parameter answers: by code, in order; the last counts for every later dial, and what is
    ///   not there is accepted.
    init(_ answers: [String: [Result<DialOutcome, SIPError>]] = [:], isThere: Bool = true) {
        state = Mutex(State(answers: answers))
        self.isThere = isThere
    }

    var dialled: [String] { state.withLock(\.dialled) }
    var mostAtOnce: Int { state.withLock(\.mostAtOnce) }

    func look() async throws {
        guard isThere else { throw SIPError(.unanswered, "nobody is there") }
    }

    func dial(_ code: String) async throws -> DialOutcome {
        let answer = state.withLock { state in
            state.dialled.append(code)
            state.underWay += 1
            state.mostAtOnce = max(state.mostAtOnce, state.underWay)
            guard let answers = state.answers[code], let first = answers.first else {
                return Result<DialOutcome, SIPError>.success(.accepted)
            }
            if answers.count > 1 { state.answers[code]?.removeFirst() }
            return first
        }
        try await Task.sleep(for: .milliseconds(2))
        state.withLock { $0.underWay -= 1 }
        return try answer.get()
    }
}
