import AbsenceModel
import AbsenceStore
import ArgumentParser

/// `billing explain`: how a line of an invoice comes about, down to the users behind it.
struct BillingExplain: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "How a line of an invoice comes about, down to the users behind it.",
        discussion: """
            With --evidence it prints the text that the line's hash is made of, as it was when the \
            invoice was closed: a line a user with the number and the days of the month, each \
            marked e(nabled), v(erified), a(bsences), + or - where corrected. sha256sum gives the \
            hash.

            EXAMPLE: kalenderkoppling billing explain next 2 --customer exempel
            """
    )

    @Argument(help: "The number of the invoice, or next.")
    var invoice: InvoiceChoice

    @Argument(help: "The number of the line.")
    var line: Int

    @Flag(help: "Print the text that the hash is made of.")
    var evidence = false

    @Option(help: "How to print the users: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let invoices = try session.store.invoices(of: customer)
        let (chosen, lines) = try invoice.chosen(of: invoices, of: customer)
        guard let line = lines.first(where: { $0.number == line }) else {
            throw StoreError(.unknownInvoice, "the invoice has \(lines.count) lines")
        }
        if evidence {
            print(
                try session.store.evidence(of: line, on: chosen, customer: customer),
                terminator: ""
            )
            return
        }
        let contract = try session.store.contracts(of: customer)
            .first { $0.number == line.contractNumber }
        let explanation = LineExplanation(line: line, invoice: chosen, contract: contract)
        if format == .table { print(explanation.text) }
        guard explanation.isOfOneMonth else { return }
        let users = try session.store.userMonths(
            of: customer,
            within: line.firstDate...line.lastDate
        ).filter {
            $0.contractNumber == line.contractNumber && $0.monthNumber == line.monthNumber
        }
        print(try UserTable.of(users).text(format))
    }
}

/// In words, how a line comes about.
struct LineExplanation {
    let line: InvoiceLine
    let invoice: Invoice
    let contract: Contract?

    /// Whether the users of a month are behind it; else its months' are, by its evidence.
    var isOfOneMonth: Bool {
        line.kind == "subscription"
            || line.kind == "minimum" && contract?.terms["minimum_per"] == "month"
    }

    var text: String {
        let reckoning =
            "\(line.quantity.shownQuantity) x \(line.unitPrice.shownPrice)"
        let amount = "\(line.amount.text(decimals: 2)) \(invoice.currency)"
        var sentences = [
            "line \(line.number): \(line.kind), \(line.firstDate) to \(line.lastDate): \(amount)",
            line.isCorrection
                ? "the difference between what is due, \(reckoning), and what was invoiced before"
                : reckoning,
        ]
        sentences += meaning
        sentences.append("evidence \(line.evidenceHash)")
        return sentences.joined(separator: "\n")
    }

    private var meaning: [String] {
        let terms = contract?.terms ?? [:]
        let start = contract?.startsDate.description ?? "its start"
        return switch line.kind {
        case "setup": ["once, by the price list that was valid on \(start)"]
        case "subscription":
            [
                "a user counts who was \(terms["users"] ?? "enabled")"
                    + " (\(terms["counted"] ?? "any_day")) in the month"
            ]
        case "minimum": ["what a \(terms["minimum_per"] ?? "month") lacks of its minimum"]
        case "termination":
            [
                "a share of \(terms["termination_share"] ?? "") of what the months from"
                    + " \(line.firstDate) to the end of the term, \(line.lastDate),",
                "would have cost with the mean of the users (\(terms["termination_users"] ?? ""));"
                    + " --evidence prints these, month by month",
            ]
        default: ["of the sum of the lines above"]
        }
    }
}
