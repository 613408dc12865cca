import AbsenceStore
import ArgumentParser
import Logging

/// `billing check`: whether the evidence of closed invoices is what it was.
struct BillingCheck: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Hold the evidence of closed invoices against the hashes on their lines.",
        discussion: """
            Prints the lines whose evidence is not what it was when the invoice was closed, and \
            leaves with 2 where there are any: somebody changed it by hand. What was corrected \
            by billing correct is no such change.

            EXAMPLE: kalenderkoppling billing check
            """
    )

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customers = try session.customers(options.customer)
        let worst = try await session.each(of: customers, failure: "check failed") { customer in
            let lines = try session.store.unlikeLines(of: customer)
            var table = Table(header: ["invoice", "line", "kind"])
            table.rows = lines.map { ["\($0.invoice)", "\($0.line)", $0.kind] }
            if format == .table {
                print("\(customer.key): \(lines.count) lines have other evidence than when closed")
            }
            if format != .table || !lines.isEmpty { print(try table.text(format)) }
            return lines.isEmpty ? .done : .partial
        }
        try worst.exit()
    }
}
