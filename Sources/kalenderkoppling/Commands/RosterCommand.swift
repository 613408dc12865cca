import AbsenceStore
import ArgumentParser
import Foundation
import Settings

/// `roster`: takes in users and their own rules.
struct RosterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster",
        abstract: "Take in a customer's users, who has which service, or users' own rules.",
        discussion: "EXAMPLE: kalenderkoppling roster import jobs/example/roster.csv",
        subcommands: [Import.self, Sync.self, Preferences.self]
    )

    struct Import: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a CSV file the users of a customer.",
            discussion: """
                Columns: key, name, extension, calendar, services; optional timezone, language, \
                mail. Users who are not in the file any more become inactive, and their absences \
                are withdrawn by the next pass. The file is checked whole before anything is \
                written.

                EXAMPLE: kalenderkoppling roster import jobs/example/roster.csv --customer exempel
                """
        )

        @Argument(help: "The roster (CSV).", completion: .file())
        var file: String

        @OptionGroup var options: CustomerOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let customer = try session.customer(options.customer)
            let roster = try RosterFile(
                contentsOf: file,
                sources: customer.calendars.map(\.name),
                timeZone: TimeZone(identifier: customer.timeZone) ?? .gmt,
                language: Language(rawValue: customer.language) ?? .swedish
            )
            let tally = try session.store.apply(
                roster,
                to: customer,
                by: session.runner,
                at: session.now()
            )
            print(
                "\(customer.key): \(roster.users.count) users; \(tally.added) joined,"
                    + " \(tally.changed) changed, \(tally.left) left"
            )
        }
    }

    struct Preferences: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a YAML file of users' own rules what counts for those users.",
            discussion: """
                A map of user key to preferences. Users who are not in the file keep theirs.

                EXAMPLE: kalenderkoppling roster preferences jobs/example/preferences.yaml
                """
        )

        @Argument(help: "The preferences (YAML).", completion: .file())
        var file: String

        @OptionGroup var options: CustomerOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let customer = try session.customer(options.customer)
            let known = try session.store.reasons(of: customer)
            let preferences = try PreferencesFile(
                contentsOf: file,
                reasons: ReasonCatalogue(own: known)
            )
            let changed = try session.store.apply(
                preferences,
                to: customer,
                by: session.runner,
                at: session.now()
            )
            print(
                changed.isEmpty
                    ? "\(customer.key): no preferences changed"
                    : "\(customer.key): preferences changed of \(changed.joined(separator: ", "))"
            )
        }
    }
}
