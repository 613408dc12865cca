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
        guard let kind = calendarKind(of: members, in: value) else {
            // Without its kind nobody can tell which keys it may have.
            reportSecrets(in: members)
            return nil
        }
        let keys: [String]
        let required: [String]
        switch kind {
        case .ics: (keys, required) = (["folder", "url"], [])
        case .caldav: (keys, required) = Self.caldavKeys
        case .graph: (keys, required) = Self.graphKeys
        case .ews: (keys, required) = Self.ewsKeys
        case .google: (keys, required) = Self.googleKeys
        }
        guard
            let map = map(
                value,
                keys: ["name", "kind", "timeout"] + keys,
                required: ["name"] + required
            )
        else { return nil }
        let name = map["name"].flatMap {
            text($0, like: /[A-Za-z0-9_-]{1,63}/, form: "1 to 63 letters a to z, digits, _ and -")
        }
        let timeout = map["timeout"].flatMap { integer($0, in: 1...600) }
        let access: CalendarSettings.Access? =
            switch kind {
            case .ics: ics(map)
            case .caldav: caldav(map).map { .caldav($0) }
            case .graph: graph(map).map { .graph($0) }
            case .ews: ews(map).map { .ews($0) }
            case .google: google(map).map { .google($0) }
            }
        guard let name, let access else { return nil }
        return CalendarSettings(name: name, access: access, timeout: timeout)
    }

    private func calendarKind(
        of members: [SettingsValue.Member],
        in value: SettingsValue
    ) -> CalendarSettings.Kind? {
        guard let kind = members.first(where: { $0.key == "kind" })?.value else {
            let kinds = CalendarSettings.Kind.allCases.map(\.rawValue)
            report(
                "this key is missing; allowed: \(kinds.joined(separator: ", "))",
                line: value.line,
                key: value.path(to: "kind")
            )
            return nil
        }
        return word(kind, as: CalendarSettings.Kind.self)
    }

    private func ics(_ map: SettingsMap) -> CalendarSettings.Access? {
        switch (map["folder"], map["url"]) {
        case (let folder?, nil): return lineOfText(folder).map { .folder($0) }
        case (nil, let url?): return addressedURL(url).map { .subscription(url: $0) }
        case (nil, nil): report("either folder or url is missing", at: map.value)
        case (_?, let url?): report("either folder or url is allowed, not both", at: url)
        }
        return nil
    }

    private static let caldavKeys = (
        keys: ["url", "user", "password_file", "password_env", "ca_file"],
        required: ["url", "user"]
    )

    private func caldav(_ map: SettingsMap) -> CalDAVSettings? {
        let url = map["url"].flatMap(addressedURL)
        let user = map["user"].flatMap(lineOfText)
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        let password = secretPlace("password", in: map)
        guard let url, let user, let password else { return nil }
        return CalDAVSettings(
            url: url,
            user: user,
            password: password,
            certificateFile: certificateFile
        )
    }
}
