/// How a telephone system is reached that speaks our documented interface.
public struct HTTPExchangeSettings: Hashable, Sendable {
    /// What stands before `/v1`, without a slash at its end.
    public var url: String
    public var login: Login
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?
    /// How many seconds one request may take; nil for the usual measure.
    public var timeout: Int?
    /// How many batches it may be sent at once; nil for the usual measure.
    public var batchesAtOnce: Int?

    public init(
        url: String,
        login: Login,
        certificateFile: String? = nil,
        timeout: Int? = nil,
        batchesAtOnce: Int? = nil
    ) {
        self.url = url
        self.login = login
        self.certificateFile = certificateFile
        self.timeout = timeout
        self.batchesAtOnce = batchesAtOnce
    }

    /// How the program shows who it is.
    public enum Login: Hashable, Sendable {
        case key(SecretPlace)
        /// OAuth client credentials (RFC 6749 4.4).
        case oauth(tokenURL: String, client: String, secret: SecretPlace, scope: String?)
    }
}

extension HTTPExchangeSettings: Codable {
    private enum Key: String, CodingKey {
        case url, timeout, client, scope
        case tokenURL = "token_url"
        case certificateFile = "ca_file"
        case batchesAtOnce = "batches_at_once"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        url = try values.decode(String.self, forKey: .url)
        if let tokenURL = try values.decodeIfPresent(String.self, forKey: .tokenURL) {
            login = .oauth(
                tokenURL: tokenURL,
                client: try values.decode(String.self, forKey: .client),
                secret: try SecretPlace(from: decoder, named: "secret"),
                scope: try values.decodeIfPresent(String.self, forKey: .scope)
            )
        } else {
            login = .key(try SecretPlace(from: decoder, named: "api_key"))
        }
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
        timeout = try values.decodeIfPresent(Int.self, forKey: .timeout)
        batchesAtOnce = try values.decodeIfPresent(Int.self, forKey: .batchesAtOnce)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(url, forKey: .url)
        switch login {
        case .key(let place):
            try place.encode(to: encoder, named: "api_key")
        case .oauth(let tokenURL, let client, let secret, let scope):
            try values.encode(tokenURL, forKey: .tokenURL)
            try values.encode(client, forKey: .client)
            try secret.encode(to: encoder, named: "secret")
            try values.encodeIfPresent(scope, forKey: .scope)
        }
        try values.encodeIfPresent(certificateFile, forKey: .certificateFile)
        try values.encodeIfPresent(timeout, forKey: .timeout)
        try values.encodeIfPresent(batchesAtOnce, forKey: .batchesAtOnce)
    }
}
