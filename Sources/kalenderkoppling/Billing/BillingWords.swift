import Settings

/// The words of an invoice, as its page prints them.
enum BillingWords {
    static func word(_ key: String, in language: Language) -> String {
        guard let (swedish, norwegian, english) = table[key] else { return key }
        return switch language {
        case .swedish: swedish
        case .norwegian: norwegian
        case .english: english
        }
    }

    private static let table: [String: (String, String, String)] = [
        "invoice": ("Faktura", "Faktura", "Invoice"),
        "draft": ("Utkast till faktura", "Utkast til faktura", "Draft of an invoice"),
        "draft_text": (
            "Detta är ingen faktura: perioden är inte stängd.",
            "Dette er ingen faktura: perioden er ikke lukket.",
            "This is no invoice: the period is not closed."
        ),
        "customer": ("Kund", "Kunde", "Customer"),
        "period": ("Period", "Periode", "Period"),
        "contract": ("Avtal", "Avtale", "Contract"),
        "what": ("Vad", "Hva", "What"),
        "quantity": ("Antal", "Antall", "Quantity"),
        "price": ("À-pris", "Enhetspris", "Price"),
        "amount": ("Belopp", "Beløp", "Amount"),
        "net": ("Summa exklusive moms", "Sum eksklusive mva", "Sum without VAT"),
        "vat": ("Moms", "Mva", "VAT"),
        "without_vat": (
            "Alla priser är exklusive moms.", "Alle priser er eksklusive mva.",
            "All prices are without VAT."
        ),
        "total": ("Att betala", "Å betale", "To pay"),
        "setup": ("Etablering", "Etablering", "Setup"),
        "subscription": ("Användare", "Brukere", "Users"),
        "minimum": (
            "Upp till minsta belopp", "Opp til minste beløp", "Up to the minimum"
        ),
        "termination": (
            "Avgift för uppsägning före avtalstidens slut",
            "Gebyr for oppsigelse før avtaletidens utløp",
            "Fee for ending before the term"
        ),
        "corrects": ("Rättelse av faktura", "Retting av faktura", "Correction of invoice"),
        "corrects_none": (
            "Rättelse: tidigare inte fakturerat", "Retting: ikke fakturert tidligere",
            "Correction: not invoiced before"
        ),
        "evidence": ("Underlag", "Grunnlag", "Evidence"),
        "evidence_text": (
            "SHA-256 av underlaget för varje rad, i radernas ordning.",
            "SHA-256 av grunnlaget for hver linje, i linjenes rekkefølge.",
            "SHA-256 of the evidence for each line, in the order of the lines."
        ),
    ]
}
