/// The telephone side of a customer.
///
/// Its JSON is as in the customer file, and stands so in `customer.customers.exchange`.
public struct ExchangeSettings: Hashable, Codable, Sendable {
    public var kind: Kind
    /// The name of the libpq service of another database that holds the table; nil for the
    /// program's own.
    public var service: String?

    public init(kind: Kind = .table, service: String? = nil) {
        self.kind = kind
        self.service = service
    }

    public enum Kind: String, Codable, Sendable {
        /// The schema `switchboard` of a PostgreSQL database.
        case table
    }

    init?(reading value: SettingsValue, with reader: SettingsReader) {
        guard let map = reader.map(value, keys: ["kind", "service"], required: ["kind"]) else {
            return nil
        }
        service = map["service"].flatMap {
            reader.text(
                $0,
                like: /[A-Za-z0-9_.-]{1,63}/,
                form: "the name of a libpq service: letters a to z, digits, _ . and -"
            )
        }
        guard
            let kind = map["kind"].flatMap({
                reader.available($0, among: ["table"], later: ["http"])
            }).flatMap(Kind.init(rawValue:))
        else { return nil }
        self.kind = kind
    }
}
