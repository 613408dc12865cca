public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Every table, with what it is kept for and how long.
    public func keptTables() throws -> [KeptTable] {
        try connection.run(KeptTables())
    }

    /// Everything that is held about a person, as JSON: for that person alone.
    public func export(of user: UserID, customer: Customer, at instant: Date) throws -> String {
        try connection.run(ExportOf(customer: customer.id, user: user, at: instant)).first ?? "{}"
    }

    /// What erasing a person would do.
    public func erasure(of user: UserID, customer: Customer) throws -> [ErasedTable] {
        try connection.run(ErasureOf(customer: customer.id, user: user))
    }

    /// Why a person cannot be erased yet.
    public func obstacles(to user: UserID, customer: Customer, at instant: Date) throws
        -> [ErasureObstacle]
    {
        try connection.run(ErasureObstacles(customer: customer.id, user: user, at: instant))
    }

    /// Erases a person whom nothing stands in the way of.
    ///
    /// - Parameter pseudonym: what stays in place of the key.
    /// - Throws: where there is an obstacle; nothing is changed then.
    public func erase(
        _ user: UserID,
        as pseudonym: String,
        _ lease: Lease,
        by who: String,
        at instant: Date
    ) throws -> [ErasedTable] {
        try transaction(holding: lease) {
            try connection.run(
                Erase(
                    customer: lease.customer.id,
                    user: user,
                    pseudonym: pseudonym,
                    at: instant,
                    by: who
                )
            )
        }
    }

    /// When the person of a pseudonym was erased last; nil where nobody of that name was.
    public func erasedAt(_ pseudonym: String, customer: Customer) throws -> Date? {
        try connection.run(ErasedAt(customer: customer.id, pseudonym: pseudonym)).first
    }
}

/// A table of the database: a row of `privacy.kept`.
public struct KeptTable: Hashable, Sendable {
    public var name: String
    /// A word of `privacy.purposes`; nil for a table that nobody gave one.
    public var purpose: String?
    public var keptFor: String?
    /// yes, no, or for one transaction.
    public var aboutPersons: String
    /// What becomes of a person's rows: deleted, emptied, renamed or kept.
    public var erasure: String?
    /// As the server's planner estimates.
    public var rowEstimate: Int
    public var meaning: String
}

/// What erasing a person does in one table.
public struct ErasedTable: Hashable, Sendable {
    public var name: String
    /// deleted, emptied, renamed or kept.
    public var erasure: String
    public var rowCount: Int
}

/// Why a person cannot be erased yet.
public enum ErasureObstacle: String, Hashable, Sendable {
    /// The next roster would bring the person back.
    case inRoster = "in_roster"
    /// An absence of ours stands on the telephone.
    case placed
    /// Nobody knows whether one does.
    case unknown
}
