import Foundation

extension SettingsReader {
    /// Reads a text that is not empty, as it stands in the file.
    package func text(_ value: SettingsValue) -> String? {
        switch value.content {
        case .scalar(let text, _) where !text.allSatisfy(\.isWhitespace):
            return storable(text, at: value)
        case .null, .scalar:
            report("a value is missing here", at: value)
        case .list, .map:
            report("a single value is wanted here, not \(value.kindName)", at: value)
        }
        return nil
    }

    /// Reads a text that may be empty, as it stands in the file.
    package func anyText(_ value: SettingsValue) -> String? {
        if case .scalar(let text, _) = value.content {
            return storable(text, at: value)
        }
        return text(value)
    }

    /// `text`, unless it holds the one character that PostgreSQL cannot store.
    private func storable(_ text: String, at value: SettingsValue) -> String? {
        guard !text.utf8.contains(0) else {
            report("must not hold the character NUL", at: value)
            return nil
        }
        return text
    }

    /// Reads one line of text without control characters.
    func lineOfText(_ value: SettingsValue) -> String? {
        guard let text = text(value) else { return nil }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            report("must be one line, without control characters", at: value)
            return nil
        }
        return text
    }

    /// Reads a text that `pattern` matches whole; `form` says what that is.
    ///
    /// The text is not quoted, for it may be a secret in the wrong place.
    func text(
        _ value: SettingsValue,
        like pattern: Regex<Substring>,
        form: String
    ) -> String? {
        guard let text = text(value) else { return nil }
        guard text.wholeMatch(of: pattern) != nil else {
            report("must be \(form)", at: value)
            return nil
        }
        return text
    }

    /// Reads one of `words`.
    package func word(_ value: SettingsValue, of words: [String]) -> String? {
        guard let text = text(value) else { return nil }
        guard words.contains(text) else {
            let allowed = Self.allowed(words, insteadOf: text)
            report("\(quoted(text)) is not allowed\(allowed)", at: value)
            return nil
        }
        return text
    }

    /// Reads one of the cases of `Word`.
    package func word<Word>(_ value: SettingsValue, as type: Word.Type) -> Word?
    where Word: CaseIterable & RawRepresentable<String> {
        word(value, of: Word.allCases.map(\.rawValue)).flatMap(Word.init(rawValue:))
    }

    /// Reads a list of different `words`, and returns them in the order of `words`.
    package func words(_ value: SettingsValue, of words: [String]) -> [String]? {
        guard let values = list(value) else { return nil }
        let found = values.map { word($0, of: words) }
        reportRepeated(zip(found, values))
        return words.filter(found.contains)
    }

    /// Reports what stands a second time among `values`.
    package func reportRepeated<Key: Hashable>(_ values: some Sequence<(Key?, SettingsValue)>) {
        var seen: Set<Key> = []
        for case (let key?, let value) in values where !seen.insert(key).inserted {
            report("stands twice", at: value)
        }
    }

    /// Reads a switch, in the words of YAML 1.1.
    package func bool(_ value: SettingsValue) -> Bool? {
        if case .scalar(let text, isPlain: true) = value.content {
            switch text.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: break
            }
        }
        report("must be true or false", at: value)
        return nil
    }

    /// Reads `on` or `off`, with or without quotes; YAML 1.1 makes booleans of the plain ones.
    func onOrOff(_ value: SettingsValue) -> Bool? {
        word(value, of: ["on", "off", "true", "false"]).map { $0 == "on" || $0 == "true" }
    }

    /// Reads a whole number within `range`.
    package func integer(_ value: SettingsValue, in range: ClosedRange<Int>) -> Int? {
        if case .scalar(let text, isPlain: true) = value.content,
            text.utf8.allSatisfy({ 48...57 ~= $0 }),
            let number = Int(text), range.contains(number)
        {
            return number
        }
        report(
            "must be a whole number from \(range.lowerBound) to \(range.upperBound)",
            at: value
        )
        return nil
    }

    /// Reads a share from 0 to 1.
    func share(_ value: SettingsValue) -> Double? {
        if case .scalar(let text, isPlain: true) = value.content,
            text.wholeMatch(of: /[0-9]+(\.[0-9]+)?/) != nil,
            let number = Double(text), 0...1 ~= number
        {
            return number
        }
        report("must be a share from 0 to 1, such as 0.3", at: value)
        return nil
    }

    /// `text` in quotes, on one line and not too long, for a message.
    package func quoted(_ text: String) -> String {
        let short = text.count > 60 ? text.prefix(60) + "…" : text[...]
        return "\"" + String(short.map { $0.isNewline ? " " : $0 }) + "\""
    }
}
