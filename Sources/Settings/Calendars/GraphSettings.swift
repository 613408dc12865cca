/// How Microsoft Graph is reached (calendar-apis.md 1.6).
public struct GraphSettings: Hashable, Sendable {
    /// The directory: its GUID, or one of its domains.
    public var tenant: String
    /// The registered application: its GUID.
    public var client: String
    public var credential: Credential
    public var cloud: Cloud
    public var concurrency: Concurrency
    /// The single-value extended property that holds a choice, such as
    /// `String {00020329-0000-0000-c000-000000000046} Name Kalenderkoppling`; nil where nobody
    /// chooses for single bookings.
    public var choiceProperty: String?
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?

    public init(
        tenant: String,
        client: String,
        credential: Credential,
        cloud: Cloud = .global,
        concurrency: Concurrency = .mailbox,
        choiceProperty: String? = nil,
        certificateFile: String? = nil
    ) {
        self.tenant = tenant
        self.client = client
        self.credential = credential
        self.cloud = cloud
        self.concurrency = concurrency
        self.choiceProperty = choiceProperty
        self.certificateFile = certificateFile
    }

    /// What the application shows to get a token.
    public enum Credential: Hashable, Sendable {
        case secret(SecretPlace)
        /// Files in PEM: the certificate that is registered, and its private key.
        case certificate(file: String, keyFile: String)
    }

    /// What the four requests at once count for, about which the documents differ
    /// (calendar-apis.md 1.4).
    public enum Concurrency: String, CaseIterable, Codable, Sendable {
        /// Each mailbox.
        case mailbox
        /// The application, whatever the mailboxes.
        case app
    }

    /// Where Graph and its tokens are.
    public enum Cloud: Hashable, Sendable {
        case global
        /// Microsoft 365 GCC High.
        case usGovernmentL4
        /// Microsoft 365 DoD.
        case usGovernmentL5
        /// Operated by 21Vianet.
        case china
        /// Addresses of the customer's own: of Graph with its version, and of the login.
        case other(url: String, loginURL: String)

        /// Those that have a name, by their name in the customer file.
        static let named: [(name: String, cloud: Cloud)] = [
            ("global", .global), ("us_gov_l4", .usGovernmentL4), ("us_gov_l5", .usGovernmentL5),
            ("china", .china),
        ]

        /// Graph's address, with its version.
        public var url: String {
            switch self {
            case .global: "https://graph.microsoft.com/v1.0"
            case .usGovernmentL4: "https://graph.microsoft.us/v1.0"
            case .usGovernmentL5: "https://dod-graph.microsoft.us/v1.0"
            case .china: "https://microsoftgraph.chinacloudapi.cn/v1.0"
            case .other(let url, _): url
            }
        }

        /// Where tokens come from, without the tenant.
        public var loginURL: String {
            switch self {
            case .global: "https://login.microsoftonline.com"
            case .usGovernmentL4, .usGovernmentL5: "https://login.microsoftonline.us"
            case .china: "https://login.chinacloudapi.cn"
            case .other(_, let loginURL): loginURL
            }
        }
    }
}

extension GraphSettings: Codable {
    private enum Key: String, CodingKey {
        case tenant, client, cloud, url, concurrency
        case certificate = "certificate_file"
        case certificateKey = "key_file"
        case loginURL = "login_url"
        case choiceProperty = "choice_property"
        case certificateFile = "ca_file"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        tenant = try values.decode(String.self, forKey: .tenant)
        client = try values.decode(String.self, forKey: .client)
        if let file = try values.decodeIfPresent(String.self, forKey: .certificate) {
            credential = .certificate(
                file: file,
                keyFile: try values.decode(String.self, forKey: .certificateKey)
            )
        } else {
            credential = .secret(try SecretPlace(from: decoder, named: "secret"))
        }
        if let url = try values.decodeIfPresent(String.self, forKey: .url) {
            cloud = .other(url: url, loginURL: try values.decode(String.self, forKey: .loginURL))
        } else {
            let name = try values.decode(String.self, forKey: .cloud)
            guard let named = Cloud.named.first(where: { $0.name == name }) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .cloud,
                    in: values,
                    debugDescription: "there is no cloud \(name)"
                )
            }
            cloud = named.cloud
        }
        concurrency = try values.decode(Concurrency.self, forKey: .concurrency)
        choiceProperty = try values.decodeIfPresent(String.self, forKey: .choiceProperty)
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(tenant, forKey: .tenant)
        try values.encode(client, forKey: .client)
        switch credential {
        case .secret(let secret): try secret.encode(to: encoder, named: "secret")
        case .certificate(let file, let keyFile):
            try values.encode(file, forKey: .certificate)
            try values.encode(keyFile, forKey: .certificateKey)
        }
        switch cloud {
        case .other(let url, let loginURL):
            try values.encode(url, forKey: .url)
            try values.encode(loginURL, forKey: .loginURL)
        default:
            let named = Cloud.named.first { $0.cloud == cloud }
            try values.encodeIfPresent(named?.name, forKey: .cloud)
        }
        try values.encode(concurrency, forKey: .concurrency)
        try values.encodeIfPresent(choiceProperty, forKey: .choiceProperty)
        try values.encodeIfPresent(certificateFile, forKey: .certificateFile)
    }
}
