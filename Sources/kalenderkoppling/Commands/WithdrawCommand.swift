import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation
import Reconcile

/// `withdraw`: removes everything of ours from the telephone side, and nothing else.
struct WithdrawCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Remove everything that was placed for a customer, and nothing else.",
        discussion: """
            What people set themselves stays. Without --apply only what would be removed is \
            printed. The limits do not hold it back: it is asked for by name. The next reconcile \
            places anew what the calendars say; stop the timers first where that is not wanted.

            EXAMPLE: kalenderkoppling withdraw --customer exempel --apply
            """
    )

    @Flag(help: "Carry it out.")
    var apply = false

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @Option(help: ArgumentHelp("The customer's key.", valueName: "key"))
    var customer: String

    @OptionGroup var output: OutputOptions
    var outputOptions: OutputOptions { output }

    func run(in session: Session) async throws {
        let customer = try session.customer(customer)
        let report = try await session.holding(.reconcile, of: customer) { lease in
            try await OpenedExchange.use(of: customer, in: session) { exchange in
                let pass = WithdrawPass(
                    store: session.store,
                    exchange: exchange,
                    now: session.now,
                    report: session.report(of: customer)
                )
                return try await pass.run(lease, isApplied: apply)
            }
        }
        guard let report else { return try ExitStatus.skipped.exit() }
        try WrittenPlan(report: report, isApplied: apply, store: session.store).print(format)
        try ExitStatus(report.ending).exit()
    }
}
