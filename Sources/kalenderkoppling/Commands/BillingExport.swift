import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation
import Logging

/// `billing export`: users by month and invoices, as files.
struct BillingExport: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write users by month and closed invoices into a folder, as CSV, JSON and HTML.",
        discussion: """
            A folder a customer: users-FIRST-DAY.csv and .json for each month that is over, \
            invoice-NUMBER.csv, .json and .html for each closed invoice. A file is written under \
            another name and moved into place. The monthly job does this.

            EXAMPLE: kalenderkoppling billing export /srv/billing
            """
    )

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "Only what ends, or was closed, on this day or later; without it, 100 days back.",
            valueName: "yyyy-mm-dd"
        )
    )
    var since: Day?

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customers = try session.customers(options.customer)
        let worst = try await session.each(of: customers, failure: "export failed") { customer in
            let since = since?.date ?? Self.day(of: session.now().addingTimeInterval(-100 * 86400))
            let today = Self.day(of: session.now())
            let count =
                try writeUsers(of: customer, since: since, before: today, in: session)
                + writeInvoices(of: customer, since: since, in: session)
            session.logger.info(
                "billing written",
                metadata: ["customer": "\(customer.key)", "files": "\(count)"]
            )
            return .done
        }
        try worst.exit()
    }

    private func writeUsers(
        of customer: Customer,
        since: LocalDate,
        before today: LocalDate,
        in session: Session
    ) throws -> Int {
        let users = try session.store.userMonths(
            of: customer,
            within: since...LocalDate(year: 9999, month: 12, day: 31)
        ).filter { $0.lastDate < today }
        let months = Dictionary(grouping: users, by: \.firstDate)
        for (first, users) in months {
            let table = UserTable.of(users)
            try write(table.text(.csv) + "\n", to: "users-\(first).csv", of: customer)
            try write(table.text(.json) + "\n", to: "users-\(first).json", of: customer)
        }
        return 2 * months.count
    }

    private func writeInvoices(
        of customer: Customer,
        since: LocalDate,
        in session: Session
    ) throws -> Int {
        let invoices = try session.store.invoices(of: customer)
            .filter { invoice, _ in
                let closed = invoice.closedAt.map(Self.day) ?? invoice.lastDate
                return invoice.number != nil && max(closed, invoice.lastDate) >= since
            }
        for (invoice, lines) in invoices {
            let document = InvoiceDocument(invoice: invoice, lines: lines, customer: customer)
            let name = "invoice-\(invoice.number ?? 0)"
            try write(document.text(.csv) + "\n", to: "\(name).csv", of: customer)
            try write(document.text(.json) + "\n", to: "\(name).json", of: customer)
            try write(document.text(.html), to: "\(name).html", of: customer)
        }
        return 3 * invoices.count
    }

    private func write(_ text: String, to name: String, of customer: Customer) throws {
        let place = URL(filePath: folder).appending(path: customer.key)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place.appending(path: name), options: .atomic)
    }

    /// The day in UTC: what is over there is counted only once it is over on the customer's wall.
    private static func day(of instant: Date) -> LocalDate {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: instant)
        return LocalDate(year: parts.year ?? 1, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
