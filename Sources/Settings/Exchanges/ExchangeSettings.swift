/// The telephone side of a customer.
///
/// Its JSON is as in the customer file, and stands so in `customer.customers.exchange`.
public enum ExchangeSettings: Hashable, Sendable {
    /// Kind table: the schema `switchboard` of a PostgreSQL database, by the name of its libpq
    /// service; nil for the program's own.
    case table(service: String?)
    /// Kind http: a telephone system that speaks our documented interface.
    case http(HTTPExchangeSettings)
    /// Kind mxone: MX-ONE, whose procedures are dialled by SIP.
    case mxone(MXOneSettings)

    enum Kind: String, CaseIterable, Codable {
        case table, http, mxone
    }

    /// Whether what is placed by the one stands where the other looks.
    public func isSameSystem(as other: ExchangeSettings) -> Bool {
        switch (self, other) {
        case (.table(let service), .table(let otherService)): service == otherService
        case (.http(let http), .http(let otherHTTP)): http.url == otherHTTP.url
        case (.mxone(let mxone), .mxone(let otherMXOne)):
            (mxone.proxy, mxone.domain) == (otherMXOne.proxy, otherMXOne.domain)
        default: false
        }
    }
}

extension ExchangeSettings: Codable {
    private enum Key: String, CodingKey {
        case kind, service
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .kind) {
        case .table:
            self = .table(service: try values.decodeIfPresent(String.self, forKey: .service))
        case .http: self = .http(try HTTPExchangeSettings(from: decoder))
        case .mxone: self = .mxone(try MXOneSettings(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .table(let service):
            try values.encode(Kind.table, forKey: .kind)
            try values.encodeIfPresent(service, forKey: .service)
        case .http(let settings):
            try values.encode(Kind.http, forKey: .kind)
            try settings.encode(to: encoder)
        case .mxone(let settings):
            try values.encode(Kind.mxone, forKey: .kind)
            try settings.encode(to: encoder)
        }
    }
}
