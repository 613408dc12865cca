public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Counts who had the service on each day that is over and was not counted yet.
    ///
    /// - Returns: how many days were counted.
    public func countUserDays(of customer: Customer, at instant: Date) throws -> Int {
        try connection.run(CountUserDays(customer: customer.id, at: instant)).first ?? 0
    }

    /// Writes down that a user did or did not have the service on days that were counted otherwise.
    ///
    /// - Returns: how many days that changed.
    public func correct(
        _ days: ClosedRange<LocalDate>,
        of user: RosterEntry,
        customer: Customer,
        isEnabled: Bool,
        because: String,
        by who: String,
        at instant: Date
    ) throws -> Int {
        try connection.run(
            CorrectUserDays(
                customer: customer.id,
                user: user.id,
                days: days,
                isEnabled: isEnabled,
                because: because,
                by: who,
                at: instant
            )
        ).first ?? 0
    }

    /// Closes the invoices of which all days are counted.
    ///
    /// - Returns: their numbers.
    public func closeInvoices(
        of customer: Customer,
        by who: String,
        at instant: Date
    ) throws -> [Int] {
        try connection.run(CloseInvoices(customer: customer.id, by: who, at: instant))
    }

    /// All invoices with their lines: the closed ones by number, then those to come.
    public func invoices(
        of customer: Customer
    ) throws -> [(invoice: Invoice, lines: [InvoiceLine])] {
        // Of one moment, so that the lines are those of the invoices.
        try transaction(.repeatableRead) {
            let lines = try connection.run(InvoiceLines(customer: customer.key))
            let byInvoice = Dictionary(grouping: lines, by: \.invoice)
            return try connection.run(Invoices(customer: customer.key)).map { invoice in
                (invoice, byInvoice[invoice.name, default: []].map(\.line))
            }
        }
    }

    /// The users of the months that have a day within `days`, counted or not.
    public func userMonths(
        of customer: Customer,
        within days: ClosedRange<LocalDate>
    ) throws -> [UserMonth] {
        try connection.run(UserMonths(customer: customer.key, days: days))
    }

    /// The contracts as they count now.
    public func contracts(of customer: Customer) throws -> [Contract] {
        try connection.run(Contracts(customer: customer.key))
    }

    /// The text whose SHA-256 is the hash of a line: as it was when its invoice was closed, or now.
    public func evidence(
        of line: InvoiceLine,
        on invoice: Invoice,
        customer: Customer
    ) throws -> String {
        try connection.run(
            LineEvidence(customer: customer.id, line: line, knownAt: invoice.closedAt)
        ).first ?? ""
    }

    /// Lines of closed invoices whose evidence was changed by hand.
    public func unlikeLines(of customer: Customer) throws -> [UnlikeLine] {
        try connection.run(UnlikeLines(customer: customer.key))
    }

    /// Makes what a customer file says of the contract what counts, in the caller's transaction.
    ///
    /// - Throws: ``StoreError/Code/damagedSettings`` where it contradicts what is invoiced.
    func takeInContract(
        _ settings: String?,
        of customer: CustomerID,
        by who: String,
        at instant: Date
    ) throws {
        do {
            _ = try connection.run(
                TakeInContract(customer: customer, settings: settings, by: who, at: instant)
            )
        } catch {
            guard error.sqlState == "KK005" else { throw error }
            throw StoreError(
                .damagedSettings,
                "contract: \(error.message); see kalenderkoppling billing contract"
            )
        }
    }
}
