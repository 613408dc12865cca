extension SettingsReader {
    /// Reads the groups whose members have a service.
    ///
    /// - Parameter calendars: the sources of the same file, of which a group is in one.
    func groups(_ value: SettingsValue, calendars: [CalendarSettings]) -> [GroupSettings] {
        guard let values = list(value) else { return [] }
        let groups = values.map { group($0, calendars: calendars) }
        reportRepeated(zip(groups, values))
        return groups.compactMap { $0 }
    }

    private func group(_ value: SettingsValue, calendars: [CalendarSettings]) -> GroupSettings? {
        let keys = ["calendar", "group", "service"]
        guard let map = map(value, keys: keys, required: keys) else { return nil }
        let calendar = map["calendar"].flatMap { directory($0, calendars: calendars) }
        let group = map["group"].flatMap {
            text(
                $0,
                like: /[^@\s\/?#]+(?:@[^@\s\/?#]+)?/,
                form: "a group's mail address or GUID"
            )
        }
        let service = map["service"].flatMap { word($0, as: GroupSettings.Service.self) }
        guard let calendar, let group, let service else { return nil }
        return GroupSettings(calendar: calendar, group: group.lowercased(), service: service)
    }

    /// Reads the name of a calendar source that has groups.
    private func directory(_ value: SettingsValue, calendars: [CalendarSettings]) -> String? {
        guard let name = text(value) else { return nil }
        guard let calendar = calendars.first(where: { $0.name == name }) else {
            // One that is wrong itself is told where it stands.
            let isWhole = !problems.contains { $0.key?.hasPrefix("calendars") == true }
            return isWhole ? word(value, of: calendars.map(\.name)) : nil
        }
        switch calendar.access {
        case .graph: return name
        case .google(let google):
            if google.admin != nil { return name }
            report(
                "\(quoted(name)) reads groups in the name of an administrator: "
                    + "give it the key admin",
                at: value
            )
        case .folder, .subscription, .caldav, .ews:
            report("\(quoted(name)) has no groups; kinds graph and google have them", at: value)
        }
        return nil
    }
}
