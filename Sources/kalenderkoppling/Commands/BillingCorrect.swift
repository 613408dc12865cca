import AbsenceModel
import AbsenceStore
import ArgumentParser

/// `billing correct`: days that were counted wrongly.
struct BillingCorrect: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract:
            "Write down that a user did or did not have the service on days counted otherwise.",
        discussion: """
            Closed invoices stay as they are; the difference goes onto the next one, as a credit \
            or a charge.

            EXAMPLE: kalenderkoppling billing correct anna --from 2026-10-01 --to 2026-10-31 \
            --no-enabled --because moved --customer exempel
            """
    )

    @Argument(help: "The user, by key or extension.")
    var user: String

    @Option(help: ArgumentHelp("The first day.", valueName: "yyyy-mm-dd"))
    var from: Day

    @Option(help: ArgumentHelp("The last day.", valueName: "yyyy-mm-dd"))
    var to: Day

    @Flag(
        inversion: .prefixedNo,
        exclusivity: .exclusive,
        help: "Whether the user had the service."
    )
    var enabled: Bool

    @Option(help: ArgumentHelp("Why, without names.", valueName: "text"))
    var because: String

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func validate() throws {
        if to.date < from.date { throw ValidationError("--to is before --from") }
    }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let count = try session.store.correct(
            from.date...to.date,
            of: try session.store.user(user, of: customer),
            customer: customer,
            isEnabled: enabled,
            because: because,
            by: session.runner,
            at: session.now()
        )
        print("\(customer.key): \(count) days corrected")
    }
}
