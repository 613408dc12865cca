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
        /// Kind graph: Microsoft 365.
        case graph(GraphSettings)
        /// Kind ews: Exchange on premises.
        case ews(EWSSettings)
        /// Kind google: Google Workspace.
        case google(GoogleSettings)
    }

    enum Kind: String, CaseIterable, Codable {
        case ics, caldav, graph, ews, google
    }
}

extension CalendarSettings: Codable {
    private enum Key: String, CodingKey {
        case name, kind, timeout, folder, url
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
        case .caldav: access = .caldav(try CalDAVSettings(from: decoder))
        case .graph: access = .graph(try GraphSettings(from: decoder))
        case .ews: access = .ews(try EWSSettings(from: decoder))
        case .google: access = .google(try GoogleSettings(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encodeIfPresent(timeout, forKey: .timeout)
        // What a kind has of its own stands beside these keys.
        switch access {
        case .folder(let folder):
            try values.encode(Kind.ics, forKey: .kind)
            try values.encode(folder, forKey: .folder)
        case .subscription(let url):
            try values.encode(Kind.ics, forKey: .kind)
            try values.encode(url, forKey: .url)
        case .caldav(let server):
            try values.encode(Kind.caldav, forKey: .kind)
            try server.encode(to: encoder)
        case .graph(let graph):
            try values.encode(Kind.graph, forKey: .kind)
            try graph.encode(to: encoder)
        case .ews(let server):
            try values.encode(Kind.ews, forKey: .kind)
            try server.encode(to: encoder)
        case .google(let google):
            try values.encode(Kind.google, forKey: .kind)
            try google.encode(to: encoder)
        }
    }
}
