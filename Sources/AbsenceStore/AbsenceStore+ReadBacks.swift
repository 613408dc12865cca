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
    /// - Parameters:
    ///   - users: whom it covered; nil for everybody.
    ///   - unsettled: of whom something is unknown, and known by a read-back that is whole.
    ///   - list: hands over what was read, part by part, and says whether that is all there is.
    /// - Returns: what it found, and whether it was whole.
    public func takeIn(
        of users: [UserID]?,
        settling unsettled: [UserID],
        lease: Lease,
        at instant: Date,
        _ list: (_ stage: ([ShownEntry]) throws -> Void) async throws -> Bool
    ) async throws -> (ReadBackTally, isWhole: Bool) {
        let customer = lease.customer.id
        // By itself, for nobody is to wait until all is read.
        let id = try transaction(holding: lease) {
            try connection.run(NextFence(customer: customer)).first ?? lease.fence
        }
        return try await connection.transaction {
            var count = 0
            let isWhole = try await list { entries in
                let rows = entries.lazy.map { (customer, id, $0) }
                count += try connection.copyIn(StagedShown(), rows: rows)
            }
            try hold(lease)
            // What is unknown is settled by what stands, before hand edits are looked for.
            let tally = try connection.run(
                TakeInShown(
                    customer: customer,
                    readBack: id,
                    count: count,
                    users: users,
                    isWhole: isWhole,
                    at: instant
                )
            ).first
            let settling = isWhole ? unsettled : []
            let settled = try connection.run(
                SettleUnknown(customer: customer, users: settling, at: instant)
            ).first
            // What is known now may not be what is wanted.
            _ = try connection.run(
                Touch(customer: customer, users: settling, cause: "settled", at: instant)
            )
            try connection.execute(
                PutReadBack(
                    customer: customer,
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
            return (
                ReadBackTally(
                    entries: tally?.entries ?? 0,
                    holds: tally?.holds ?? 0,
                    settled: settled ?? 0,
                    doubted: tally?.doubted ?? 0
                ),
                isWhole
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
