import AbsenceModel
import Foundation
import Web

/// Reads what came of a batch: the schema `BatchResult`.
///
/// An outcome that is not as documented is left out; what became of its change is not known then.
struct BatchResultReader {
    /// What came of each change that was asked for.
    var outcomes: [UUID: Outcome] = [:]
    /// How many outcomes are of no change of the batch, contradict another, or could not be read.
    var oddCount = 0

    enum Outcome: Hashable {
        case done(version: String?)
        case unchanged(version: String?)
        case conflict
        case refused(Refusal)
    }

    /// Why the exchange will not have it.
    enum Refusal: String {
        case overlap, unit
        case unknownExtension = "unknown_extension"
        case notSupported = "not_supported"
        case notYet = "not_yet"
        case endTooFar = "end_too_far"
        case noRoom = "no_room"
        case invalid, other

        /// In our words; those of the exchange are not repeated.
        var description: String {
            switch self {
            case .overlap: "the exchange says that two absences of ours would meet"
            case .unit: "another change of this user was not carried out"
            case .unknownExtension: "the exchange has no such extension"
            case .notSupported: "the exchange cannot have an absence like this"
            case .notYet: "the exchange takes only what has begun"
            case .endTooFar: "the exchange takes no end as late as this"
            case .noRoom: "the extension has as many absences as the exchange takes"
            case .invalid: "the exchange says that a value cannot be"
            case .other: "the exchange refuses it, for a reason of its own"
            }
        }
    }

    /// - Throws: ``NotAsDocumented`` where it is not of `batch`, or `RemoteFailure` where the
    ///   document is not JSON.
    init(_ body: [UInt8], of batch: WrittenBatch) throws {
        self = try JSONReader().readObject(body) { result in
            guard try result.text("idempotency_key", most: 64) == batch.idempotencyKey else {
                throw NotAsDocumented()
            }
            var reader = BatchResultReader()
            let keys = Set(batch.changes.map(\.key))
            var contradicted: Set<UUID> = []
            for value in try result.needed(result["outcomes"]?.values) {
                guard let (key, outcome) = try? Self.outcome(value), keys.contains(key) else {
                    reader.oddCount += 1
                    continue
                }
                let earlier = reader.outcomes.updateValue(outcome, forKey: key)
                if let earlier, earlier != outcome { contradicted.insert(key) }
            }
            reader.oddCount += contradicted.count
            for key in contradicted { reader.outcomes[key] = nil }
            return reader
        }
    }

    private init() {}

    private static func outcome(_ value: JSONElement) throws -> (UUID, Outcome) {
        let key = try value.key("absence_key")
        let version = try value.optionalText("version", most: 200)
        switch try value.text("outcome", most: 20) {
        case "done": return (key, .done(version: version))
        case "unchanged": return (key, .unchanged(version: version))
        case "conflict": return (key, .conflict)
        case "refused":
            // A reason of a later version is the exchange's own.
            let reason = try value.optionalText("reason", most: 200)
            return (key, .refused(reason.flatMap(Refusal.init(rawValue:)) ?? .other))
        default: throw NotAsDocumented()
        }
    }
}
