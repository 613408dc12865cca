import Synchronization

/// What was learnt about a server, for all users of a source.
final class CalDAVHabits: Sendable {
    private let rejects = Mutex<Bool?>(nil)

    /// See ``CalDAVCursor/rejectsUnknownTokens``.
    var rejectsUnknownTokens: Bool? {
        get { rejects.withLock { $0 } }
        set { rejects.withLock { $0 = newValue } }
    }
}
