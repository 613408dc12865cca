package import AbsenceModel

// What rules, preferences and choices have in common.
extension SettingsReader {
    /// Reads a reason of `catalogue`.
    package func reason(_ value: SettingsValue, from catalogue: ReasonCatalogue) -> Reason? {
        guard let text = text(value) else { return nil }
        return reason(text, from: catalogue, line: value.line, key: value.path)
    }

    /// Looks a reason up that stands as a key.
    private func reason(
        of member: SettingsValue.Member,
        from catalogue: ReasonCatalogue
    ) -> Reason? {
        reason(member.key, from: catalogue, line: member.keyLine, key: member.value.path)
    }

    private func reason(
        _ text: String,
        from catalogue: ReasonCatalogue,
        line: Int,
        key: String
    ) -> Reason? {
        let reason = Reason(rawValue: text)
        guard catalogue.contains(reason) else {
            let names = catalogue.reasons.map(\.rawValue)
            report(
                "\(quoted(text)) is no reason" + Self.allowed(names, insteadOf: text),
                line: line,
                key: key
            )
            return nil
        }
        return reason
    }

    /// Reads `skip`, or a reason and a kind, of which either may be left out.
    package func choice(
        _ value: SettingsValue,
        from catalogue: ReasonCatalogue
    ) -> Booking.Choice? {
        switch value.content {
        case .scalar("skip", _):
            return .skip
        case .map:
            guard let map = map(value, keys: ["reason", "kind"]) else { return nil }
            return .absence(
                reason: map["reason"].flatMap { reason($0, from: catalogue) },
                kind: map["kind"].flatMap { word($0, as: Kind.self) }
            )
        default:
            report("must be skip, or a map with reason, kind or both", at: value)
            return nil
        }
    }

    /// Reads a table from show-as to what it gives.
    func showAsTable(_ value: SettingsValue, from catalogue: ReasonCatalogue) -> JSONValue? {
        let words = Booking.ShowAs.allCases.map(\.rawValue)
        guard let map = map(value, keys: words) else { return nil }
        var table: [String: JSONValue] = [:]
        for word in words {
            guard let row = map[word], let choice = choice(row, from: catalogue) else { continue }
            switch choice {
            case .skip:
                table[word] = .string("skip")
            case .absence(let reason, let kind):
                var members: [String: JSONValue] = [:]
                members["reason"] = (reason?.rawValue).map(JSONValue.string)
                members["kind"] = (kind?.rawValue).map(JSONValue.string)
                table[word] = .object(members)
            }
        }
        return .object(table)
    }

    /// Reads a map from reason to reason.
    func reasonMap(_ value: SettingsValue, from catalogue: ReasonCatalogue) -> JSONValue? {
        members(value).map { members in
            object(of: members) { member in
                let key = reason(of: member, from: catalogue)
                let announced = reason(member.value, from: catalogue)
                return key == nil ? nil : (announced?.rawValue).map(JSONValue.string)
            }
        }
    }

    /// Reads a map from reason to where callers go.
    func targets(_ value: SettingsValue, from catalogue: ReasonCatalogue) -> JSONValue? {
        members(value).map { members in
            object(of: members) { member in
                let key = reason(of: member, from: catalogue)
                guard let target = target(member.value), key != nil else { return nil }
                var form: [String: JSONValue] = ["type": .string(target.type)]
                form["number"] = target.number.map(JSONValue.string)
                return .object(form)
            }
        }
    }

    /// Reads where callers go: announcement, voicemail, or number with a number.
    package func target(_ value: SettingsValue) -> (type: String, number: String?)? {
        guard let map = map(value, keys: ["type", "number"], required: ["type"]) else {
            return nil
        }
        let number = map["number"].flatMap {
            text($0, like: /\+?[0-9]{2,20}/, form: "a telephone number: 2 to 20 digits, + first")
        }
        let types = ["announcement", "voicemail", "number"]
        guard let type = map["type"].flatMap({ word($0, of: types) }) else { return nil }
        if (type == "number") != (map["number"] != nil) {
            report(
                type == "number" ? "this key is missing" : "only with type: number",
                line: (map["number"] ?? value).line,
                key: value.path(to: "number")
            )
            return nil
        }
        return (type, number)
    }

    /// Reads the fields of a booking that are shown.
    func textFields(_ value: SettingsValue) -> JSONValue? {
        words(value, of: ["subject", "location", "body"]).map { .array($0.map(JSONValue.string)) }
    }

    /// An object of what `read` makes of each member.
    func object(
        of members: [SettingsValue.Member],
        read: (SettingsValue.Member) -> JSONValue?
    ) -> JSONValue {
        var object: [String: JSONValue] = [:]
        for member in members {
            object[member.key] = read(member)
        }
        return .object(object)
    }
}
