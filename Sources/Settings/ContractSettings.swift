public import AbsenceModel

/// A customer's contract.
///
/// Its JSON is as in the customer file, and stands so in `customer.customers.contract`.
public struct ContractSettings: Hashable, Sendable {
    /// The term in months, 12, 24 or 36; nil for a contract without term.
    public var term: Int?
    /// The day from which the service is in operation.
    public var starts: LocalDate

    public init(term: Int?, starts: LocalDate) {
        self.term = term
        self.starts = starts
    }

    init?(reading value: SettingsValue, with reader: SettingsReader) {
        let keys = ["term", "starts"]
        guard let map = reader.map(value, keys: keys, required: keys) else { return nil }
        let term = map["term"].flatMap { reader.word($0, of: Self.terms) }
        guard let starts = map["starts"].flatMap(reader.date), let term else { return nil }
        self.init(term: Int(term), starts: starts)
    }

    private static let terms = ["none", "12", "24", "36"]
}

extension ContractSettings: Codable {
    private enum Key: String, CodingKey {
        case term, starts
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let text = try values.decode(String.self, forKey: .starts)
        guard let starts = LocalDate(text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .starts,
                in: values,
                debugDescription: "no date such as 2026-11-24"
            )
        }
        let hasNone = try? values.decode(String.self, forKey: .term) == "none"
        self.init(
            term: hasNone == true ? nil : try values.decode(Int.self, forKey: .term),
            starts: starts
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        if let term {
            try values.encode(term, forKey: .term)
        } else {
            try values.encode("none", forKey: .term)
        }
        try values.encode(starts.description, forKey: .starts)
    }
}
