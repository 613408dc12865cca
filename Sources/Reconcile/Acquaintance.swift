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
    /// - Throws: ``ExchangeError`` where it does not answer.
    func getToKnow(
        _ exchange: some TelephonyExchange,
        lease: Lease,
        at instant: Date
    ) async throws -> ExchangeCapabilities {
        do {
            let capabilities = try await exchange.capabilities()
            try takeIn(capabilities, lease: lease, at: instant)
            return capabilities
        } catch let error as ExchangeError {
            try recordOutage(error.description, lease: lease, at: instant)
            throw error
        }
    }
}
