public import AbsenceStore
public import CalendarFeed
public import Foundation
import Web

/// Asks the groups that a customer file names for their members, and takes these in: who has a
/// service is whoever is in its groups (domain S3-6).
public struct GroupPass {
    public var store: AbsenceStore
    /// The directory of a calendar source, by the source's name.
    public var directory: (_ source: String) async throws -> any GroupDirectory
    /// Who runs, for the audit.
    public var runner: String
    public var now: () -> Date

    public init(
        store: AbsenceStore,
        directory: @escaping (_ source: String) async throws -> any GroupDirectory,
        runner: String,
        now: @escaping () -> Date
    ) {
        self.store = store
        self.directory = directory
        self.runner = runner
        self.now = now
    }

    /// - Returns: what became of each group; none where the customer names none.
    /// - Throws: what is no single group's failure. A group that fails keeps its members, and says
    ///   why in its tally.
    public func run(for customer: Customer) async throws -> [GroupTally] {
        let groups = try store.groups(of: customer)
        guard !groups.isEmpty else { return [] }
        // A group that is named for two services is asked once.
        var told: [Name: Result<[GroupMember], RemoteFailure>] = [:]
        var answers: [GroupAnswer] = []
        for group in groups {
            let name = Name(source: group.source, key: group.key)
            let result: Result<[GroupMember], RemoteFailure>
            if let known = told[name] {
                result = known
            } else {
                result = try await members(of: group)
            }
            told[name] = result
            switch result {
            case .success(let members):
                answers.append(
                    GroupAnswer(
                        group,
                        members: members.map {
                            GroupAnswer.Member(key: $0.key, mailAddresses: $0.mailAddresses)
                        }
                    )
                )
            case .failure(let failure):
                answers.append(GroupAnswer(group, failure: failure.description))
            }
        }
        return try store.takeIn(answers, of: customer, by: runner, at: now())
    }

    private struct Name: Hashable {
        var source: String
        var key: String
    }

    private func members(
        of group: NamedGroup
    ) async throws -> Result<[GroupMember], RemoteFailure> {
        do {
            return .success(try await directory(group.source).members(of: group.key))
        } catch let failure as RemoteFailure {
            return .failure(failure)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return .failure(RemoteFailure(.unreachable, "it failed with \(type(of: error))"))
        }
    }
}
