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
        try transaction(holding: lease, .repeatableRead) {
            let customer = lease.customer.id
            func counts(_ range: String) -> CountAccounts {
                CountAccounts(customer: customer, asOf: plannedAt, users: users, range: range)
            }
            var totals: [AccountCounts] = []
            if users == nil {
                try ranges(of: customer, counts, partSize: 2) { totals += try $0.next() }
            } else {
                totals = try connection.run(counts("(,)"))
            }
            return try connection.run(
                RecordBalance(
                    customer: customer,
                    run: lease.fence,
                    asOf: plannedAt,
                    users: users,
                    counts: totals.reduce(AccountCounts(), +),
                    at: instant
                )
            ).first ?? true
        }
    }
}
