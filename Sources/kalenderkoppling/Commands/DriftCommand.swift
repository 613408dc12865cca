import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation
import Logging

/// `drift`: where what is wanted, what was carried out and what is shown do not agree.
struct DriftCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Where what is wanted, carried out and shown do not agree.",
        discussion: """
            By the last whole read-back: run `load absences` before. What people changed by hand is \
            no drift. The exit status is 2 where there is any; it is kept in audit.drifts, and the \
            last comparison is in watch.drift.

            not_carried_out  wanted and not acknowledged, or the other way round
            never_shown      acknowledged and never seen: the telephone system says done and is not
            missing          seen once and gone, more than is believed of people
            changed          shown otherwise than placed
            stray            carries our mark and is not known here
            overlapping      two of ours at one instant

            Where the telephone side lost what stood there, --repair lets the next \
            `reconcile --apply` place what is missing again.

            EXAMPLE: kalenderkoppling drift --customer exempel
            """
    )

    @Flag(help: "Let what is missing be placed again.")
    var repair = false

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customers = try session.customers(options.customer)
        let worst = try await session.each(of: customers, failure: "drift failed") { customer in
            let status = try await session.holding(.reconcile, of: customer) { lease in
                let drifts = try session.store.recordDrift(lease, at: session.now())
                if !options.output.quiet || !drifts.isEmpty { try show(drifts, of: customer) }
                if repair {
                    let count = try session.store.placeAgain(lease, at: session.now())
                    session.logger.notice(
                        "to be placed again",
                        metadata: ["customer": "\(customer.key)", "absences": "\(count)"]
                    )
                }
                return drifts.isEmpty ? ExitStatus.done : .partial
            }
            return status ?? .skipped
        }
        try worst.exit()
    }

    private func show(_ drifts: [Drift], of customer: Customer) throws {
        let times = WallTimes(customer.timeZone)
        var table = Table(header: ["drift", "user", "phone", "when", "kind", "reason"])
        table.rows = drifts.map {
            [
                $0.drift, $0.userKey, $0.phone,
                format == .table
                    ? times.stretch($0.startsAt, $0.endsAt)
                    : "\($0.startsAt.formatted(.iso8601))/\($0.endsAt.formatted(.iso8601))",
                $0.kind.rawValue, $0.reason,
            ]
        }
        guard format == .table else { return print(try table.text(format)) }
        print("\(customer.key): \(drifts.count) absences do not agree")
        if !drifts.isEmpty { print(table.text) }
    }
}
