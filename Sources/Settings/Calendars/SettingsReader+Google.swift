extension SettingsReader {
    static let googleKeys = (
        keys: [
            "key_file", "url", "directory_url", "admin", "choice_property", "project_per_minute",
            "user_per_minute", "ca_file",
        ],
        required: ["key_file"]
    )

    func google(_ map: SettingsMap) -> GoogleSettings? {
        let url = map["url"].map(serverURL) ?? GoogleSettings.url
        let directoryURL = map["directory_url"].map(serverURL) ?? GoogleSettings.directoryURL
        let admin = map["admin"].flatMap {
            text($0, like: /[^@\s]+@[^@\s]+/, form: "an administrator's mail address")
        }
        let choiceProperty = map["choice_property"].flatMap(lineOfText)
        let projectPerMinute = map["project_per_minute"].flatMap { integer($0, in: 1...1_000_000) }
        let userPerMinute = map["user_per_minute"].flatMap { integer($0, in: 1...1_000_000) }
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        guard let keyFile = map["key_file"].flatMap(lineOfText), let url, let directoryURL else {
            return nil
        }
        var settings = GoogleSettings(
            keyFile: keyFile,
            url: url,
            directoryURL: directoryURL,
            admin: admin,
            choiceProperty: choiceProperty,
            certificateFile: certificateFile
        )
        settings.projectPerMinute = projectPerMinute ?? settings.projectPerMinute
        settings.userPerMinute = userPerMinute ?? settings.userPerMinute
        return settings
    }
}
