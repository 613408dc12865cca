import AbsenceStore
import ArgumentParser
import RuleCases
import Settings

/// `rules`: holds rule cases against the database.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Try rules out.",
        discussion: "EXAMPLE: kalenderkoppling rules test own-rules.yaml",
        subcommands: [Test.self, Try.self]
    )

    struct Try: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a changed customer file would change on the phones; changes nothing.",
            discussion: """
                Runs today's bookings under the system and the rules of the file, in a \
                transaction that is taken back, and tells which absences would be added, changed \
                and removed, and how long phones would be closed that are not. What needs text \
                that was not kept of the bookings is judged with --fresh alone.

                EXAMPLE: kalenderkoppling rules try changed.yaml --customer exempel
                """
        )

        @Argument(help: "The customer file (YAML).", completion: .file())
        var file: String

        @OptionGroup var trial: TrialOptions
        @OptionGroup var options: CustomerOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let settings = try CustomerFile(contentsOf: file)
            let customer = try session.store.customer(options.customer ?? settings.customer)
            let printer = try await trial.run(RuleSetting(settings), for: customer, in: session)
            print(try printer.text(trial.format))
        }
    }

    struct Test: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold rule cases against the real rules; nothing is left behind.",
            discussion: """
                Each case says: given these settings and bookings, at this moment, exactly these \
                absences are wanted. Prints what differs, ends with a count, and exits with 1 \
                where a case failed.

                EXAMPLE: kalenderkoppling rules test cases/ own-rules.yaml
                """
        )

        @Argument(help: "Case files, or folders of them.", completion: .file())
        var paths: [String]

        @OptionGroup var output: OutputOptions
        var outputOptions: OutputOptions { output }

        func run(in session: Session) async throws {
            let cases = try RuleCaseFile.read(paths).flatMap(\.cases)
            var failed = 0
            for ruleCase in cases {
                let run = try RuleCaseRun(ruleCase, in: session.store)
                guard !run.differences.isEmpty else { continue }
                failed += 1
                print("FAILED \(ruleCase.file):\(ruleCase.line): \(ruleCase.name)")
                for difference in run.differences {
                    print("  " + "\(difference)".replacing("\n", with: "\n  "))
                }
            }
            print("\(cases.count - failed) passed, \(failed) failed")
            if failed > 0 { try ExitStatus.failed.exit() }
        }
    }
}
