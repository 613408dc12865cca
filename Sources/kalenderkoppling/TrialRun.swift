import AbsenceStore
import ArgumentParser
import Foundation
import Logging
import Reconcile
import Settings

/// How a trial of rules is made and printed.
struct TrialOptions: ParsableArguments {
    @Flag(
        help: """
            Load all calendars for it: judges also what needs text that was not kept.
            """
    )
    var fresh = false

    @Option(help: ArgumentHelp("How many changes to print as examples.", valueName: "count"))
    var examples = 10

    @Option(help: "How to print what would change: table, json or csv.")
    var format: OutputFormat = .table

    /// Finds out what `setting` would change for `customer`, and leaves nothing behind.
    func run(
        _ setting: RuleSetting,
        for customer: Customer,
        in session: Session
    ) async throws -> TrialPrinter {
        var trial = RulesTrial(store: session.store, now: session.now)
        if fresh {
            trial.load = { shadow in try await load(shadow, in: session) }
        }
        return TrialPrinter(try await trial.run(setting, for: customer), examples: examples)
    }

    private func load(_ shadow: Customer, in session: Session) async throws -> Int {
        var failed = 0
        for calendar in shadow.calendars {
            let source = try await OpenedSource(calendar, now: session.now)
            let progress = Progress(isShown: true)
            let report = session.report(of: shadow)
            let pass = LoadPass(
                store: session.store,
                source: source.source,
                sourceName: calendar.name,
                isFull: true,
                now: session.now,
                report: { event in
                    progress.show(event)
                    report(event)
                }
            )
            do {
                failed += try await pass.rehearse(for: shadow).failed
            } catch {
                try? await source.close()
                throw error
            }
            try await source.close()
        }
        return failed
    }
}
