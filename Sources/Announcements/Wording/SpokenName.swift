import Foundation

/// A person's name, as far as it can be spoken.
///
/// Names come from outside and go into a speech synthesiser, which takes `[[…]]` for phonemes and
/// `<…>` for markup. So only letters, their accents, digits and what stands in names stay;
/// everything else, control characters among it, is a space.
struct SpokenName {
    /// About seven seconds of speech.
    static let longest = 60

    let text: String

    init(_ name: String) {
        var scalars = String.UnicodeScalarView()
        // Accents in a pile are no name: at most two belong to a letter.
        var accents = 0
        for scalar in name.precomposedStringWithCanonicalMapping.unicodeScalars.prefix(1_000) {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark:
                accents += 1
                if accents <= 2 { scalars.append(scalar) }
                continue
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter, .decimalNumber:
                scalars.append(scalar)
            case _ where "-'’.,&".unicodeScalars.contains(scalar):
                scalars.append(scalar)
            default:
                scalars.append(" ")
            }
            accents = 0
        }
        let words = String(scalars).split(separator: " ")
        var kept = ""
        for word in words {
            let longer = kept.isEmpty ? String(word) : "\(kept) \(word)"
            if longer.unicodeScalars.count > Self.longest { break }
            kept = longer
        }
        if kept.isEmpty, let first = words.first {
            kept = String(String.UnicodeScalarView(first.unicodeScalars.prefix(Self.longest)))
        }
        text = kept.contains(where: { $0.isLetter || $0.isNumber }) ? kept : ""
    }
}
