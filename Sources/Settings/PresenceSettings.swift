/// Where presence is published (RFC 3903).
///
/// Its JSON is as in the customer file, and stands so in `customer.customers.presence`.
public struct PresenceSettings: Hashable, Sendable {
    /// The SIP URI that requests go to, such as `sip:pbx.example.com:5061;transport=tls`.
    public var proxy: String
    /// The SIP domain of the extensions.
    public var domain: String
    /// The account that may publish for everybody.
    public var user: String
    /// Nil where the server asks for none.
    public var password: SecretPlace?
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?

    public init(
        proxy: String,
        domain: String,
        user: String,
        password: SecretPlace? = nil,
        certificateFile: String? = nil
    ) {
        self.proxy = proxy
        self.domain = domain
        self.user = user
        self.password = password
        self.certificateFile = certificateFile
    }

    init?(reading value: SettingsValue, with reader: SettingsReader) {
        guard
            let map = reader.map(
                value,
                keys: ["proxy", "domain", "user", "password_file", "password_env", "ca_file"],
                required: ["proxy", "domain", "user"]
            )
        else { return nil }
        let proxy = map["proxy"].flatMap(reader.sipURI)
        let domain = map["domain"].flatMap(reader.sipDomain)
        let user = map["user"].flatMap(reader.lineOfText)
        if map["password_file"] != nil || map["password_env"] != nil {
            password = reader.secretPlace("password", in: map)
        }
        certificateFile = map["ca_file"].flatMap(reader.lineOfText)
        guard let proxy, let domain, let user else { return nil }
        self.proxy = proxy
        self.domain = domain
        self.user = user
    }
}

extension PresenceSettings: Codable {
    private enum Key: String, CodingKey {
        case proxy, domain, user
        case passwordFile = "password_file"
        case passwordVariable = "password_env"
        case certificateFile = "ca_file"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        proxy = try values.decode(String.self, forKey: .proxy)
        domain = try values.decode(String.self, forKey: .domain)
        user = try values.decode(String.self, forKey: .user)
        if values.contains(.passwordFile) || values.contains(.passwordVariable) {
            password = try SecretPlace(from: decoder, named: "password")
        }
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(proxy, forKey: .proxy)
        try values.encode(domain, forKey: .domain)
        try values.encode(user, forKey: .user)
        try password?.encode(to: encoder, named: "password")
        try values.encodeIfPresent(certificateFile, forKey: .certificateFile)
    }
}
