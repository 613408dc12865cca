import Foundation

extension SettingsReader {
    /// Reads the calendar sources of a customer, of which there is one at least.
    func calendars(_ value: SettingsValue) -> [CalendarSettings] {
        guard let values = list(value) else { return [] }
        if values.isEmpty {
            report("a customer needs one calendar source at least", at: value)
        }
        let calendars = values.map(calendar)
        reportRepeated(zip(calendars.map { $0?.name }, values))
        return calendars.compactMap { $0 }
    }

    private func calendar(_ value: SettingsValue) -> CalendarSettings? {
        guard let members = members(value) else { return nil }
        let kind = calendarKind(of: members, in: value)
        let shared = ["name", "kind", "timeout"]
        let keys: [String]
        let required: [String]
        switch kind {
        case "ics": (keys, required) = (["folder", "url"], [])
        case "caldav":
            keys = ["url", "user", "password_file", "password_env", "ca_file"]
            required = ["url", "user"]
        default:
            // Without its kind nobody can tell which keys it may have.
            reportSecrets(in: members)
            return nil
        }
        guard let map = map(value, keys: shared + keys, required: ["name"] + required) else {
            return nil
        }
        let name = map["name"].flatMap {
            text($0, like: /[A-Za-z0-9_-]{1,63}/, form: "1 to 63 letters a to z, digits, _ and -")
        }
        let timeout = map["timeout"].flatMap { integer($0, in: 1...600) }
        let access = kind == "ics" ? ics(map) : caldav(map)
        guard let name, let access else { return nil }
        return CalendarSettings(name: name, access: access, timeout: timeout)
    }

    private func calendarKind(
        of members: [SettingsValue.Member],
        in value: SettingsValue
    ) -> String? {
        let kinds = ["ics", "caldav"]
        guard let kind = members.first(where: { $0.key == "kind" })?.value else {
            report(
                "this key is missing; allowed: \(kinds.joined(separator: ", "))",
                line: value.line,
                key: value.path(to: "kind")
            )
            return nil
        }
        return available(kind, among: kinds, later: ["graph", "ews", "google"])
    }

    /// Reads one of the words `available`; those `later` are told from typing mistakes.
    func available(
        _ value: SettingsValue,
        among available: [String],
        later: [String]
    ) -> String? {
        if case .scalar(let text, _) = value.content, later.contains(text) {
            report(
                "\(quoted(text)) is not available in this version; "
                    + "allowed: \(available.joined(separator: ", "))",
                at: value
            )
            return nil
        }
        return word(value, of: available)
    }

    private func ics(_ map: SettingsMap) -> CalendarSettings.Access? {
        switch (map["folder"], map["url"]) {
        case (let folder?, nil): return lineOfText(folder).map { .folder($0) }
        case (nil, let url?): return webAddress(url).map { .subscription(url: $0) }
        case (nil, nil): report("either folder or url is missing", at: map.value)
        case (_?, let url?): report("either folder or url is allowed, not both", at: url)
        }
        return nil
    }

    private func caldav(_ map: SettingsMap) -> CalendarSettings.Access? {
        let url = map["url"].flatMap(webAddress)
        let user = map["user"].flatMap(lineOfText)
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        let password: SecretPlace?
        switch (map["password_file"], map["password_env"]) {
        case (let file?, nil): password = lineOfText(file).map { .file($0) }
        case (nil, let name?):
            password = text(
                name,
                like: /[A-Za-z_][A-Za-z0-9_]*/,
                form: "the name of an environment variable: letters a to z, digits and _"
            ).map { .environment($0) }
        case (nil, nil):
            report("either password_file or password_env is missing", at: map.value)
            password = nil
        case (_?, let name?):
            report("either password_file or password_env is allowed, not both", at: name)
            password = nil
        }
        guard let url, let user, let password else { return nil }
        return .caldav(
            CalDAVSettings(
                url: url,
                user: user,
                password: password,
                certificateFile: certificateFile
            )
        )
    }

    /// Reads an http or https URL, which may hold `{address}`. A URL may be a secret by itself
    /// and is never quoted.
    private func webAddress(_ value: SettingsValue) -> String? {
        guard let text = lineOfText(value) else { return nil }
        let filled = text.replacing("{address}", with: "address")
        if filled.contains("{") || filled.contains("}") {
            report("in braces only {address} is allowed", at: value)
            return nil
        }
        guard let parts = URLComponents(string: filled),
            ["http", "https"].contains(parts.scheme?.lowercased() ?? ""),
            parts.host?.isEmpty == false
        else {
            report("must be a URL that begins with https:// or http:// and a host", at: value)
            return nil
        }
        guard parts.user == nil, parts.password == nil else {
            report(
                "a URL must hold neither user nor password; "
                    + "user, and password_file or password_env, are keys of kind caldav",
                at: value
            )
            return nil
        }
        return text
    }
}
