public import Foundation

/// A customer's settings: the YAML file that `customer apply` takes in (design.md).
public struct CustomerFile: Hashable, Sendable {
    /// What the customer is called in commands: small letters, digits and hyphens.
    public let customer: String
    public let name: String
    public let system: PhoneSystem
    /// Where users are who have no time zone of their own.
    public let timeZone: TimeZone
    public let language: Language
    public let rules: RulesDocument
    /// In the order of the file; their names differ.
    public let calendars: [CalendarSettings]
    /// Where a service has groups, these alone decide who has it.
    public let groups: [GroupSettings]
    public let exchange: ExchangeSettings
    /// Nil where no presence is published.
    public let presence: PresenceSettings?
    public let contract: ContractSettings?
    public let limits: LimitSettings
    public let retention: RetentionSettings

    /// Reads and checks the whole file.
    ///
    /// - Throws: ``SettingsError`` with all that is wrong.
    public init(_ data: Data, file: String) throws {
        let reader = SettingsReader(file: file)
        let document = YAMLFile.document(in: data, reader: reader)
        let settings = document.flatMap { CustomerFile(reading: $0, with: reader) }
        if settings == nil, reader.problems.isEmpty {
            reader.report("the file is not a customer's settings")
        }
        try reader.finish()
        guard let settings else { throw SettingsError(reader.problems) }
        self = settings
    }

    /// Reads the file at `path`. As ``init(_:file:)``.
    public init(contentsOf path: String) throws {
        try self.init(SettingsText.contents(of: path), file: path)
    }

    private init?(reading value: SettingsValue, with reader: SettingsReader) {
        guard
            let map = reader.map(
                value,
                keys: [
                    "customer", "name", "system", "timezone", "language", "rules", "calendars",
                    "groups", "exchange", "presence", "contract", "limits", "retention",
                ],
                required: ["customer", "name", "system", "timezone", "calendars"]
            )
        else { return nil }
        let customer = map["customer"].flatMap {
            reader.text(
                $0,
                like: /[a-z0-9-]{1,63}/,
                form: "1 to 63 small letters a to z, digits and hyphens"
            )
        }
        let name = map["name"].flatMap(reader.trimmedLine)
        let system = map["system"].flatMap { reader.word($0, as: PhoneSystem.self) }
        let timeZone = map["timezone"].flatMap(reader.timeZone)
        language = map["language"].flatMap { reader.word($0, as: Language.self) } ?? .swedish
        rules = map["rules"].map { RulesDocument(reading: $0, with: reader) } ?? RulesDocument()
        calendars = map["calendars"].map(reader.calendars) ?? []
        groups = map["groups"].map { [calendars] in reader.groups($0, calendars: calendars) } ?? []
        exchange =
            map["exchange"].flatMap { [rules] in reader.exchange($0, reasons: rules.reasons) }
            ?? .table(service: nil)
        presence = map["presence"].flatMap { PresenceSettings(reading: $0, with: reader) }
        contract = map["contract"].flatMap { ContractSettings(reading: $0, with: reader) }
        limits =
            map["limits"].map { LimitSettings(reading: $0, with: reader) } ?? LimitSettings()
        retention =
            map["retention"].map { RetentionSettings(reading: $0, with: reader) }
            ?? RetentionSettings()
        guard let customer, let name, let system, let timeZone else { return nil }
        self.customer = customer
        self.name = name
        self.system = system
        self.timeZone = timeZone
    }
}
