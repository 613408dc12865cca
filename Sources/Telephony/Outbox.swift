import AbsenceModel
import Foundation
import Synchronization

/// What waits to be sent to an exchange, and what was answered and is not yet written down.
///
/// Whoever sends and the one who writes down need not wait for each other: while the one writes,
/// the others send, and what is answered meanwhile is written down together.
final class Outbox: Sendable {
    typealias Answer = (batch: ChangeBatch, result: Result<[UUID: ChangeOutcome], any Error>)

    private struct State {
        /// The next one last.
        var waiting: [ChangeBatch] = []
        var answered: [Answer] = []
        var senders = 0
        /// How many failures came in a row.
        var failures = 0
        var seemsDead = false
    }

    private let state = Mutex(State())
    private let sendersAllowed: Int
    private let failuresAllowed: Int
    /// Tells that something was answered, or that somebody has nothing left to send.
    let news: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation

    /// - Parameter failuresAllowed: so many in a row, and the exchange is taken for dead.
    init(sendersAllowed: Int, failuresAllowed: Int) {
        self.sendersAllowed = sendersAllowed
        self.failuresAllowed = failuresAllowed
        (news, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var seemsDead: Bool { state.withLock(\.seemsDead) }

    /// Whether senders may soon have nothing to send.
    var isLow: Bool { state.withLock { $0.waiting.count < sendersAllowed } }

    /// Whether all that was put in was answered and collected.
    var isEmpty: Bool {
        state.withLock { $0.waiting.isEmpty && $0.answered.isEmpty && $0.senders == 0 }
    }

    /// - Returns: how many senders are to begin, each of whom takes until there is nothing left.
    func put(_ batches: [ChangeBatch]) -> Int {
        state.withLock { state in
            state.waiting.insert(contentsOf: batches.reversed(), at: 0)
            let count = min(sendersAllowed - state.senders, state.waiting.count)
            state.senders += count
            return count
        }
    }

    /// The next to be sent; nil for a sender who is no longer needed.
    func take() -> ChangeBatch? {
        let next = state.withLock { state -> ChangeBatch? in
            let next = state.seemsDead ? nil : state.waiting.popLast()
            if next == nil { state.senders -= 1 }
            return next
        }
        if next == nil { tell.yield() }
        return next
    }

    func answer(_ answer: Answer) {
        state.withLock { state in
            if case .failure = answer.result { state.failures += 1 } else { state.failures = 0 }
            if state.failures >= failuresAllowed { state.seemsDead = true }
            state.answered.append(answer)
        }
        tell.yield()
    }

    /// What was answered since it was asked last: what went well in one, then what failed, in one
    /// where it failed alike. What will not be sent to a dead exchange failed for that.
    func collect() -> [Answer] {
        var answers = state.withLock { state in
            if state.seemsDead, !state.waiting.isEmpty {
                let unsent = ExchangeError(.unreachable, "not sent: what was sent before failed")
                state.answered += state.waiting.reversed().map { ($0, .failure(unsent)) }
                state.waiting = []
            }
            defer { state.answered = [] }
            return state.answered
        }
        var outcomes: [UUID: ChangeOutcome] = [:]
        for case (_, .success(let told)) in answers { outcomes.merge(told) { first, _ in first } }
        let end = answers.partition { if case .failure = $0.result { true } else { false } }
        var collected: [Answer] = []
        if let done = ChangeBatch(joining: answers[..<end].map(\.batch)) {
            collected.append((done, .success(outcomes)))
        }
        let failed = Dictionary(grouping: answers[end...]) { "\($0.result)" }
        collected += failed.values.compactMap { alike in
            ChangeBatch(joining: alike.map(\.batch)).map { ($0, alike[0].result) }
        }
        return collected
    }
}

extension ChangeBatch {
    /// Some batches of one run, as one of the instant of the first; nil where there are none.
    fileprivate init?(joining batches: [ChangeBatch]) {
        guard let first = batches.first else { return nil }
        self.init(
            fence: first.fence,
            at: first.at,
            phones: batches.flatMap(\.phones),
            changes: batches.flatMap(\.changes)
        )
    }
}
