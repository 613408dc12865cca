extension SettingsReader {
    static let graphKeys = (
        keys: [
            "tenant", "client", "secret_file", "secret_env", "certificate_file", "key_file",
            "cloud", "url", "login_url", "concurrency", "choice_property", "ca_file",
        ],
        required: ["tenant", "client"]
    )

    func graph(_ map: SettingsMap) -> GraphSettings? {
        let tenant = map["tenant"].flatMap {
            text($0, like: /[A-Za-z0-9.-]{1,255}/, form: "the directory's GUID or a domain of it")
        }
        let client = map["client"].flatMap {
            text($0, like: /[A-Za-z0-9.-]{1,255}/, form: "the application's GUID")
        }
        let credential = graphCredential(map)
        let cloud = graphCloud(map)
        let concurrency = map["concurrency"].flatMap {
            word($0, as: GraphSettings.Concurrency.self)
        }
        let choiceProperty = map["choice_property"].flatMap(namedProperty)
        let certificateFile = map["ca_file"].flatMap(lineOfText)
        guard let tenant, let client, let credential, let cloud else { return nil }
        return GraphSettings(
            tenant: tenant,
            client: client,
            credential: credential,
            cloud: cloud,
            concurrency: concurrency ?? .mailbox,
            choiceProperty: choiceProperty,
            certificateFile: certificateFile
        )
    }

    private func graphCredential(_ map: SettingsMap) -> GraphSettings.Credential? {
        switch (map["certificate_file"], map["key_file"]) {
        case (nil, nil):
            guard map["secret_file"] != nil || map["secret_env"] != nil else {
                report(
                    "one of secret_file and secret_env is missing, "
                        + "or certificate_file with key_file",
                    at: map.value
                )
                return nil
            }
            return secretPlace("secret", in: map).map { .secret($0) }
        case (let certificate?, let key?):
            if let secret = map["secret_file"] ?? map["secret_env"] {
                report("either a secret or certificate_file is allowed, not both", at: secret)
                return nil
            }
            guard let file = lineOfText(certificate), let keyFile = lineOfText(key) else {
                return nil
            }
            return .certificate(file: file, keyFile: keyFile)
        case (let certificate?, nil):
            report("key_file is missing, the certificate's private key", at: certificate)
        case (nil, let key?):
            report("certificate_file is missing, the certificate of this key", at: key)
        }
        return nil
    }

    private func graphCloud(_ map: SettingsMap) -> GraphSettings.Cloud? {
        switch (map["url"], map["login_url"]) {
        case (nil, nil):
            guard let cloud = map["cloud"] else { return .global }
            let clouds = GraphSettings.Cloud.named
            let name = word(cloud, of: clouds.map(\.name))
            return clouds.first { $0.name == name }?.cloud
        case (let url?, let login?):
            if let cloud = map["cloud"] {
                report("either cloud or url and login_url are allowed, not both", at: cloud)
                return nil
            }
            guard let url = serverURL(url), let loginURL = serverURL(login) else { return nil }
            return .other(url: url, loginURL: loginURL)
        case (let url?, nil):
            report("login_url is missing: where tokens for this URL come from", at: url)
        case (nil, let login?):
            report("url is missing: what the tokens of this login are for", at: login)
        }
        return nil
    }
}
