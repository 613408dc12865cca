public import AbsenceModel

/// A customer's contract.
///
/// Its JSON is as in the customer file, and stands so in `customer.customers.contract` and
/// `ledger.contracts`. What the file leaves out has its default in `billing.contracts_known`.
public struct ContractSettings: Hashable, Sendable {
    /// The term in months, 12, 24 or 36; nil for a contract without term.
    public var term: Int?
    /// The day from which the service is in operation.
    public var starts: LocalDate
    /// The day on which notice was given; nil where none was.
    public var notice: LocalDate?
    /// How what the price list leaves open is read: one of ``words`` for each key.
    public var readings: [String: String]
    /// Shares from 0 to 1, by the names in ``shareKeys``.
    public var shares: [String: Double]

    public init(
        term: Int?,
        starts: LocalDate,
        notice: LocalDate? = nil,
        readings: [String: String] = [:],
        shares: [String: Double] = [:]
    ) {
        self.term = term
        self.starts = starts
        self.notice = notice
        self.readings = readings
        self.shares = shares
    }

    init?(reading value: SettingsValue, with reader: SettingsReader) {
        let required = ["term", "starts"]
        let keys = required + ["notice"] + Self.words.map(\.key) + Self.shareKeys
        guard let map = reader.map(value, keys: keys, required: required) else { return nil }
        let term = map["term"].flatMap { reader.word($0, of: Self.terms) }
        notice = map["notice"].flatMap(reader.date)
        readings = [:]
        for (key, words) in Self.words {
            readings[key] = map[key].flatMap { reader.word($0, of: words) }
        }
        shares = [:]
        for key in Self.shareKeys {
            shares[key] = map[key].flatMap(reader.share)
        }
        guard let starts = map["starts"].flatMap(reader.date), let term else { return nil }
        if let notice, notice < starts, let value = map["notice"] {
            reader.report("notice is given before the contract starts", at: value)
        }
        self.term = Int(term)
        self.starts = starts
    }

    private static let terms = ["none", "12", "24", "36"]

    /// What the price list leaves open, with the words for how it may be read, the default first.
    static let words: KeyValuePairs = [
        "users": ["enabled", "verified", "with_absences"],
        "counted": ["any_day", "first_day", "last_day"],
        "minimum_per": ["month", "quarter"],
        "periods": ["contract", "calendar"],
        "first_month": ["whole", "days"],
        "setup": ["first_invoice", "at_start", "none"],
        "prices": ["at_start", "current"],
        "renewal": ["notice", "term"],
        "notice_from": ["day", "month_end"],
        "termination_after": ["end", "notice"],
        "termination_users": ["until_end", "until_notice"],
        "termination_minimum": ["no", "yes"],
        "rounding": ["half_up", "half_even"],
    ]

    static let shareKeys = ["termination_share", "vat_rate"]
}

extension ContractSettings: Codable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func date(_ name: String) throws -> LocalDate? {
            guard let text = try values.decodeIfPresent(String.self, forKey: Key(name)) else {
                return nil
            }
            guard let date = LocalDate(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: Key(name),
                    in: values,
                    debugDescription: "no date such as 2026-11-24"
                )
            }
            return date
        }
        guard let starts = try date("starts") else {
            throw DecodingError.keyNotFound(
                Key("starts"),
                DecodingError.Context(codingPath: values.codingPath, debugDescription: "no start")
            )
        }
        let hasNone = try? values.decode(String.self, forKey: Key("term")) == "none"
        self.init(
            term: hasNone == true ? nil : try values.decode(Int.self, forKey: Key("term")),
            starts: starts,
            notice: try date("notice")
        )
        for (key, _) in Self.words {
            readings[key] = try values.decodeIfPresent(String.self, forKey: Key(key))
        }
        for key in Self.shareKeys {
            shares[key] = try values.decodeIfPresent(Double.self, forKey: Key(key))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        if let term {
            try values.encode(term, forKey: Key("term"))
        } else {
            try values.encode("none", forKey: Key("term"))
        }
        try values.encode(starts.description, forKey: Key("starts"))
        try values.encodeIfPresent(notice?.description, forKey: Key("notice"))
        for (key, reading) in readings {
            try values.encode(reading, forKey: Key(key))
        }
        for (key, share) in shares {
            try values.encode(share, forKey: Key(key))
        }
    }
}
