/// What a telephone system can express (telephony.md part 6). What it cannot is rendered to the
/// nearest thing before a plan is made, and named as a loss.
public struct ExchangeCapabilities: Hashable, Sendable {
    public var kinds: Set<Kind>
    public var targets: Set<Target>
    /// Whether an absence can be placed before it starts; otherwise passes place it when it does.
    public var hasFutureStart: Bool
    /// Whether an absence ends by the system's own clock, so that a dead host leaves no phone closed.
    public var endsByItself: Bool
    public var endReach: EndReach
    /// How many absences one extension can have; nil for any number.
    public var entriesPerUser: Int?
    /// The step of its times, in seconds.
    public var timeGrain: Int
    /// How many characters of text it shows; nil for any number.
    public var textLength: Int?
    /// Whether an open diversion rings for a time of its own, and not for the user's or the system's.
    public var hasRingSeconds: Bool
    /// Whether callers may hear another return than the end (domain P-13).
    public var hasReturnTime: Bool
    /// The reasons that it knows; nil for all.
    public var reasons: Set<Reason>?
    /// What it gets for any other reason.
    public var defaultReason: Reason?
    /// Whether what stands there can be read back. Where not, nobody's hand edit is seen, and what
    /// is unknown is done once more.
    public var isReadable: Bool
    /// How many changes a batch may hold.
    public var batchSize: Int
    /// The number of the newest run that wrote there, where the system tells; nil also where none
    /// did. A database that never gave out that number was restored.
    public var newestFence: Int64?

    /// Where a diverted caller can be sent (domain P-15).
    public enum Target: String, CaseIterable, Codable, Sendable {
        case announcement, voicemail, number
    }

    /// How far ahead an end may lie.
    public enum EndReach: String, Codable, Sendable {
        case any
        /// It is told as a time of day, and lies before the next midnight of the user.
        case today
    }

    public init(
        kinds: Set<Kind> = Set(Kind.allCases),
        targets: Set<Target> = Set(Target.allCases),
        hasFutureStart: Bool = true,
        endsByItself: Bool = true,
        endReach: EndReach = .any,
        entriesPerUser: Int? = nil,
        timeGrain: Int = 1,
        textLength: Int? = nil,
        hasRingSeconds: Bool = true,
        hasReturnTime: Bool = true,
        reasons: Set<Reason>? = nil,
        defaultReason: Reason? = nil,
        isReadable: Bool = true,
        batchSize: Int = 1000,
        newestFence: Int64? = nil
    ) {
        self.kinds = kinds
        self.targets = targets
        self.hasFutureStart = hasFutureStart
        self.endsByItself = endsByItself
        self.endReach = endReach
        self.entriesPerUser = entriesPerUser
        self.timeGrain = timeGrain
        self.textLength = textLength
        self.hasRingSeconds = hasRingSeconds
        self.hasReturnTime = hasReturnTime
        self.reasons = reasons
        self.defaultReason = defaultReason
        self.isReadable = isReadable
        self.batchSize = batchSize
        self.newestFence = newestFence
    }
}
