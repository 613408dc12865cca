import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// The groups that the customer file names.
    public func groups(of customer: Customer) throws -> [NamedGroup] {
        try connection.run(GroupsToRead(customer: customer.id))
    }

    /// Makes what groups told those who are in them, and so who has the services.
    ///
    /// A group that failed, or told of nobody, keeps those whom it had.
    ///
    /// - Returns: what became of each group.
    public func takeIn(
        _ answers: [GroupAnswer],
        of customer: Customer,
        by who: String,
        at instant: Date
    ) throws -> [GroupTally] {
        try transaction {
            let told = try connection.copyIn(
                StagedGroupAnswers(),
                rows: answers.lazy.map { (customer.id, $0) }
            )
            let members = try connection.copyIn(
                StagedGroupMembers(),
                rows: answers.lazy.flatMap { answer in
                    answer.members.lazy.map { (customer.id, answer.group, $0) }
                }
            )
            return try connection.run(
                TakeInGroups(customer: customer.id, count: told + members, at: instant, by: who)
            )
        }
    }
}

/// A group whose members have a service.
public struct NamedGroup: Hashable, Sendable {
    public var id: Int
    /// The name of the calendar source whose directory has it.
    public var source: String
    /// What the directory calls it.
    public var key: String
    /// `calendar` or `diversion`.
    public var service: String
}

/// What a group told.
public struct GroupAnswer: Hashable, Sendable {
    public var group: NamedGroup
    /// Everybody in it; none after a failure.
    public var members: [Member]
    /// What went wrong and what to do, or nil.
    public var failure: String?

    public init(_ group: NamedGroup, members: [Member]) {
        self.group = group
        self.members = members
    }

    public init(_ group: NamedGroup, failure: String) {
        self.group = group
        self.members = []
        self.failure = failure
    }

    public struct Member: Hashable, Sendable {
        /// The directory's own key.
        public var key: String
        /// In lower case.
        public var mailAddresses: [String]

        public init(key: String, mailAddresses: [String]) {
            self.key = key
            self.mailAddresses = mailAddresses
        }
    }
}

/// What became of a group that was asked.
public struct GroupTally: Hashable, Sendable {
    public var source: String
    public var group: String
    public var service: String
    /// Members that count from now on.
    public var members: Int
    /// Of these, who is in no roster.
    public var unknown: Int
    /// Users who joined, and who left.
    public var joined: Int
    public var left: Int
    public var failure: String?
}
