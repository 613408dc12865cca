import AbsenceModel
import Foundation

// The telephone side of a customer.
extension SettingsReader {
    func exchange(_ value: SettingsValue, reasons: ReasonCatalogue) -> ExchangeSettings? {
        guard let members = members(value) else { return nil }
        guard let kind = members.first(where: { $0.key == "kind" })?.value else {
            let kinds = ExchangeSettings.Kind.allCases.map(\.rawValue)
            report(
                "this key is missing; allowed: \(kinds.joined(separator: ", "))",
                line: value.line,
                key: value.path(to: "kind")
            )
            // Without its kind nobody can tell which keys it may have.
            reportSecrets(in: members)
            return nil
        }
        guard let kind = word(kind, as: ExchangeSettings.Kind.self) else { return nil }
        let keys: [String]
        let required: [String]
        switch kind {
        case .table: (keys, required) = (["service"], [])
        case .http:
            keys = [
                "url", "api_key_file", "api_key_env", "token_url", "client", "secret_file",
                "secret_env", "scope", "ca_file", "timeout", "batches_at_once",
            ]
            required = ["url"]
        case .mxone:
            keys = [
                "proxy", "domain", "extension", "user", "password_file", "password_env", "reasons",
                "default_reason", "dials_per_second", "ca_file",
            ]
            required = ["proxy", "domain", "extension", "default_reason"]
        }
        guard let map = map(value, keys: ["kind"] + keys, required: required) else { return nil }
        return switch kind {
        case .table: .table(service: map["service"].flatMap(service))
        case .http: httpExchange(map).map(ExchangeSettings.http)
        case .mxone: mxone(map, reasons: reasons).map(ExchangeSettings.mxone)
        }
    }

    private func service(_ value: SettingsValue) -> String? {
        text(
            value,
            like: /[A-Za-z0-9_.-]{1,63}/,
            form: "the name of a libpq service: letters a to z, digits, _ . and -"
        )
    }

    private func httpExchange(_ map: SettingsMap) -> HTTPExchangeSettings? {
        let url = map["url"].flatMap(serverURL)
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        let timeout = map["timeout"].flatMap { integer($0, in: 1...600) }
        let batchesAtOnce = map["batches_at_once"].flatMap { integer($0, in: 1...64) }
        guard let login = httpLogin(map), let url else { return nil }
        return HTTPExchangeSettings(
            url: url,
            login: login,
            certificateFile: certificateFile,
            timeout: timeout,
            batchesAtOnce: batchesAtOnce
        )
    }

    private func httpLogin(_ map: SettingsMap) -> HTTPExchangeSettings.Login? {
        let ofTokens = ["client", "secret_file", "secret_env", "scope"]
        guard let tokenURL = map["token_url"] else {
            for key in ofTokens {
                if let stray = map[key] { report("goes with token_url only", at: stray) }
            }
            return secretPlace("api_key", in: map).map { .key($0) }
        }
        for key in ["api_key_file", "api_key_env"] {
            if let stray = map[key] { report("goes without token_url only", at: stray) }
        }
        let url = serverURL(tokenURL)
        let client = self.required("client", in: map).flatMap(lineOfText)
        let secret = secretPlace("secret", in: map)
        let scope = map["scope"].flatMap(lineOfText)
        guard let url, let client, let secret else { return nil }
        return .oauth(tokenURL: url, client: client, secret: secret, scope: scope)
    }

    private func mxone(_ map: SettingsMap, reasons: ReasonCatalogue) -> MXOneSettings? {
        let proxy = map["proxy"].flatMap(sipURI)
        let domain = map["domain"].flatMap(sipDomain)
        let phone = map["extension"].flatMap {
            text($0, like: /[0-9]{2,15}/, form: "an extension: 2 to 15 digits")
        }
        let login: MXOneSettings.Login? = map["user"].flatMap { user in
            let user = lineOfText(user)
            let password = secretPlace("password", in: map)
            guard let user, let password else { return nil }
            return MXOneSettings.Login(user: user, password: password)
        }
        let known = reasons.reasons.map(\.rawValue).filter { !MXOneSettings.untold.contains($0) }
        let digits =
            map["reasons"].map { self.digits(of: $0, reasons: known) } ?? MXOneSettings.commonDigits
        let defaultReason = map["default_reason"].flatMap { word($0, of: digits.keys.sorted()) }
        let dialsPerSecond = map["dials_per_second"].flatMap { integer($0, in: 1...1000) }
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        guard let proxy, let domain, let phone, let defaultReason else { return nil }
        return MXOneSettings(
            proxy: proxy,
            domain: domain,
            phone: phone,
            login: login,
            digits: digits,
            defaultReason: defaultReason,
            dialsPerSecond: dialsPerSecond,
            certificateFile: certificateFile
        )
    }

    private func digits(of value: SettingsValue, reasons: [String]) -> [String: Int] {
        var digits: [String: Int] = [:]
        for member in members(value) ?? [] {
            guard reasons.contains(member.key) else {
                report(
                    "no such reason" + Self.allowed(reasons, insteadOf: member.key),
                    line: member.keyLine,
                    key: member.value.path
                )
                continue
            }
            digits[member.key] = integer(member.value, in: 0...9)
        }
        return digits
    }

    /// Reads the SIP URI of a proxy: host, port and transport, and nobody's name.
    func sipURI(_ value: SettingsValue) -> String? {
        text(
            value,
            like: /sip:[A-Za-z0-9.-]{1,255}(?::[0-9]{1,5})?(?:;transport=(?:udp|tcp|tls))?/,
            form: "a SIP URI such as sip:pbx.example.com:5060;transport=tcp (udp, tcp or tls)"
        )
    }

    func sipDomain(_ value: SettingsValue) -> String? {
        text(value, like: /[A-Za-z0-9.-]{1,255}/, form: "the name of a SIP domain")
    }
}

extension MXOneSettings {
    /// What has no digit, for callers are told what a digit means, and who is sick tells nobody.
    static let untold = ["sick", "sick_child"]

    /// The digits of CMG, which stands beside MX-ONE (domain.md part 3), without 7 and 9.
    static let commonDigits = [
        "lunch": 0, "gone_for_the_day": 1, "errand": 2, "meeting": 3, "business_trip": 4,
        "course": 5, "vacation": 6, "busy": 8,
    ]
}
