import AbsenceStore
import ArgumentParser
import Logging

/// `billing close`: closes the invoices that are complete.
struct BillingClose: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close the invoices whose days are all counted; without --apply only list them.",
        discussion: """
            A closed invoice never changes. What comes to light later is corrected on the next one.

            EXAMPLE: kalenderkoppling billing close --apply
            """
    )

    @Flag(help: "Close them.")
    var apply = false

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customers = try session.customers(options.customer)
        let worst = try await session.each(of: customers, failure: "closing failed") { customer in
            var invoices = try session.store.invoices(of: customer).map(\.invoice)
                .filter { $0.state == "complete" }
            if apply {
                let closed = try session.store.closeInvoices(
                    of: customer,
                    by: session.runner,
                    at: session.now()
                )
                invoices = try session.store.invoices(of: customer).map(\.invoice)
                    .filter { $0.number.map(closed.contains) ?? false }
            }
            if !options.output.quiet || !invoices.isEmpty {
                try show(invoices, of: customer)
            }
            return .done
        }
        try worst.exit()
    }

    private func show(_ invoices: [Invoice], of customer: Customer) throws {
        guard format == .table else {
            return print(try InvoiceTable.of(invoices).text(format))
        }
        print("\(customer.key): \(invoices.count) \(apply ? "closed" : "to close")")
        if !invoices.isEmpty { print(InvoiceTable.of(invoices).text) }
    }
}
