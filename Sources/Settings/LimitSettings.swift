/// How far a pass may go before a person must approve (design principle 6).
///
/// What is nil takes the default of the table `customer.limits`.
public struct LimitSettings: Hashable, Sendable {
    /// The share, from 0 to 1, of a customer's absences that one rolling day may take away.
    public var withdrawnShare: Double?
    /// The number of absences shown from which the share counts.
    public var withdrawnShareFrom: Int?
    /// The number of absences that one rolling day may take away.
    public var withdrawnCount: Int?
    /// The share, from 0 to 1, of a customer's users whose phones may close at one instant.
    public var newlyDirectShare: Double?
    /// The number of users from which the share counts.
    public var newlyDirectFrom: Int?
    /// The number of users whose phones may close at one instant.
    public var newlyDirectCount: Int?

    public init() {}

    init(reading value: SettingsValue, with reader: SettingsReader) {
        let keys = [
            "withdrawn_share", "withdrawn_share_from", "withdrawn_count", "newly_direct_share",
            "newly_direct_from", "newly_direct_count",
        ]
        guard let map = reader.map(value, keys: keys) else { return }
        func count(_ key: String) -> Int? {
            map[key].flatMap { reader.integer($0, in: 0...1_000_000) }
        }
        withdrawnShare = map["withdrawn_share"].flatMap(reader.share)
        withdrawnShareFrom = count("withdrawn_share_from")
        withdrawnCount = count("withdrawn_count")
        newlyDirectShare = map["newly_direct_share"].flatMap(reader.share)
        newlyDirectFrom = count("newly_direct_from")
        newlyDirectCount = count("newly_direct_count")
    }
}
