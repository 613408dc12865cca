import AbsenceModel
import AbsenceStore
import ArgumentParser

/// `billing contract`: how the contract is read.
struct BillingContract: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract",
        abstract: "How a contract is read: each setting with its value or its default.",
        discussion: """
            The settings are keys of `contract` in the customer file; the price list gives the \
            prices and the notice.

            EXAMPLE: kalenderkoppling billing contract --customer exempel
            """
    )

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        var table = Table(header: ["contract", "setting", "value"])
        for contract in try session.store.contracts(of: customer) {
            var terms = contract.terms
            terms["starts"] = contract.startsDate.description
            terms["ends"] = contract.endsDate?.description ?? "when notice is given"
            table.rows += terms.sorted { $0.key < $1.key }
                .map { ["\(contract.number)", $0.key, $0.value] }
        }
        print(try table.text(format))
    }
}
