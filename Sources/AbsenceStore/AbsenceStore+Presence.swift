public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// What colleagues are to see at `instant`, of every extension whose user is absent.
    public func presence(of customer: Customer, at instant: Date) throws -> [PresenceState] {
        try connection.run(WantedPresence(customer: customer.id, asOf: instant))
    }

    /// What stands on the telephone side, as it was granted.
    public func publishedPresence(of customer: Customer) throws -> [PublishedPresence] {
        try connection.run(PublishedPresences(customer: customer.id))
    }

    /// Writes down what the telephone side granted.
    public func remember(_ presence: PublishedPresence, lease: Lease) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                PutPublishedPresence(customer: lease.customer.id, presence: presence)
            )
        }
    }

    /// Writes down what stands there no longer.
    public func forget(_ presences: [PublishedPresence], lease: Lease) throws {
        guard !presences.isEmpty else { return }
        try transaction(holding: lease) {
            for presence in presences {
                _ = try connection.run(
                    ForgetPublishedPresence(
                        customer: lease.customer.id,
                        user: presence.user,
                        phone: presence.phone
                    )
                )
            }
        }
    }
}
