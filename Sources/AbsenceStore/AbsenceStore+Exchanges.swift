public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Remembers what a customer's telephone system can express, and that it answered.
    public func takeIn(
        _ capabilities: ExchangeCapabilities,
        lease: Lease,
        at instant: Date
    ) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                TakeInCapabilities(
                    customer: lease.customer.id,
                    capabilities: capabilities,
                    at: instant
                )
            )
        }
    }

    /// Writes down that a customer's telephone system did not answer.
    public func recordOutage(_ failure: String, lease: Lease, at instant: Date) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                RecordOutage(customer: lease.customer.id, failure: failure, at: instant)
            )
        }
    }

    /// Takes what may stand as placed and unconfirmed, where the telephone system cannot be read:
    /// the next plan places it once more, or removes it.
    ///
    /// - Returns: of how many changes the outcome was not known.
    public func reassertUnknown(_ lease: Lease, at instant: Date) throws -> Int {
        try transaction(holding: lease) {
            try connection.run(
                ReassertUnknown(customer: lease.customer.id, at: instant)
            ).first ?? 0
        }
    }
}
