import HTTPServing
import NIOHTTP1
import Synchronization

/// Answers that are sent once more where the same is asked and nothing has changed, so that a
/// measurement measures its client.
final class KeptAnswers: Sendable {
    private struct State {
        var answers: [String: ServerAnswer] = [:]
        var byteCount = 0
        /// The organisation's when they were made.
        var revision = 0
    }

    /// In bytes; what is beyond is made anew each time.
    private static let mostBytes = 1 << 30

    private let state = Mutex(State())

    /// The answer to the question, which `make` makes where none is kept of that revision.
    func answer(
        to request: ServerRequest,
        revision: Int,
        make: () -> ServerAnswer
    ) -> ServerAnswer {
        let question =
            ([request.origin, request.method, request.target] + request.headers["Prefer"])
            .joined(separator: "\n")
        let kept = state.withLock { state in
            if state.revision != revision { state = State(revision: revision) }
            return state.answers[question]
        }
        if let kept { return kept }
        let answer = make()
        state.withLock { state in
            let isKept =
                state.revision == revision && state.byteCount < Self.mostBytes
                && state.answers.updateValue(answer, forKey: question) == nil
            if isKept { state.byteCount += answer.body.count }
        }
        return answer
    }
}
