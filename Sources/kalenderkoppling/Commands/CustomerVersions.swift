import AbsenceStore
import ArgumentParser
import Foundation

/// `customer history`: every version of a customer's rules.
struct CustomerHistory: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Every version of a customer's rules: since when, by whom, what changed.",
        discussion: "EXAMPLE: kalenderkoppling customer history --customer exempel"
    )

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let times = WallTimes(customer.timeZone)
        var table = Table(header: ["version", "from", "until", "system", "applied by", "changed"])
        table.rows = try session.store.ruleSets(of: customer).map { version in
            [
                String(version.version), times.minute(version.heldFrom),
                version.heldUntil.map(times.minute) ?? "in force", version.system,
                version.appliedBy,
                version.changedKeys.isEmpty
                    ? "the template" : version.changedKeys.joined(separator: ", "),
            ]
        }
        print(try table.text(format))
    }
}

/// `customer diff`: how two versions of a customer's rules differ.
struct CustomerDiff: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "How two versions of a customer's rules differ, key by key.",
        discussion: "EXAMPLE: kalenderkoppling customer diff 3 5 --customer exempel"
    )

    @Argument(help: "The earlier version.")
    var old: Int

    @Argument(help: "The later version.")
    var new: Int

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let changes = try session.store.settingChanges(of: customer, from: old, to: new)
        guard !changes.isEmpty || format != .table else {
            print("\(customer.key): versions \(old) and \(new) set the same")
            return
        }
        var table = Table(header: ["key", "version \(old)", "version \(new)"])
        table.rows = changes.map {
            [$0.key, $0.old ?? "(the template's)", $0.new ?? "(the template's)"]
        }
        print(try table.text(format))
    }
}

/// `customer rollback`: an earlier version of the rules, made a new one.
struct CustomerRollback: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Go back to an earlier version of the rules; without --apply only show what for.",
        discussion: """
            Prints what the phones would show otherwise, as rules try does. With --apply the \
            earlier settings become a new version, which the next reconcile carries out under \
            the limits as ever.

            EXAMPLE: kalenderkoppling customer rollback 3 --customer exempel
            """
    )

    @Argument(help: "The version to go back to.")
    var version: Int

    @Flag(help: "Make it what counts.")
    var apply = false

    @OptionGroup var trial: TrialOptions
    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let setting = try session.store.setting(version, of: customer)
        let printer = try await trial.run(setting, for: customer, in: session)
        print(try printer.text(trial.format))
        guard apply else { return }
        let made = try session.store.apply(
            setting,
            to: customer,
            by: session.runner,
            at: session.now()
        )
        let note = "\(customer.key): version \(version) is in force again, as version \(made)"
        if trial.format == .table { print(note) } else { warn(note) }
    }
}
