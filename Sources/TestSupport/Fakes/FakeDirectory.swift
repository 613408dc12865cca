public import CalendarFeed
import Synchronization
public import Web

/// A directory in memory: each group with its members, or a failure.
public final class FakeDirectory: GroupDirectory {
    private struct State {
        var groups: [String: Result<[GroupMember], RemoteFailure>] = [:]
        var asked: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Gives a group these members: addresses, each its own key.
    public func set(_ group: String, _ addresses: String...) {
        let members = addresses.map { GroupMember(key: $0, mailAddresses: [$0]) }
        state.withLock { $0.groups[group] = .success(members) }
    }

    /// Lets a group fail from now on.
    public func fail(_ group: String, _ failure: RemoteFailure) {
        state.withLock { $0.groups[group] = .failure(failure) }
    }

    /// The groups that were asked, in order.
    public var asked: [String] { state.withLock { $0.asked } }

    public func members(of group: String) async throws -> [GroupMember] {
        try state.withLock { state in
            state.asked.append(group)
            guard let result = state.groups[group] else {
                throw RemoteFailure(.notFound, "there is no group \(group)")
            }
            return try result.get()
        }
    }
}
