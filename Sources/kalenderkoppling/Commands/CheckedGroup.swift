import AbsenceStore
import CalendarFeed
import Settings
import Web

/// One group, asked for its members; nobody gains or loses a service by it.
struct CheckedGroup: Hashable {
    /// The name of the calendar source whose directory has it.
    let source: String
    let key: String
    private let customer: Customer

    /// The groups of a customer, each once, whatever the services.
    static func all(of customer: Customer, in session: Session) throws -> [CheckedGroup] {
        var groups: [CheckedGroup] = []
        for group in try session.store.groups(of: customer) {
            let checked = CheckedGroup(source: group.source, key: group.key, customer: customer)
            if !groups.contains(checked) { groups.append(checked) }
        }
        return groups
    }

    func answer(in session: Session) async throws -> String {
        let directories = OpenedDirectories(of: customer, now: session.now)
        do {
            let members = try await directories.directory(source).members(of: key)
            await directories.close()
            guard !members.isEmpty else {
                throw RemoteFailure(.refused, "it has no member, and would switch nobody on or off")
            }
            return "read, \(members.count) member\(members.count == 1 ? "" : "s")"
        } catch {
            await directories.close()
            throw error
        }
    }
}
