import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Takes work for as long as the session lasts, or says that another run has it.
    ///
    /// - Parameter taker: who takes it, for people: a host and a process.
    /// - Returns: nil where another run has it; that this one left is written down.
    public func takeLease(
        on work: Work,
        of customer: Customer,
        by taker: String,
        at instant: Date
    ) throws -> Lease? {
        let key = AdvisoryKey.one(lockNumber(of: "\(customer.id.rawValue)/\(work.name)"))
        guard try connection.tryAdvisoryLock(key) else {
            try connection.execute(
                PutSkippedRun(
                    customer: customer.id,
                    work: work.name,
                    at: instant,
                    by: taker
                )
            )
            return nil
        }
        let fence = try connection.run(
            TakeFence(customer: customer.id, work: work.name, by: taker, at: instant)
        )
        guard let fence = fence.first else {
            throw StoreError(.unknownCustomer, "the customer \(customer.key) is gone")
        }
        return Lease(customer: customer, work: work, fence: fence)
    }

    /// Gives work back before the session ends.
    public func give(back lease: Lease) throws {
        try connection.advisoryUnlock(
            .one(lockNumber(of: "\(lease.customer.id.rawValue)/\(lease.work.name)"))
        )
    }

    /// The number of an advisory lock: the same for the same name on every host (FNV-1a).
    private func lockNumber(of name: String) -> Int64 {
        let hash = "kalenderkoppling/\(name)".utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }
}
