import AbsenceModel
import AbsenceStore
import Foundation
import Settings

/// One invoice in the formats that people and programs take.
struct InvoiceDocument {
    let invoice: Invoice
    let lines: [InvoiceLine]
    let customer: Customer

    func text(_ format: InvoiceFormat) throws -> String {
        switch format {
        case .table: title + "\n" + table.text + "\n" + totals
        case .csv: table.csv
        case .json: try JSONText.of(json)
        case .html: InvoicePage(document: self).text
        }
    }

    private var title: String {
        "\(customer.key): \(name), \(invoice.firstDate) to \(invoice.lastDate), \(invoice.state)"
    }

    private var name: String { invoice.number.map { "invoice \($0)" } ?? "an invoice to come" }

    private var totals: String {
        "net \(invoice.net.text(decimals: 2)), VAT \(invoice.vat.text(decimals: 2)),"
            + " total \(invoice.total.text(decimals: 2)) \(invoice.currency)"
    }

    private var table: Table {
        var table = Table(
            header: [
                "line", "kind", "from", "to", "quantity", "price", "amount", "corrects",
                "evidence",
            ]
        )
        table.rows = lines.map {
            [
                "\($0.number)", $0.kind, "\($0.firstDate)", "\($0.lastDate)",
                $0.quantity.shownQuantity, $0.unitPrice.shownPrice, $0.amount.text(decimals: 2),
                $0.isCorrection ? $0.correctsInvoice.map { "invoice \($0)" } ?? "nothing" : "",
                $0.evidenceHash,
            ]
        }
        return table
    }

    private var json: InvoiceJSON {
        InvoiceJSON(
            customer: customer.key,
            name: customer.name,
            invoice: invoice.number,
            state: invoice.state,
            contract: invoice.contractNumber,
            quarter: invoice.quarterNumber,
            from: invoice.firstDate.description,
            to: invoice.lastDate.description,
            currency: invoice.currency,
            net: invoice.net.text(decimals: 2),
            vat: invoice.vat.text(decimals: 2),
            total: invoice.total.text(decimals: 2),
            closedAt: invoice.closedAt,
            lines: lines.map(InvoiceJSON.Line.init)
        )
    }
}

/// Amounts are texts, for JSON's numbers are read as binary fractions by many.
private struct InvoiceJSON: Encodable {
    var customer: String
    var name: String
    var invoice: Int?
    var state: String
    var contract: Int
    var quarter: Int?
    var from: String
    var to: String
    var currency: String
    var net: String
    var vat: String
    var total: String
    var closedAt: Date?
    var lines: [Line]

    private enum CodingKeys: String, CodingKey {
        case customer, name, invoice, state, contract, quarter, from, to, currency, net, vat,
            total, lines
        case closedAt = "closed_at"
    }

    struct Line: Encodable {
        var line: Int
        var kind: String
        var contract: Int
        var month: Int
        var from: String
        var to: String
        var quantity: String
        var price: String
        var amount: String
        var vatRate: String?
        var isCorrection: Bool
        var corrects: Int?
        var evidence: String

        private enum CodingKeys: String, CodingKey {
            case line, kind, contract, month, from, to, quantity, price, amount, corrects, evidence
            case vatRate = "vat_rate"
            case isCorrection = "is_correction"
        }

        init(_ line: InvoiceLine) {
            self.line = line.number
            kind = line.kind
            contract = line.contractNumber
            month = line.monthNumber
            from = line.firstDate.description
            to = line.lastDate.description
            quantity = line.quantity.shownQuantity
            price = line.unitPrice.shownPrice
            amount = line.amount.text(decimals: 2)
            vatRate = line.vatRate?.shortText
            isCorrection = line.isCorrection
            corrects = line.correctsInvoice
            evidence = line.evidenceHash
        }
    }
}

extension Money {
    /// Whole where it is whole; else cut off after four decimals.
    var shownQuantity: String { Money(text(decimals: 4)).shortText }

    /// With the two decimals of an amount, or all that it has.
    var shownPrice: String {
        let short = shortText
        let decimals = short.split(separator: ".").dropFirst().first?.count ?? 0
        return decimals > 2 ? short : text(decimals: 2)
    }
}
