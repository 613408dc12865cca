import AbsenceModel
import AbsenceStore
import Foundation
import Telephony

extension AbsenceStore {
    /// Asks an exchange what it can express, before anything is planned for it.
    ///
    /// What it says is remembered, for plans and explanations; that it does not answer is written
    /// down as an outage, and everybody stays marked: nothing is lost, and the pass that finds it
    /// back catches up.
    ///
    /// A lease that has written nothing has a number that no exchange has seen: one that has shows
    /// that the database was restored.
    ///
    /// - Throws: ``ExchangeError`` where it does not answer; ``StoreError`` `fenced` where the
    ///   database was restored: the next run has a number that the exchange takes.
    func getToKnow(
        _ exchange: some TelephonyExchange,
        lease: Lease,
        at instant: Date
    ) async throws -> ExchangeCapabilities {
        do {
            let capabilities = try await exchange.capabilities()
            try takeIn(capabilities, lease: lease, at: instant)
            if let newest = capabilities.newestFence, newest >= lease.fence {
                throw try restored(newestFence: newest, lease: lease, at: instant)
            }
            return capabilities
        } catch let error as ExchangeError {
            try recordOutage(error.description, lease: lease, at: instant)
            throw error
        }
    }
    /// Writes down that the exchange has seen a newer run than this database gave out.
    ///
    /// - Returns: what ends the run that found it.
    func restored(
        newestFence: Int64? = nil,
        lease: Lease,
        at instant: Date
    ) throws -> StoreError {
        try beginEpoch(.telephoneSide, newestFence: newestFence, lease: lease, at: instant)
        return StoreError(
            .fenced,
            "the telephone side of \(lease.customer.key) has seen newer runs than this database"
                + " gave out, so the database was restored: the next run takes over what stands"
        )
    }
}
