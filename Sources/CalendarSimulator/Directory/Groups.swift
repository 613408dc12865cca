import Synchronization

/// Groups of users: `everyone`, `first-half`, `nobody`, and those that a test sets.
final class Groups: Sendable {
    private let organisation: Organisation
    private let changed = Mutex<[String: [String]]>([:])

    init(organisation: Organisation) {
        self.organisation = organisation
    }

    /// Gives a group other members, addresses in lower case.
    func set(_ group: String, members: [String]) {
        changed.withLock { $0[group.lowercased()] = members.map { $0.lowercased() } }
    }

    /// The addresses of a group's members; nil where there is no such group.
    ///
    /// - Parameter group: Its name, or the name and the organisation's domain.
    func members(of group: String) -> [String]? {
        let name = String(group.lowercased().prefix { $0 != "@" })
        if let members = changed.withLock({ $0[name] }) { return members }
        let count = organisation.settings.mailboxCount
        switch name {
        case "everyone": return (0..<count).map { organisation.address(of: $0 + 1) }
        case "first-half": return (0..<count / 2).map { organisation.address(of: $0 + 1) }
        case "nobody": return []
        default: return nil
        }
    }
}
