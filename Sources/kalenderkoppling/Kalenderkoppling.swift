import ArgumentParser

/// The program: arguments in, exit status out.
@main
struct Kalenderkoppling: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kalenderkoppling",
        abstract: "When a booking stands in someone's calendar, the telephone side knows it.",
        discussion: """
            The database is found as every libpq program finds it: PGSERVICE, PGHOST, PGDATABASE, \
            the password file and so on.

            Exit status: 0 done, also with nothing to do; 1 failed; 2 some changes failed or were \
            held back and are recorded; 3 the limits refused the whole plan; 64 wrong usage; \
            75 another run holds the lock, or the schema is being deployed.

            EXAMPLE: kalenderkoppling load bookings && kalenderkoppling reconcile
            """,
        subcommands: [
            CustomerCommand.self, RosterCommand.self, LoadCommand.self, ReconcileCommand.self,
            AwayCommand.self, ExplainCommand.self, RulesCommand.self, WithdrawCommand.self,
            PresenceCommand.self, DriftCommand.self, BillingCommand.self, PruneCommand.self,
            CheckCommand.self, MetricsCommand.self, PrivacyCommand.self,
        ]
    )
}
