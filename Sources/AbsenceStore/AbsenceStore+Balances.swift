public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Writes down in which account each booking version of a run's users is, or of everybody
    /// where none are named: the conservation ledger.
    ///
    /// - Parameter plannedAt: the instant for which the run planned.
    /// - Returns: whether every version that was taken in is found, and in an account.
    public func recordBalance(
        of users: [UserID]?,
        lease: Lease,
        asOf plannedAt: Date,
        at instant: Date
    ) throws -> Bool {
        try transaction(holding: lease) {
            try connection.run(
                RecordBalance(
                    customer: lease.customer.id,
                    run: lease.fence,
                    asOf: plannedAt,
                    users: users,
                    at: instant
                )
            ).first ?? true
        }
    }
}
