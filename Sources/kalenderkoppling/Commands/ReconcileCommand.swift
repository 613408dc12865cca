import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation
import Logging
import Reconcile

/// `reconcile`: brings the phones to what is wanted, or says how.
struct ReconcileCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: """
            Bring the phones to what the calendars say; without --apply only print the plan.
            """,
        discussion: """
            Where a plan takes away more than the limits allow, the users concerned are held back \
            whole, the others go on, and the exit status is 2, or 3 where nothing was let through. \
            Who has read the plan lets just these changes through with --approve and the digest \
            that is printed; that counts for a day.

            EXAMPLE: kalenderkoppling reconcile --apply --customer exempel
            """
    )

    @Flag(help: "Carry the plan out.")
    var apply = false

    @Flag(help: "Look only at users whose wanted state may have changed.")
    var touched = false

    @Option(
        help: ArgumentHelp("Let the refused changes of this digest through.", valueName: "digest")
    )
    var approve: String?

    @Option(help: "How to print the plan: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func validate() throws {
        if let approve, approve.count < 8 {
            throw ValidationError("--approve takes the digest, or its first eight digits or more")
        }
    }

    func run(in session: Session) async throws {
        // A digest is of one customer's plan.
        let customers =
            approve == nil
            ? try session.customersInTurn(options.customer)
            : [try session.customer(options.customer)]
        let scope: RunScope = touched ? .touched : .everybody
        let isShared = apply && approve == nil && options.customer == nil
        let worst = try await session.each(of: customers, failure: "reconcile failed") { customer in
            try await session.taking(
                isShared ? .reconcile(scope) : nil,
                at: .reconcile,
                of: customer
            ) { lease in
                let report = try await OpenedExchange.use(of: customer, in: session) { exchange in
                    let pass = ReconcilePass(
                        store: session.store,
                        exchange: exchange,
                        now: session.now,
                        report: session.report(of: customer)
                    )
                    return try await pass.run(
                        lease,
                        mode: apply ? .apply : .dryRun,
                        scope: scope,
                        approval: approve.map { Approval(digest: $0, by: session.runner) }
                    )
                }
                try show(report, in: session)
                return ExitStatus(report.ending)
            }
        }
        try worst.exit()
    }

    private func show(_ report: RunReport, in session: Session) throws {
        guard !options.output.quiet || report.ending != .done else { return }
        try WrittenPlan(report: report, isApplied: apply, store: session.store).print(format)
    }
}
