import AbsenceStore
import ArgumentParser
import Settings

/// `customer`: takes customer files in, and lists customers.
struct CustomerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: "Take in a customer's settings, list customers, see how rules changed.",
        discussion: "EXAMPLE: kalenderkoppling customer list",
        subcommands: [
            Apply.self, List.self, CustomerHistory.self, CustomerDiff.self, CustomerRollback.self,
        ]
    )

    struct Apply: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a customer file what counts; changed rules become a new version.",
            discussion: """
                The file is checked whole before anything is written.

                EXAMPLE: kalenderkoppling customer apply jobs/example/customer.yaml
                """
        )

        @Argument(help: "The customer file (YAML).", completion: .file())
        var file: String

        @OptionGroup var output: OutputOptions
        var outputOptions: OutputOptions { output }

        func run(in session: Session) async throws {
            let settings = try CustomerFile(contentsOf: file)
            let known = try session.store.customers().first { $0.key == settings.customer }
            let version = try session.store.apply(
                settings,
                by: session.runner,
                at: session.now()
            )
            print("\(settings.customer): rules are version \(version)")
            if let known, !known.exchange.isSameSystem(as: settings.exchange),
                try session.store.hasPlaced(of: known, asOf: session.now())
            {
                warn(
                    """
                    \(settings.customer): another telephone system from now on. What stands on the one \
                    before stays there: to take it away, name that one again and run withdraw. Then \
                    load absences and drift --repair let the new one get everything.
                    """
                )
            }
        }
    }

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the customers.",
            discussion: "EXAMPLE: kalenderkoppling customer list"
        )

        @OptionGroup var output: OutputOptions
        var outputOptions: OutputOptions { output }

        func run(in session: Session) async throws {
            var table = Table(header: ["customer", "name", "time zone", "calendars"])
            table.rows = try session.store.customers().map {
                [$0.key, $0.name, $0.timeZone, $0.calendars.map(\.name).joined(separator: ", ")]
            }
            print(table.text)
        }
    }
}
