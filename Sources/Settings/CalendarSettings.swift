/// A calendar source of a customer.
///
/// Its JSON is as in the customer file, and stands so in `customer.customers.calendars`.
public struct CalendarSettings: Hashable, Sendable {
    /// What rosters call it, before the colon of a calendar's address.
    public var name: String
    public var access: Access
    /// How many seconds one request may take; nil for the source's own measure.
    public var timeout: Int?

    public init(name: String, access: Access, timeout: Int? = nil) {
        self.name = name
        self.access = access
        self.timeout = timeout
    }

    /// How a source is reached, by its kind.
    public enum Access: Hashable, Sendable {
        /// Kind ics: a folder of .ics files, relative to where the program runs or absolute.
        case folder(String)
        /// Kind ics: an http or https URL of .ics files, which may hold `{address}`.
        case subscription(url: String)
        /// Kind caldav (RFC 4791).
        case caldav(CalDAVSettings)
    }
}

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

extension CalendarSettings: Codable {
    private enum Key: String, CodingKey {
        case name, kind, timeout, folder, url, user
        case passwordFile = "password_file"
        case passwordEnvironment = "password_env"
        case certificateFile = "ca_file"
    }

    private enum Kind: String, Codable {
        case ics, caldav
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        name = try values.decode(String.self, forKey: .name)
        timeout = try values.decodeIfPresent(Int.self, forKey: .timeout)
        switch try values.decode(Kind.self, forKey: .kind) {
        case .ics:
            if let folder = try values.decodeIfPresent(String.self, forKey: .folder) {
                access = .folder(folder)
            } else {
                access = .subscription(url: try values.decode(String.self, forKey: .url))
            }
        case .caldav:
            let password: SecretPlace =
                if let file = try values.decodeIfPresent(String.self, forKey: .passwordFile) {
                    .file(file)
                } else {
                    .environment(try values.decode(String.self, forKey: .passwordEnvironment))
                }
            access = .caldav(
                CalDAVSettings(
                    url: try values.decode(String.self, forKey: .url),
                    user: try values.decode(String.self, forKey: .user),
                    password: password,
                    certificateFile: try values.decodeIfPresent(
                        String.self,
                        forKey: .certificateFile
                    )
                )
            )
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encodeIfPresent(timeout, forKey: .timeout)
        switch access {
        case .folder(let folder):
            try values.encode(Kind.ics, forKey: .kind)
            try values.encode(folder, forKey: .folder)
        case .subscription(let url):
            try values.encode(Kind.ics, forKey: .kind)
            try values.encode(url, forKey: .url)
        case .caldav(let server):
            try values.encode(Kind.caldav, forKey: .kind)
            try values.encode(server.url, forKey: .url)
            try values.encode(server.user, forKey: .user)
            switch server.password {
            case .file(let file): try values.encode(file, forKey: .passwordFile)
            case .environment(let name): try values.encode(name, forKey: .passwordEnvironment)
            }
            try values.encodeIfPresent(server.certificateFile, forKey: .certificateFile)
        }
    }
}
