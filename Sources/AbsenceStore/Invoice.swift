public import AbsenceModel
public import Foundation

/// An exact decimal number as PostgreSQL writes it, such as 16028.57. Nothing is reckoned with it
/// here: the database does that.
public struct Money: Hashable, Sendable, CustomStringConvertible {
    public var description: String

    public init(_ text: String) {
        description = text
    }

    /// Whether it is nothing at all, however many decimals it is written with.
    public var isZero: Bool { !description.contains { "1"..."9" ~= $0 } }

    /// With so many decimals, cut off, not rounded: where more of them carry nothing or are for
    /// people to read.
    public func text(decimals: Int) -> String {
        let parts = description.split(separator: ".", maxSplits: 1)
        let fraction = parts.count == 2 ? parts[1].prefix(decimals) : ""
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return decimals == 0 ? "\(parts[0])" : "\(parts[0]).\(fraction)\(zeros)"
    }

    /// Without the zeros that end it.
    public var shortText: String {
        guard description.contains(".") else { return description }
        var text = description
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }
}

/// An invoice, closed or to come: a row of `billing.invoices`.
public struct Invoice: Hashable, Sendable {
    /// Nil where it is not closed yet.
    public var number: Int?
    public var contractNumber: Int
    /// From 1; 0 for a setup of its own, nil for corrections after the end of a contract.
    public var quarterNumber: Int?
    public var firstDate: LocalDate
    public var lastDate: LocalDate
    /// An ISO 4217 code.
    public var currency: String
    /// closed; complete: all its days are counted; open: it still grows.
    public var state: String
    public var net: Money
    public var vat: Money
    public var total: Money
    public var closedAt: Date?
    public var closedBy: String?

    var name: InvoiceName {
        InvoiceName(
            number: number,
            contractNumber: contractNumber,
            quarterNumber: quarterNumber
        )
    }
}

/// What an invoice and its lines have in common.
struct InvoiceName: Hashable {
    var number: Int?
    var contractNumber: Int
    var quarterNumber: Int?
}

/// A line of an invoice: a row of `billing.invoice_lines`.
public struct InvoiceLine: Hashable, Sendable {
    /// From 1, as printed.
    public var number: Int
    public var contractNumber: Int
    /// setup, subscription, minimum, termination or vat.
    public var kind: String
    /// The month of the contract, from 0.
    public var monthNumber: Int
    public var firstDate: LocalDate
    public var lastDate: LocalDate
    public var quantity: Money
    public var unitPrice: Money
    /// Of a correction, the difference to what was invoiced before.
    public var amount: Money
    public var vatRate: Money?
    /// SHA-256 of the evidence, in hexadecimal digits.
    public var evidenceHash: String
    public var correctsInvoice: Int?
    public var isCorrection: Bool
}

/// A user in a month of a contract: a row of `billing.user_months`.
public struct UserMonth: Hashable, Sendable {
    public var contractNumber: Int
    public var monthNumber: Int
    public var firstDate: LocalDate
    public var lastDate: LocalDate
    public var userKey: String
    public var enabledDays: Int
    public var verifiedDays: Int
    public var absenceDays: Int
    public var correctedDays: Int
    public var firstEnabled: LocalDate?
    public var lastEnabled: LocalDate?
    /// Whether the month is charged for the user.
    public var isCounted: Bool
}

/// A contract with everything decided: a row of `billing.contracts`.
public struct Contract: Hashable, Sendable {
    public var number: Int
    public var startsDate: LocalDate
    /// Nil where nothing ends it.
    public var endsDate: LocalDate?
    /// Each setting by its name in the customer file, and what the price list says.
    public var terms: [String: String]
}

/// A line of a closed invoice whose evidence is not what it was: a row of `billing.unlike_lines`.
public struct UnlikeLine: Hashable, Sendable {
    public var invoice: Int
    public var line: Int
    public var kind: String
}
