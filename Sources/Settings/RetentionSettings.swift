/// How long a customer's data is kept, by purpose.
///
/// What is nil is kept as long as the view `intake.retentions` says.
public struct RetentionSettings: Hashable, Sendable {
    /// Months that what was loaded, planned and done is kept.
    public var audit: Int?
    /// Months that earlier bookings, rosters, preferences and settings are kept, by which a past
    /// instant is explained.
    public var versions: Int?

    public init() {}

    init(reading value: SettingsValue, with reader: SettingsReader) {
        guard let map = reader.map(value, keys: ["audit", "versions"]) else { return }
        func months(_ key: String, atLeast least: Int) -> Int? {
            map[key].flatMap { reader.integer($0, in: least...240) }
        }
        audit = months("audit", atLeast: 1)
        // Bookings become versions when they ended 40 days ago.
        versions = months("versions", atLeast: 2)
    }
}
