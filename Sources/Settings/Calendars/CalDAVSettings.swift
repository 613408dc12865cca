/// How a CalDAV server is reached.
public struct CalDAVSettings: Hashable, Sendable {
    /// An http or https URL; `{address}` in it stands for the user's address.
    public var url: String
    /// The user name that the program logs in with.
    public var user: String
    public var password: SecretPlace
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?

    public init(url: String, user: String, password: SecretPlace, certificateFile: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
        self.certificateFile = certificateFile
    }
}

extension CalDAVSettings: Codable {
    private enum Key: String, CodingKey {
        case url, user
        case certificateFile = "ca_file"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        url = try values.decode(String.self, forKey: .url)
        user = try values.decode(String.self, forKey: .user)
        password = try SecretPlace(from: decoder, named: "password")
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(url, forKey: .url)
        try values.encode(user, forKey: .user)
        try password.encode(to: encoder, named: "password")
        try values.encodeIfPresent(certificateFile, forKey: .certificateFile)
    }
}
