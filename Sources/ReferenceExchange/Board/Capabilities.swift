import Foundation

/// What this system can express: the schema `Capabilities`. What is not set is not limited.
struct Capabilities: Codable, Sendable {
    var kinds = Absence.Kind.allCases
    var targets = ["announcement", "voicemail", "number"]
    var hasFutureStart = true
    var endsByItself = true
    var endReach = EndReach.any
    var entriesPerUser: Int?
    var timeGrain = 1
    var textLength: Int?
    var hasRingSeconds = true
    var hasReturnTime = true
    var reasons: [String]?
    var defaultReason: String?
    var isReadable = true
    var batchSize = 100
    var batchesAtOnce = 4
    var changesPerSecond: Double?

    enum EndReach: String, Codable {
        case any, today
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kinds, targets
        case hasFutureStart = "has_future_start"
        case endsByItself = "ends_by_itself"
        case endReach = "end_reach"
        case entriesPerUser = "entries_per_user"
        case timeGrain = "time_grain"
        case textLength = "text_length"
        case hasRingSeconds = "has_ring_seconds"
        case hasReturnTime = "has_return_time"
        case reasons
        case defaultReason = "default_reason"
        case isReadable = "is_readable"
        case batchSize = "batch_size"
        case batchesAtOnce = "batches_at_once"
        case changesPerSecond = "changes_per_second"
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        func take<Value: Decodable>(_ place: inout Value, _ key: CodingKeys) throws {
            if let value = try members.decodeIfPresent(Value.self, forKey: key) { place = value }
        }
        try take(&kinds, .kinds)
        try take(&targets, .targets)
        try take(&hasFutureStart, .hasFutureStart)
        try take(&endsByItself, .endsByItself)
        try take(&endReach, .endReach)
        try take(&entriesPerUser, .entriesPerUser)
        try take(&timeGrain, .timeGrain)
        try take(&textLength, .textLength)
        try take(&hasRingSeconds, .hasRingSeconds)
        try take(&hasReturnTime, .hasReturnTime)
        try take(&reasons, .reasons)
        try take(&defaultReason, .defaultReason)
        try take(&isReadable, .isReadable)
        try take(&batchSize, .batchSize)
        try take(&batchesAtOnce, .batchesAtOnce)
        try take(&changesPerSecond, .changesPerSecond)
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(kinds, forKey: .kinds)
        try members.encode(targets, forKey: .targets)
        try members.encode(hasFutureStart, forKey: .hasFutureStart)
        try members.encode(endsByItself, forKey: .endsByItself)
        try members.encode(endReach, forKey: .endReach)
        try members.encode(entriesPerUser, forKey: .entriesPerUser)
        try members.encode(timeGrain, forKey: .timeGrain)
        try members.encode(textLength, forKey: .textLength)
        try members.encode(hasRingSeconds, forKey: .hasRingSeconds)
        try members.encode(hasReturnTime, forKey: .hasReturnTime)
        try members.encode(reasons, forKey: .reasons)
        try members.encode(defaultReason, forKey: .defaultReason)
        try members.encode(isReadable, forKey: .isReadable)
        try members.encode(batchSize, forKey: .batchSize)
        try members.encode(batchesAtOnce, forKey: .batchesAtOnce)
        try members.encode(changesPerSecond, forKey: .changesPerSecond)
    }

    /// Why this system cannot have the absence; nil where it can.
    ///
    /// - Parameter timeZone: The phone's.
    func refusal(of absence: Absence, at now: Date, in timeZone: TimeZone) -> Outcome.Refusal? {
        let years = Date(timeIntervalSince1970: 0)..<Date(timeIntervalSince1970: 253_402_300_800)
        let instants = [absence.startsAt, absence.endsAt, absence.backAt]
        guard absence.startsAt < absence.endsAt, instants.allSatisfy(years.contains) else {
            return .invalid
        }
        let isExpressed =
            kinds.contains(absence.kind)
            // What sends no caller anywhere may name any target.
            && (absence.kind == .information || targets.contains(absence.targetKind))
            && reasons?.contains(absence.reason) ?? true
            && (absence.shownText?.unicodeScalars.count ?? 0) <= textLength ?? .max
            && (hasReturnTime || absence.backAt == absence.endsAt)
            && instants.allSatisfy {
                $0.timeIntervalSince1970.truncatingRemainder(dividingBy: Double(timeGrain)) == 0
            }
        guard isExpressed else { return .notSupported }
        guard hasFutureStart || absence.startsAt <= now else { return .notYet }
        if endReach == .today {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = timeZone
            let midnight = calendar.dateInterval(of: .day, for: now)?.end ?? now
            guard absence.endsAt <= midnight else { return .endTooFar }
        }
        return nil
    }
}

/// What this system can express, and the newest run that wrote here.
struct ToldCapabilities: Encodable {
    var capabilities: Capabilities
    var newestFence: Int

    private enum CodingKeys: String, CodingKey {
        case newestFence = "newest_fence"
    }

    func encode(to encoder: any Encoder) throws {
        try capabilities.encode(to: encoder)
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(newestFence, forKey: .newestFence)
    }
}
