public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Compares what is wanted, what was carried out and what is shown, and writes it down.
    ///
    /// - Returns: where they do not agree.
    public func recordDrift(_ lease: Lease, at instant: Date) throws -> [Drift] {
        let count = try transaction(holding: lease) {
            try connection.run(RecordDrift(customer: lease.customer.id, at: instant)).first ?? 0
        }
        return count == 0 ? [] : try connection.run(Drifts(customer: lease.customer.key))
    }

    /// Forgets what was acknowledged and is missing on the telephone side, so that the next plan
    /// places it again.
    ///
    /// - Returns: of how many absences.
    public func placeAgain(_ lease: Lease, at instant: Date) throws -> Int {
        try transaction(holding: lease) {
            try connection.run(PlaceAgain(customer: lease.customer.id, at: instant)).first ?? 0
        }
    }
}

/// An absence whose wanted, placed and shown sides do not agree: a row of `watch.drift`.
public struct Drift: Hashable, Sendable {
    public var userKey: String
    /// A word of `audit.drifts`: not_carried_out, never_shown, missing, changed, stray, overlapping.
    public var drift: String
    public var phone: String
    public var startsAt: Date
    public var endsAt: Date
    public var kind: Kind
    public var reason: String
}
