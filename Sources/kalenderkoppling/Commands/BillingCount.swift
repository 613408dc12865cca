import AbsenceStore
import ArgumentParser
import Logging

/// `billing count`: who had the service on each day that is over.
struct BillingCount: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count who had the service on each day that is over and was not counted yet.",
        discussion: """
            The nightly job does this, before it prunes. What was counted is never counted again; \
            billing correct writes down what was counted wrongly.

            EXAMPLE: kalenderkoppling billing count
            """
    )

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customers = try session.customers(options.customer)
        let worst = try await session.each(of: customers, failure: "counting failed") { customer in
            let days = try session.store.countUserDays(of: customer, at: session.now())
            session.logger.info(
                "user days counted",
                metadata: ["customer": "\(customer.key)", "days": "\(days)"]
            )
            return .done
        }
        try worst.exit()
    }
}
