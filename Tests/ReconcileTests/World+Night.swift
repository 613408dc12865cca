import AbsenceStore
import Foundation
import TestSupport

/// What the nightly job does beside its passes.
extension World {
    func recordDrift() async throws -> [Drift] {
        try await holding(.reconcile) { try store.recordDrift($0, at: clock.tick()) }
    }

    /// What `prune` does.
    func prune() async throws {
        let now = clock.tick()
        try await holding(.reconcile) { lease in
            let before = now.addingTimeInterval(-2 * 86400)
            try store.prune(
                lease,
                before: before,
                bookings: now.addingTimeInterval(-40 * 86400),
                at: now
            )
            try await exchange.prune(endedBefore: before)
        }
    }
}
