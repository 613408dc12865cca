import Synchronization
import TestSupport

/// Feeds of several users on one server, each of which can go wrong.
final class FeedServer: Sendable {
    private struct State {
        var texts: [String: String] = [:]
        var faults: [String: Fault] = [:]
    }

    private let state = Mutex(State())

    func book(_ user: String, _ event: EventText) {
        state.withLock { $0.texts["/\(user).ics"] = event.text }
    }

    /// From now on `user`'s feed goes wrong, or right again.
    func fail(_ user: String, _ fault: Fault?) {
        state.withLock { $0.faults["/\(user).ics"] = fault }
    }

    func reply(to request: CalendarServer.Request) -> CalendarServer.Reply {
        state.withLock { state in
            guard let text = state.texts[request.path] else { return .answer(404) }
            let body = Array(text.utf8)
            return state.faults[request.path]?.reply(insteadOf: body) ?? .answer(200, [], body)
        }
    }
}
