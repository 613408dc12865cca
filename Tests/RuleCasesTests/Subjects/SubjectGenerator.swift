import Foundation
import TestSupport

/// Subjects in which codes stand, nearly stand or do not, in every disguise.
struct SubjectGenerator {
    private var random: SplitMix64
    private let tables: [CodeTable]

    init(_ tables: [CodeTable], seed: UInt64) {
        self.tables = tables
        random = SplitMix64(seed: seed)
    }

    mutating func subject() -> String {
        if oneIn(200) { return one(of: ["", " ", "\u{A0}\u{200B}", "\u{FEFF}", "&", "&+", "&-"]) }
        var text = ""
        if oneIn(3) { text += one(of: Self.leads) }
        for _ in 0..<one(of: [1, 1, 1, 2, 2, 3]) {
            text += oneIn(4) ? one(of: Self.words) : token(of: one(of: tables))
            text += one(of: Self.spaces)
            if oneIn(2) { text += one(of: Self.words) + one(of: Self.spaces) }
        }
        if oneIn(500) {
            text += String(repeating: one(of: Self.words) + " ", count: 400) + token(of: tables[0])
        }
        return text
    }

    // MARK: Tokens

    private mutating func token(of table: CodeTable) -> String {
        let code = disguised(one(of: table.codes).code)
        switch table {
        case .trio:
            let usual = one(of: [":", ":", ";"])
            return code
                + (oneIn(4) ? one(of: ["", " :", "::", ":;", ".", "：", "\u{200B};"]) : usual)
        case .cmg:
            return code
                + one(of: [" ", " ", "", "\u{A0}", "\t", "\u{200B}", ":", "x", ".", "\u{200F}"])
        case .kalenderPush:
            let before = oneIn(2) ? one(of: Self.openings) : ""
            let sign = one(of: ["", "", "", "+", "-", "--", "+-", "\u{2212}"])
            let name = oneIn(6) ? one(of: ["", "", "Foo", "Perspektiv"]) : code
            return before + "&" + sign + name + (oneIn(2) ? one(of: Self.endings) : "")
        }
    }

    private mutating func disguised(_ code: String) -> String {
        switch one(of: Self.disguises) {
        case .none: code
        case .upper: code.uppercased()
        case .lower: code.lowercased()
        case .mixed:
            code.enumerated().map {
                $0 % 2 == 0 ? $1.lowercased() : $1.uppercased()
            }.joined()
        case .decomposed: code.decomposedStringWithCanonicalMapping
        case .decomposedUpper: code.uppercased().decomposedStringWithCanonicalMapping
        case .cut: String(code.dropLast())
        case .lengthened: code + one(of: ["x", "e", "ing", "\u{301}", "5", "🎉"])
        case .spaced: code.replacing(" ", with: one(of: ["\u{A0}", "\u{2009}", "\t", "\u{2060}"]))
        case .pierced: String(code.prefix(1)) + one(of: ["\u{AD}", "\u{200F}"]) + code.dropFirst()
        }
    }

    private enum Disguise {
        case none, upper, lower, mixed, decomposed, decomposedUpper, cut, lengthened, spaced,
            pierced
    }

    private static let disguises: [Disguise] = [
        .none, .none, .none, .none, .upper, .lower, .mixed, .decomposed, .decomposedUpper, .cut,
        .lengthened, .spaced, .pierced,
    ]

    private static let leads = [
        "Re: ", "SV: ", "Sv:", "VS: ", "Fwd: ", "VB: ", " ", "\u{A0}", "\u{200B}", "\u{2060} ",
        "\u{FEFF}", "\t", "\u{3000}", "\u{200F}", "\u{202B}", "🎉", "🎉 ", "[Extern] ", "%", "\"",
        "*",
    ]
    private static let openings = [
        " ", "(", "[", "{", "（", "⟨", "「", "<", "/", "x", "5", "\u{200F}", "🎉", "«", "&", ")", ".",
    ]
    private static let endings = [
        ".", ",", "!", ")", "]", "-", "+", "&", "/", "…", "_", "»", "%", "x", "$", "^", "|", "=",
        "\u{301}", "\u{200F}", "\u{200D}", "🎉", "\u{200B}", "\u{A0}", "\r\n",
    ]
    private static let spaces = [
        " ", " ", " ", "", "  ", "\t", "\n", "\u{A0}", "\u{200B}", "\u{2060}", "\u{FEFF}",
        "\u{3000}",
    ]
    private static let words = [
        "budget", "Møte med Kari", "hos kund", "Ole &Per", "Drift&Eksport", "R&D", "Q&A",
        "SAM: igen",
        "np/m: igen", "&Ferie", "100 %", "50%_off", ".*", "^SAM:$", "(?i)", "[a-z]+", "\\d\\1",
        "{2,3}",
        "a|b", "'; --", "$$", "👩‍👩‍👧", "שלום", "مرحبا", "Ångström", "Z\u{300}\u{301}", "1:1", "NP/X:",
        "ß",
        "SAMARBETE", "NP", "Per", "ute", "plan  B", "é", "–", "İ", "𝒮𝒶𝓂:", "ＳＡＭ：",
    ]

    // MARK: Chance

    private mutating func oneIn(_ count: UInt64) -> Bool {
        random.next() % count == 0
    }

    private mutating func one<Element>(of elements: [Element]) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }
}
