import AbsenceStore
import ArgumentParser
import Foundation
import Logging
import Telephony

/// `prune`: forgets what ended long ago.
struct PruneCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Forget absences that ended two days ago, and bookings that ended 40 days ago.",
        discussion: """
            Bookings are kept as versions. The nightly job does this.

            EXAMPLE: kalenderkoppling prune
            """
    )

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let now = session.now()
        let day = 86400.0
        let customers = try session.customers(options.customer)
        let worst = try await session.each(of: customers, failure: "prune failed") { customer in
            let done: Void? = try await session.holding(.reconcile, of: customer) { lease in
                let before = now.addingTimeInterval(-2 * day)
                try session.store.prune(
                    lease,
                    before: before,
                    bookings: now.addingTimeInterval(-40 * day),
                    at: now
                )
                try await OpenedExchange.use(of: customer, in: session) {
                    try await $0.prune(endedBefore: before)
                }
            }
            return done == nil ? .skipped : .done
        }
        try worst.exit()
    }
}
