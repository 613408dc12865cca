public import AbsenceModel
public import Foundation
import Postgres

/// How it was found that the database was restored, beside what it sees of itself.
public enum RestoreCause: String, Sendable {
    /// The telephone side has seen a newer run than the database ever gave a number to.
    case telephoneSide = "telephone_side"
    /// A person says so.
    case told
}

extension AbsenceStore {
    /// Writes down that the database was restored, and numbers later runs above all that the
    /// telephone side has seen. The lease is too old to write there: its run ends.
    ///
    /// - Throws: ``StoreError/Code/fenced`` where it was no restoring, for a newer run has the
    ///   work; ``StoreError/Code/contested`` where the telephone side was found so an hour ago.
    public func beginEpoch(
        _ cause: RestoreCause,
        newestFence: Int64? = nil,
        lease: Lease,
        at instant: Date
    ) throws {
        let isBegun = try transaction(holding: lease) {
            try connection.run(
                BeginEpoch(
                    customer: lease.customer.id,
                    cause: cause,
                    newestFence: newestFence,
                    at: instant
                )
            ).first
        }
        guard isBegun == true else {
            throw StoreError(
                .contested,
                "another database writes to the telephone side of \(lease.customer.key): end the"
                    + " jobs of the one that is not to; this one was told so within the last hour"
            )
        }
    }

    /// Whether what stands on the telephone side is still to be taken over, since the database
    /// was restored.
    public func isAdoptionDue(of customer: Customer) throws -> Bool {
        try !connection.run(EpochsToAdopt(customer: customer.id)).isEmpty
    }

    /// Takes what was placed as unconfirmed, since the database was restored and the telephone
    /// system cannot be read.
    public func adoptUnread(_ lease: Lease, at instant: Date) throws {
        _ = try transaction(holding: lease) {
            try connection.run(AdoptUnread(customer: lease.customer.id, at: instant))
        }
    }

    /// Users whose calendars have not all been loaded since the database was restored.
    public func unloadedUsers(of customer: Customer) throws -> [UserID] {
        try connection.run(UnloadedUsers(customer: customer.id))
    }
}
