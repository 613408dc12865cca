import Foundation

/// Finds codes in subjects by looking at one character after the other, as P-6 and P-7 say it.
///
/// Written from the requirements alone, and without regular expressions, to hold the program's
/// against it.
struct PlainMatcher {
    /// What a subject's code says.
    struct Found: Equatable {
        /// Nil for a bare sign.
        var reason: String?
        /// Nil where the rules decide.
        var kind: String?
    }

    private struct Code {
        var letters: [String]
        var reason: String
    }

    private let table: CodeTable
    /// Longest first.
    private let codes: [Code]

    init(_ table: CodeTable) {
        self.table = table
        codes = table.codes
            .map { Code(letters: Self.letters(of: Self.plain($0.code)), reason: $0.reason) }
            .sorted { $0.letters.count > $1.letters.count }
    }

    /// What the code in `subject` says, or nil where there is none.
    func found(in subject: String) -> Found? {
        let text = Self.plain(subject)
        switch table {
        case .trio: return firstWithSign(text)
        case .cmg: return firstWithSpace(text)
        case .kalenderPush: return anywhere(text)
        }
    }

    // MARK: The three grammars

    /// First in the subject, the code and then `:` or `;`; anything may follow.
    private func firstWithSign(_ text: [Unicode.Scalar]) -> Found? {
        let start = text.firstIndex { $0 != " " } ?? text.count
        for code in codes where stands(code, in: text, at: start) {
            let end = start + code.letters.count
            guard end < text.count else { continue }
            if text[end] == ":" { return Found(reason: code.reason, kind: "direct") }
            if text[end] == ";" { return Found(reason: code.reason, kind: "information") }
        }
        return nil
    }

    /// First in the subject, the prefix with its colon, then a space or the end.
    private func firstWithSpace(_ text: [Unicode.Scalar]) -> Found? {
        let start = text.firstIndex { $0 != " " } ?? text.count
        for code in codes where stands(code, in: text, at: start) {
            let end = start + code.letters.count
            if end == text.count || text[end] == " " {
                return Found(reason: code.reason, kind: "direct")
            }
        }
        return nil
    }

    /// `&`, an optional sign, the longest code: the first profile and the first sign count.
    private func anywhere(_ text: [Unicode.Scalar]) -> Found? {
        var isFound = false
        var found = Found()
        for (place, letter) in text.enumerated() where letter == "&" {
            guard place == 0 || Self.mayStandBefore(text[place - 1]) else { continue }
            var start = place + 1
            var sign: Unicode.Scalar?
            if start < text.count, text[start] == "+" || text[start] == "-" {
                sign = text[start]
                start += 1
            }
            let code = codes.first { code in
                stands(code, in: text, at: start)
                    && Self.mayStandAfter(start + code.letters.count, in: text)
            }
            let isBareSign = code == nil && sign != nil && Self.mayStandAfter(start, in: text)
            guard code != nil || isBareSign else { continue }
            isFound = true
            found.reason = found.reason ?? code?.reason
            found.kind = found.kind ?? sign.map { $0 == "+" ? "direct" : "information" }
        }
        return isFound ? found : nil
    }

    // MARK: Characters

    /// White space or an opening bracket.
    private static func mayStandBefore(_ letter: Unicode.Scalar) -> Bool {
        letter == " " || letter.properties.generalCategory == .openPunctuation
    }

    /// The end, white space or punctuation.
    private static func mayStandAfter(_ place: Int, in text: [Unicode.Scalar]) -> Bool {
        guard place < text.count else { return true }
        switch text[place].properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return true
        default: return text[place] == " "
        }
    }

    /// Whether the code stands there, letter case apart.
    private func stands(_ code: Code, in text: [Unicode.Scalar], at place: Int) -> Bool {
        guard place + code.letters.count <= text.count else { return false }
        return code.letters.indices.allSatisfy {
            text[place + $0].properties.lowercaseMapping == code.letters[$0]
        }
    }

    private static func letters(of text: [Unicode.Scalar]) -> [String] {
        text.map(\.properties.lowercaseMapping)
    }

    /// In Unicode normal form C, with a space for all that counts as one.
    private static func plain(_ text: String) -> [Unicode.Scalar] {
        text.precomposedStringWithCanonicalMapping.unicodeScalars.map { letter in
            let isSpace =
                letter.properties.isWhitespace
                || ["\u{200B}", "\u{2060}", "\u{FEFF}"].contains(letter)
            return isSpace ? " " : letter
        }
    }
}
