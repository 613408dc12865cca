import AbsenceStore
import ArgumentParser
import Foundation

/// `privacy`: what is held about people, for the data protection officer.
struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "What is held about people: report, export, erase.",
        discussion: "EXAMPLE: kalenderkoppling privacy report",
        subcommands: [Report.self, Export.self, PrivacyErase.self]
    )

    struct Report: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is stored where, what for, and how long.",
            discussion: """
                One row per table of the database, from its own catalogue. Numbers of rows are \
                the server's estimates.

                EXAMPLE: kalenderkoppling privacy report --format csv
                """
        )

        @Option(help: "How to print it: table, json or csv.")
        var format: OutputFormat = .table

        @OptionGroup var output: OutputOptions
        var outputOptions: OutputOptions { output }

        func run(in session: Session) async throws {
            var table = Table(
                header: [
                    "table", "purpose", "kept", "about persons", "when erased", "rows", "what",
                ]
            )
            table.rows = try session.store.keptTables().map {
                [
                    $0.name, $0.purpose ?? "", $0.keptFor ?? "", $0.aboutPersons,
                    $0.erasure ?? "", "\($0.rowEstimate)", $0.meaning,
                ]
            }
            print(try table.text(format))
        }
    }

    struct Export: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything that is held about one person, as JSON.",
            discussion: """
                For that person alone: text, reasons and all stand as they are. Tables are those \
                of the database's own catalogue, so that none is forgotten.

                EXAMPLE: kalenderkoppling privacy export anna
                """
        )

        @Argument(help: "The user's key or extension.")
        var user: String

        @OptionGroup var options: CustomerOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let customer = try session.customer(options.customer)
            let user = try session.store.user(user, of: customer)
            print(
                try session.store.export(of: user.id, customer: customer, at: session.now())
            )
        }
    }
}
