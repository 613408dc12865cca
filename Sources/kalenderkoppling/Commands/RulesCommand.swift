import AbsenceStore
import ArgumentParser
import RuleCases

/// `rules`: holds rule cases against the database.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Try rules out.",
        discussion: "EXAMPLE: kalenderkoppling rules test own-rules.yaml",
        subcommands: [Test.self]
    )

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
