import Foundation

// What the kinds of calendar sources have in common.
extension SettingsReader {
    /// Reads the key that is `name` with `_file` or `_env` behind it, one of which there must be.
    func secretPlace(_ name: String, in map: SettingsMap) -> SecretPlace? {
        let (file, environment) = ("\(name)_file", "\(name)_env")
        switch (map[file], map[environment]) {
        case (let file?, nil): return lineOfText(file).map { .file($0) }
        case (nil, let variable?):
            return text(
                variable,
                like: /[A-Za-z_][A-Za-z0-9_]*/,
                form: "the name of an environment variable: letters a to z, digits and _"
            ).map { .environment($0) }
        case (nil, nil):
            report("either \(file) or \(environment) is missing", at: map.value)
        case (_?, let variable?):
            report("either \(file) or \(environment) is allowed, not both", at: variable)
        }
        return nil
    }

    /// The value of a key that must be there, which is reported if not.
    func required(_ key: String, in map: SettingsMap) -> SettingsValue? {
        if map[key] == nil {
            report("this key is missing", line: map.value.line, key: map.value.path(to: key))
        }
        return map[key]
    }

    /// Reads an extended property of Exchange by its property set and name, as Graph writes it
    /// (calendar-apis.md 1.3).
    func namedProperty(_ value: SettingsValue) -> String? {
        text(
            value,
            like: /String \{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\} Name \S.*/,
            form: "\"String {GUID} Name NAME\", with the GUID of a property set"
        )
    }

    /// Reads an http or https URL, which may hold `{address}`. A URL may be a secret by itself
    /// and is never quoted.
    func addressedURL(_ value: SettingsValue) -> String? {
        guard let text = lineOfText(value) else { return nil }
        let filled = text.replacing("{address}", with: "address")
        if filled.contains("{") || filled.contains("}") {
            report("in braces only {address} is allowed", at: value)
            return nil
        }
        let keys = "user, and password_file or password_env, are keys of kind caldav"
        return isURL(filled, at: value, otherwise: "; \(keys)") ? text : nil
    }

    /// Reads an http or https URL of a server, without a slash at its end.
    func serverURL(_ value: SettingsValue) -> String? {
        guard var text = lineOfText(value), isURL(text, at: value) else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    /// Whether `text` is the URL of a host, without credentials, which is reported if not.
    private func isURL(_ text: String, at value: SettingsValue, otherwise: String = "") -> Bool {
        guard let parts = URLComponents(string: text),
            ["http", "https"].contains(parts.scheme?.lowercased() ?? ""),
            parts.host?.isEmpty == false
        else {
            report("must be a URL that begins with https:// or http:// and a host", at: value)
            return false
        }
        guard parts.user == nil, parts.password == nil else {
            report("a URL must hold neither user nor password\(otherwise)", at: value)
            return false
        }
        return true
    }
}
