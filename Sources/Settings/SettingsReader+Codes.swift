import AbsenceModel
import Foundation

// Codes in subjects, and the grammars that say how they stand there (domain P-6, P-7).
extension SettingsReader {
    /// Reads the customer's own codes.
    ///
    /// A code is a text in a subject, the reason that it means, the grammar that says how it
    /// stands there, where there is more than one, and whether it is an ordinary word as well.
    func codes(_ value: SettingsValue, from catalogue: ReasonCatalogue) -> JSONValue? {
        guard let values = list(value) else { return nil }
        let codes = values.map { code($0, from: catalogue) }
        reportRepeated(zip(codes.map { $0?.identity }, values))
        return .array(codes.compactMap { $0?.form })
    }

    private func code(
        _ value: SettingsValue,
        from catalogue: ReasonCatalogue
    ) -> (identity: [String], form: JSONValue)? {
        guard
            let map = map(
                value,
                keys: ["code", "reason", "grammar", "doubtful"],
                required: ["code", "reason"]
            )
        else { return nil }
        let code = map["code"].flatMap(trimmedLine)
        let reason = map["reason"].flatMap { self.reason($0, from: catalogue) }
        let grammar = map["grammar"].flatMap {
            text($0, like: Self.grammarName, form: Self.grammarNameForm)
        }
        let isDoubtful = map["doubtful"].flatMap(bool)
        guard let code, let reason else { return nil }
        var form: [String: JSONValue] = [
            "code": .string(code), "reason": .string(reason.rawValue),
        ]
        form["grammar"] = grammar.map(JSONValue.string)
        form["doubtful"] = isDoubtful.map(JSONValue.bool)
        // Without letter case (domain P-6); composed and decomposed letters are equal to Swift.
        return ([grammar ?? "", code.lowercased()], .object(form))
    }

    /// Reads the customer's own grammars, by name: the word `template` for the grammar of that
    /// name with its codes, from the template that has it, or a definition.
    func grammars(_ value: SettingsValue) -> JSONValue? {
        guard let members = members(value) else { return nil }
        for member in members where member.key.wholeMatch(of: Self.grammarName) == nil {
            report(
                "a grammar's name must be \(Self.grammarNameForm)",
                line: member.keyLine,
                key: member.value.path
            )
        }
        return object(of: members) { member in
            guard case .scalar = member.value.content else { return grammar(member.value) }
            guard text(member.value) == "template" else {
                report("must be template, or a map that defines it", at: member.value)
                return nil
            }
            let templates = PhoneSystem.allCases.filter(\.hasCodes).map(\.rawValue)
            guard templates.contains(member.key) else {
                report(
                    "no template has a grammar of this name"
                        + Self.allowed(templates, insteadOf: member.key),
                    at: member.value
                )
                return nil
            }
            return .string("template")
        }
    }

    private func grammar(_ value: SettingsValue) -> JSONValue? {
        guard
            let map = map(
                value,
                keys: ["stands", "lead", "sign", "signs", "then", "kind"],
                required: ["stands"]
            )
        else { return nil }
        let stands = map["stands"].flatMap { word($0, of: ["first", "anywhere"]) }
        let lead = map["lead"].flatMap(anyText)
        let sign = map["sign"].flatMap { word($0, of: ["none", "before", "after"]) } ?? "none"
        let signs = map["signs"].flatMap(signs) ?? .object([:])
        let then = map["then"].flatMap { word($0, of: ["anything", "space", "word_end"]) }
        let kind = map["kind"].flatMap { word($0, as: Kind.self) }
        if (sign == "none") != (signs == .object([:])) {
            report(
                sign == "none" ? "only with sign: before or after" : "this key is missing",
                line: (map["signs"] ?? value).line,
                key: value.path(to: "signs")
            )
        }
        guard let stands else { return nil }
        var form: [String: JSONValue] = [
            "stands": .string(stands), "lead": .string(lead ?? ""), "sign": .string(sign),
            "signs": signs, "then": .string(then ?? "word_end"),
        ]
        form["kind"] = (kind?.rawValue).map(JSONValue.string)
        return .object(form)
    }

    /// Reads a map from a sign, one character that is no letter, digit or space, to a kind.
    private func signs(_ value: SettingsValue) -> JSONValue? {
        members(value).map { members in
            object(of: members) { member in
                let isSign =
                    member.key.unicodeScalars.count == 1
                    && member.key.allSatisfy { !$0.isLetter && !$0.isNumber && !$0.isWhitespace }
                if !isSign {
                    report(
                        "a sign must be one character, no letter, digit or space",
                        line: member.keyLine,
                        key: member.value.path
                    )
                }
                return (word(member.value, as: Kind.self)?.rawValue).map(JSONValue.string)
            }
        }
    }

    private static var grammarName: Regex<Substring> { /[a-z][a-z0-9_-]{0,62}/ }
    private static var grammarNameForm: String { "a name in small letters" }
}

extension PhoneSystem {
    /// Whether its template has a grammar of codes; it bears the system's name.
    fileprivate var hasCodes: Bool { self != .oneX }
}
