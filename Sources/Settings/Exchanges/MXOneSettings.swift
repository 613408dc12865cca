/// How MX-ONE is dialled (telephony.md part 1).
public struct MXOneSettings: Hashable, Sendable {
    /// The SIP URI that requests go to, such as `sip:pbx.example.com:5061;transport=tls`.
    public var proxy: String
    /// The SIP domain of the extensions.
    public var domain: String
    /// The extension that dials, which must be allowed to set absences for others.
    public var phone: String
    public var login: Login?
    /// The digit that the site has for each reason.
    public var digits: [String: Int]
    /// What any other reason becomes.
    public var defaultReason: String
    /// How many procedures may be dialled in a second; nil for the usual measure.
    public var dialsPerSecond: Int?
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?

    public init(
        proxy: String,
        domain: String,
        phone: String,
        login: Login? = nil,
        digits: [String: Int],
        defaultReason: String,
        dialsPerSecond: Int? = nil,
        certificateFile: String? = nil
    ) {
        self.proxy = proxy
        self.domain = domain
        self.phone = phone
        self.login = login
        self.digits = digits
        self.defaultReason = defaultReason
        self.dialsPerSecond = dialsPerSecond
        self.certificateFile = certificateFile
    }

    /// Where the exchange wants to know who dials (RFC 3261 22).
    public struct Login: Hashable, Sendable {
        public var user: String
        public var password: SecretPlace

        public init(user: String, password: SecretPlace) {
            self.user = user
            self.password = password
        }
    }
}

extension MXOneSettings: Codable {
    private enum Key: String, CodingKey {
        case proxy, domain, user
        case phone = "extension"
        case digits = "reasons"
        case defaultReason = "default_reason"
        case dialsPerSecond = "dials_per_second"
        case certificateFile = "ca_file"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        proxy = try values.decode(String.self, forKey: .proxy)
        domain = try values.decode(String.self, forKey: .domain)
        phone = try values.decode(String.self, forKey: .phone)
        login = try values.decodeIfPresent(String.self, forKey: .user).map {
            Login(user: $0, password: try SecretPlace(from: decoder, named: "password"))
        }
        digits = try values.decode([String: Int].self, forKey: .digits)
        defaultReason = try values.decode(String.self, forKey: .defaultReason)
        dialsPerSecond = try values.decodeIfPresent(Int.self, forKey: .dialsPerSecond)
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(proxy, forKey: .proxy)
        try values.encode(domain, forKey: .domain)
        try values.encode(phone, forKey: .phone)
        if let login {
            try values.encode(login.user, forKey: .user)
            try login.password.encode(to: encoder, named: "password")
        }
        try values.encode(digits, forKey: .digits)
        try values.encode(defaultReason, forKey: .defaultReason)
        try values.encodeIfPresent(dialsPerSecond, forKey: .dialsPerSecond)
        try values.encodeIfPresent(certificateFile, forKey: .certificateFile)
    }
}
