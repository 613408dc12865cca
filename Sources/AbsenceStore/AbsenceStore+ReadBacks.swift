public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Users with changes whose outcome was never written down, and the extensions concerned.
    public func unsettledUsers(of customer: Customer) throws -> [UnsettledUser] {
        try connection.run(UnsettledUsers(customer: customer.id))
    }

    /// Where absences of some users may stand: by the roster, and by what was placed.
    public func knownExtensions(of users: [UserID], customer: Customer) throws -> [String] {
        try connection.run(KnownExtensions(customer: customer.id, users: users))
    }

    /// Takes a read-back in, finds what people did by hand, and settles what was unknown.
    ///
    /// - Parameter users: whom it covered; nil for everybody.
    public func takeIn(
        _ entries: [ShownEntry],
        isWhole: Bool,
        of users: [UserID]?,
        settling unsettled: [UserID],
        lease: Lease,
        at instant: Date
    ) throws -> ReadBackTally {
        try transaction(holding: lease) {
            let id =
                try connection.run(
                    NextFence(customer: lease.customer.id)
                ).first ?? lease.fence
            let count = try connection.copyIn(
                StagedShown(),
                rows: entries.lazy.map { (lease.customer.id, id, $0) }
            )
            // What is unknown is settled by what stands, before hand edits are looked for.
            let tally = try connection.run(
                TakeInShown(
                    customer: lease.customer.id,
                    readBack: id,
                    count: count,
                    users: users,
                    isWhole: isWhole,
                    at: instant
                )
            ).first
            let settled = try connection.run(
                SettleUnknown(customer: lease.customer.id, users: unsettled, at: instant)
            ).first
            // What is known now may not be what is wanted.
            _ = try connection.run(
                Touch(customer: lease.customer.id, users: unsettled, cause: "settled", at: instant)
            )
            try connection.execute(
                PutReadBack(
                    customer: lease.customer.id,
                    readBack: id,
                    at: instant,
                    isWhole: isWhole,
                    userCount: users?.count,
                    entryCount: count,
                    failure: tally.flatMap {
                        $0.doubted == 0
                            ? nil : "it misses \($0.doubted) absences of ours that were seen before"
                    }
                )
            )
            return ReadBackTally(
                entries: tally?.entries ?? 0,
                holds: tally?.holds ?? 0,
                settled: settled ?? 0,
                doubted: tally?.doubted ?? 0
            )
        }
    }
}

/// A user with changes of unknown outcome, and an extension that they name.
public struct UnsettledUser: Hashable, Sendable {
    public var user: UserID
    public var phone: String
}

/// One absence seen on the telephone side, as it is staged.
public struct ShownEntry: Hashable, Sendable {
    public var entryKey: String
    public var absenceKey: UUID?
    public var origin: String
    public var absence: Absence
    public var versionTag: String?
    public var setBy: String?
    public var setAt: Date?

    public init(
        entryKey: String,
        absenceKey: UUID?,
        origin: String,
        absence: Absence,
        versionTag: String?,
        setBy: String?,
        setAt: Date?
    ) {
        self.entryKey = entryKey
        self.absenceKey = absenceKey
        self.origin = origin
        self.absence = absence
        self.versionTag = versionTag
        self.setBy = setBy
        self.setAt = setAt
    }
}

/// What a read-back found, in numbers.
public struct ReadBackTally: Hashable, Sendable {
    public var entries: Int
    /// Absences of ours that a person deleted or changed by hand, found now.
    public var holds: Int
    /// Changes whose outcome was unknown and is known now.
    public var settled: Int
    /// Absences of ours that it misses, where these are too many to be believed; else 0.
    public var doubted: Int
}
