import ArgumentParser

/// `billing`: what is billed, and why.
struct BillingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "billing",
        abstract: "What is billed by user count: users, invoices, and how they come about.",
        discussion: """
            The nightly job counts who had the service on each day; the monthly one closes the \
            invoices of quarters that are over and writes them as files. A closed invoice never \
            changes: what comes to light later is corrected on the next one.

            EXAMPLE: kalenderkoppling billing invoice --customer exempel
            """,
        subcommands: [
            BillingContract.self, BillingCount.self, BillingUsers.self, BillingInvoice.self,
            BillingExplain.self, BillingCorrect.self, BillingClose.self, BillingCheck.self,
            BillingExport.self,
        ]
    )
}
