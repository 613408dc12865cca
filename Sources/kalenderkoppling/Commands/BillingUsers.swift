import AbsenceModel
import AbsenceStore
import ArgumentParser

/// `billing users`: who is charged for, month by month.
struct BillingUsers: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "Who is charged for, month by month, with the days behind it.",
        discussion: """
            Days are counted as enabled where the user had the service at any time of it, as \
            verified where a pass over everybody looked at the phone and nothing went wrong, and \
            with absences where one of ours stood on the phone.

            EXAMPLE: kalenderkoppling billing users --month 2026-11 --customer exempel
            """
    )

    @Option(
        help: ArgumentHelp("Only the months with a day in this one.", valueName: "yyyy-mm")
    )
    var month: Month?

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let months = try session.store.userMonths(of: customer, within: month?.days ?? .always)
        print(try UserTable.of(months).text(format))
    }
}

/// Users of months as a table.
enum UserTable {
    static func of(_ months: [UserMonth]) -> Table {
        var table = Table(
            header: [
                "from", "to", "user", "counts", "enabled", "verified", "absences", "corrected",
                "first", "last",
            ]
        )
        table.rows = months.map {
            [
                "\($0.firstDate)", "\($0.lastDate)", $0.userKey, $0.isCounted ? "yes" : "no",
                "\($0.enabledDays)", "\($0.verifiedDays)", "\($0.absenceDays)",
                "\($0.correctedDays)", $0.firstEnabled?.description ?? "",
                $0.lastEnabled?.description ?? "",
            ]
        }
        return table
    }
}
