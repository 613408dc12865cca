import AbsenceModel
import AbsenceStore
import Settings

/// An invoice as a page to print: HTML that needs no other file, in the customer's language.
struct InvoicePage {
    let document: InvoiceDocument

    private var invoice: Invoice { document.invoice }
    private var language: Language { Language(rawValue: document.customer.language) ?? .swedish }

    var text: String {
        """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) – \(escaped(document.customer.name))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <main>
        <h1>\(title)</h1>
        \(note)<dl>
        <dt>\(word("customer"))</dt><dd>\(escaped(document.customer.name))</dd>
        <dt>\(word("period"))</dt><dd>\(period(invoice.firstDate, invoice.lastDate))</dd>
        <dt>\(word("contract"))</dt><dd>\(invoice.contractNumber)</dd>
        <dt>\(word("total"))</dt><dd class="due">\(money(invoice.total)) \(currency)</dd>
        </dl>
        <table>
        <thead>
        <tr><th scope="col">\(word("what"))</th><th scope="col">\(word("period"))</th>\
        <th scope="col" class="number">\(word("quantity"))</th>\
        <th scope="col" class="number">\(word("price"))</th>\
        <th scope="col" class="number">\(word("amount")) (\(currency))</th></tr>
        </thead>
        <tbody>
        \(document.lines.map(row).joined(separator: "\n"))
        </tbody>
        <tfoot>
        <tr><th scope="row" colspan="4">\(word("net"))</th>\
        <td class="number">\(money(invoice.net))</td></tr>
        \(vatRow)<tr class="due"><th scope="row" colspan="4">\(word("total"))</th>\
        <td class="number">\(money(invoice.total))</td></tr>
        </tfoot>
        </table>
        <section>
        <h2>\(word("evidence"))</h2>
        <p>\(word("evidence_text"))</p>
        <ol>
        \(document.lines.map { "<li><code>\($0.evidenceHash)</code></li>" }.joined(separator: "\n"))
        </ol>
        </section>
        </main>
        </body>
        </html>

        """
    }

    private var title: String {
        invoice.number.map { "\(word("invoice")) \($0)" } ?? word("draft")
    }

    private var note: String {
        invoice.number == nil ? "<p class=\"note\">\(word("draft_text"))</p>\n" : ""
    }

    private var vatRow: String {
        guard document.lines.contains(where: { $0.kind == "vat" }) else {
            return "<tr><td colspan=\"5\">\(word("without_vat"))</td></tr>\n"
        }
        return "<tr><th scope=\"row\" colspan=\"4\">\(word("vat"))</th>"
            + "<td class=\"number\">\(money(invoice.vat))</td></tr>\n"
    }

    private func row(_ line: InvoiceLine) -> String {
        var what = word(line.kind)
        if line.isCorrection {
            what += "<br><small>"
            what +=
                line.correctsInvoice.map { "\(word("corrects")) \($0)" } ?? word("corrects_none")
            what += "</small>"
        }
        let price =
            line.kind == "vat"
            ? local(line.unitPrice.percent) + "\u{A0}%" : local(line.unitPrice.shownPrice)
        return "<tr><td>\(what)</td><td>\(period(line.firstDate, line.lastDate))</td>"
            + "<td class=\"number\">\(local(line.quantity.shownQuantity))</td>"
            + "<td class=\"number\">\(price)</td>"
            + "<td class=\"number\">\(money(line.amount))</td></tr>"
    }

    private func period(_ first: LocalDate, _ last: LocalDate) -> String {
        first == last ? "\(first)" : "\(first) – \(last)"
    }

    private var currency: String { escaped(invoice.currency) }

    /// 16 028,57 or 16,028.57, with a real minus.
    private func money(_ amount: Money) -> String {
        local(amount.text(decimals: 2))
    }

    private func local(_ number: String) -> String {
        let isNegative = number.hasPrefix("-")
        let parts = number.drop { $0 == "-" }.split(separator: ".")
        let isEnglish = language == .english
        let digits = parts[0]
        var groups: [Substring] = []
        var rest = digits
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        let whole = groups.joined(separator: isEnglish ? "," : "\u{A0}")
        let fraction = parts.count > 1 ? (isEnglish ? "." : ",") + parts[1] : ""
        return (isNegative ? "\u{2212}" : "") + whole + fraction
    }

    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }

    private func word(_ key: String) -> String {
        BillingWords.word(key, in: language)
    }

    private static let style = """
        :root { font: 11pt/1.45 system-ui, "Helvetica Neue", Arial, sans-serif; color: #1b1b1b; }
        body { margin: 0; background: #fff; }
        main { max-width: 50rem; margin: 2rem auto; padding: 0 1.5rem; }
        h1 { font-size: 1.8rem; margin: 0 0 1rem; }
        h2 { font-size: 1rem; margin: 2.5rem 0 .5rem; }
        .note { border-left: .3rem solid #b45309; padding: .3rem .8rem; background: #fef3c7; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; }
        dl { margin: 0 0 2rem; }
        dt { color: #555; }
        dd { margin: 0; }
        table { width: 100%; border-collapse: collapse; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; }
        thead th { border-bottom: 2px solid #1b1b1b; }
        tbody td { border-bottom: 1px solid #ddd; }
        tfoot tr:first-child > * { border-top: 2px solid #1b1b1b; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .due { font-weight: bold; }
        small { color: #555; }
        code { font-size: .7rem; overflow-wrap: anywhere; }
        section p, section li { font-size: .8rem; color: #555; }
        @page { size: A4; margin: 18mm; }
        @media print { main { max-width: none; margin: 0; padding: 0; } \
        tr, li { break-inside: avoid; } thead { display: table-header-group; } \
        tfoot { display: table-row-group; } }
        """
}

extension Money {
    /// A share in hundredths: 0.25 is 25.
    fileprivate var percent: String {
        let parts = description.split(separator: ".", maxSplits: 1)
        let fraction = (parts.count == 2 ? String(parts[1]) : "") + "00"
        let whole = Int("\(parts[0])\(fraction.prefix(2))") ?? 0
        let rest = Money("0." + fraction.dropFirst(2)).shortText.dropFirst(1)
        return "\(whole)\(rest)"
    }
}
