import Foundation

extension SettingsReader {
    static let ewsKeys = (
        keys: [
            "url", "auth", "user", "password_file", "password_env", "token_url", "client",
            "secret_file", "secret_env", "scope", "choice_property", "ca_file",
        ],
        required: ["url", "auth"]
    )

    func ews(_ map: SettingsMap) -> EWSSettings? {
        let url = map["url"].flatMap(onPremisesURL)
        let login = map["auth"].flatMap { ewsLogin($0, in: map) }
        let choiceProperty = map["choice_property"].flatMap(setAndName)
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        guard let url, let login else { return nil }
        return EWSSettings(
            url: url,
            login: login,
            choiceProperty: choiceProperty,
            certificateFile: certificateFile
        )
    }

    private func ewsLogin(_ value: SettingsValue, in map: SettingsMap) -> EWSSettings.Login? {
        guard let method = word(value, as: EWSSettings.Method.self) else { return nil }
        let ofPasswords = ["user", "password_file", "password_env"]
        let ofTokens = ["token_url", "client", "secret_file", "secret_env", "scope"]
        for key in method == .oauth ? ofPasswords : ofTokens {
            guard let stray = map[key] else { continue }
            report("auth \(method.rawValue) has no such key", at: stray)
        }
        guard method == .oauth else {
            let user = required("user", in: map).flatMap(lineOfText)
            let password = secretPlace("password", in: map)
            guard let user, let password else { return nil }
            return method == .basic
                ? .basic(user: user, password: password) : .ntlm(user: user, password: password)
        }
        let tokenURL = required("token_url", in: map).flatMap(serverURL)
        let client = required("client", in: map).flatMap(lineOfText)
        let secret = secretPlace("secret", in: map)
        let scope = required("scope", in: map).flatMap(lineOfText)
        guard let tokenURL, let client, let secret, let scope else { return nil }
        return .oauth(tokenURL: tokenURL, client: client, secret: secret, scope: scope)
    }

    /// Reads an extended property by its set, one of Exchange's own or a GUID, and its name
    /// (calendar-apis.md 2.2).
    private func setAndName(_ value: SettingsValue) -> String? {
        text(
            value,
            like: /(?:[A-Za-z]+|\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\})\/\S.*/,
            form: "SET/NAME, such as PublicStrings/Kalenderkoppling or {GUID}/Kalenderkoppling"
        )
    }

    /// Reads the URL of a server of the customer's own. Exchange Online closed this way in
    /// (calendar-apis.md 2.4).
    private func onPremisesURL(_ value: SettingsValue) -> String? {
        guard let text = serverURL(value) else { return nil }
        let host = URLComponents(string: text)?.host?.lowercased() ?? ""
        let online = [
            "office.com", "office365.com", "office365.us", "outlook.cn", "outlook.com",
            "outlook.office.de", "outlook.us",
        ]
        guard !online.contains(where: { host == $0 || host.hasSuffix(".\($0)") }) else {
            report(
                "kind ews is for Exchange on premises: Exchange Online blocks Exchange Web "
                    + "Services, and takes them away on 2027-04-01; use kind graph",
                at: value
            )
            return nil
        }
        return text
    }
}
