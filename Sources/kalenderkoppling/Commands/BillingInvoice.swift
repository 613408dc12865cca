import AbsenceStore
import ArgumentParser
import Settings

/// `billing invoice`: the invoices, or one of them.
struct BillingInvoice: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice",
        abstract: "List the invoices, or show one with its lines.",
        discussion: """
            Without a number all of them are listed: closed; complete, which billing close will \
            close; and open, which still grow. next stands for the one that is closed next.

            EXAMPLE: kalenderkoppling billing invoice next --customer exempel
            """
    )

    @Argument(help: "The number of an invoice, or next; all are listed where it is left out.")
    var invoice: InvoiceChoice?

    @Option(help: "How to print it: table, json, csv or html.")
    var format: InvoiceFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func validate() throws {
        if invoice == nil, format == .html {
            throw ValidationError("name the invoice that the page is for, by number or as next")
        }
    }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let invoices = try session.store.invoices(of: customer)
        guard let invoice else {
            print(try InvoiceTable.of(invoices.map(\.invoice)).text(format.plain))
            return
        }
        let (chosen, lines) = try invoice.chosen(of: invoices, of: customer)
        let document = InvoiceDocument(invoice: chosen, lines: lines, customer: customer)
        print(try document.text(format), terminator: format == .html ? "" : "\n")
    }
}

/// Which invoice is meant.
enum InvoiceChoice: ExpressibleByArgument {
    case number(Int)
    case next

    init?(argument: String) {
        if argument == "next" {
            self = .next
        } else if let number = Int(argument), number > 0 {
            self = .number(number)
        } else {
            return nil
        }
    }

    func chosen(
        of invoices: [(invoice: Invoice, lines: [InvoiceLine])],
        of customer: Customer
    ) throws -> (Invoice, [InvoiceLine]) {
        let found = invoices.first { invoice, _ in
            switch self {
            case .number(let number): invoice.number == number
            case .next: invoice.number == nil
            }
        }
        guard let found else {
            throw StoreError(
                .unknownInvoice,
                "\(customer.key) has no such invoice; billing invoice lists those there are"
            )
        }
        return found
    }
}

enum InvoiceFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, html

    /// The same without the page.
    var plain: OutputFormat {
        switch self {
        case .table, .html: .table
        case .json: .json
        case .csv: .csv
        }
    }
}

/// Invoices as a list.
enum InvoiceTable {
    static func of(_ invoices: [Invoice]) -> Table {
        var table = Table(
            header: [
                "invoice", "state", "contract", "from", "to", "net", "vat", "total", "currency",
            ]
        )
        table.rows = invoices.map {
            [
                $0.number.map(String.init) ?? "", $0.state, "\($0.contractNumber)",
                "\($0.firstDate)", "\($0.lastDate)", $0.net.text(decimals: 2),
                $0.vat.text(decimals: 2), $0.total.text(decimals: 2), $0.currency,
            ]
        }
        return table
    }
}
