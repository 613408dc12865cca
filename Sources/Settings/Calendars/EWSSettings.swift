/// How Exchange on premises is reached (calendar-apis.md 2).
public struct EWSSettings: Hashable, Sendable {
    /// Of Exchange Web Services, such as `https://mail.example.com/EWS/Exchange.asmx`.
    public var url: String
    public var login: Login
    /// The extended property that holds a choice, as `SET/NAME`, such as
    /// `PublicStrings/Kalenderkoppling`; nil where nobody chooses for single bookings.
    public var choiceProperty: String?
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?

    public init(
        url: String,
        login: Login,
        choiceProperty: String? = nil,
        certificateFile: String? = nil
    ) {
        self.url = url
        self.login = login
        self.choiceProperty = choiceProperty
        self.certificateFile = certificateFile
    }

    /// How the program shows who it is.
    public enum Login: Hashable, Sendable {
        case basic(user: String, password: SecretPlace)
        /// With channel binding, where the connection is TLS.
        case ntlm(user: String, password: SecretPlace)
        /// Hybrid Modern Authentication: a token of Microsoft Entra for the server's address.
        case oauth(tokenURL: String, client: String, secret: SecretPlace, scope: String)
    }

    enum Method: String, CaseIterable, Codable {
        case basic, ntlm, oauth
    }
}

extension EWSSettings: Codable {
    private enum Key: String, CodingKey {
        case url, auth, user, client, scope
        case tokenURL = "token_url"
        case choiceProperty = "choice_property"
        case certificateFile = "ca_file"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        url = try values.decode(String.self, forKey: .url)
        switch try values.decode(Method.self, forKey: .auth) {
        case .basic:
            login = .basic(
                user: try values.decode(String.self, forKey: .user),
                password: try SecretPlace(from: decoder, named: "password")
            )
        case .ntlm:
            login = .ntlm(
                user: try values.decode(String.self, forKey: .user),
                password: try SecretPlace(from: decoder, named: "password")
            )
        case .oauth:
            login = .oauth(
                tokenURL: try values.decode(String.self, forKey: .tokenURL),
                client: try values.decode(String.self, forKey: .client),
                secret: try SecretPlace(from: decoder, named: "secret"),
                scope: try values.decode(String.self, forKey: .scope)
            )
        }
        choiceProperty = try values.decodeIfPresent(String.self, forKey: .choiceProperty)
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(url, forKey: .url)
        switch login {
        case .basic(let user, let password):
            try values.encode(Method.basic, forKey: .auth)
            try values.encode(user, forKey: .user)
            try password.encode(to: encoder, named: "password")
        case .ntlm(let user, let password):
            try values.encode(Method.ntlm, forKey: .auth)
            try values.encode(user, forKey: .user)
            try password.encode(to: encoder, named: "password")
        case .oauth(let tokenURL, let client, let secret, let scope):
            try values.encode(Method.oauth, forKey: .auth)
            try values.encode(tokenURL, forKey: .tokenURL)
            try values.encode(client, forKey: .client)
            try secret.encode(to: encoder, named: "secret")
            try values.encode(scope, forKey: .scope)
        }
        try values.encodeIfPresent(choiceProperty, forKey: .choiceProperty)
        try values.encodeIfPresent(certificateFile, forKey: .certificateFile)
    }
}
