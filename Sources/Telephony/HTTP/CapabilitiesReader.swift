import AbsenceModel
import Foundation
import Web

/// Reads what an exchange can express: the schema `Capabilities`.
struct CapabilitiesReader {
    var capabilities: ExchangeCapabilities
    var batchesAtOnce: Int
    var changesPerSecond: Double?

    /// - Throws: ``NotAsDocumented``, or `RemoteFailure` where the document is not JSON.
    init(_ body: [UInt8]) throws {
        self = try JSONReader().readObject(body) { try CapabilitiesReader($0) }
    }

    private init(_ value: JSONElement) throws {
        // Kinds and targets of a later version are nothing to us.
        let kinds = try value.strings("kinds", most: 100).compactMap(Kind.init(rawValue:))
        let targets = try value.strings("targets", most: 100)
            .compactMap(ExchangeCapabilities.Target.init(rawValue:))
        let reasons = try value.optionalStrings("reasons", most: 10_000)
        let defaultReason = try value.optionalText("default_reason", most: 60)
        guard !kinds.isEmpty,
            !targets.isEmpty || kinds == [.information],
            reasons == nil || defaultReason != nil
        else { throw NotAsDocumented() }
        capabilities = ExchangeCapabilities(
            kinds: Set(kinds),
            targets: Set(targets),
            hasFutureStart: try value.flag("has_future_start"),
            endsByItself: try value.flag("ends_by_itself"),
            endReach: try value.needed(
                ExchangeCapabilities.EndReach(rawValue: value.text("end_reach", most: 20))
            ),
            entriesPerUser: try value.optionalWhole("entries_per_user", in: 1...Int.max),
            timeGrain: try value.whole("time_grain", in: 1...86_400),
            textLength: try value.optionalWhole("text_length", in: 0...Int.max),
            hasRingSeconds: try value.flag("has_ring_seconds"),
            hasReturnTime: try value.flag("has_return_time"),
            reasons: reasons.map { Set($0.map(Reason.init(rawValue:))) },
            defaultReason: defaultReason.map(Reason.init(rawValue:)),
            isReadable: try value.flag("is_readable"),
            batchSize: min(try value.whole("batch_size", in: 1...Int.max), 1000),
            newestFence: try value.optionalWhole("newest_fence", in: 0...(1 << 53 - 1))
                .map(Int64.init)
        )
        batchesAtOnce = min(try value.whole("batches_at_once", in: 1...Int.max), 64)
        if let rate = value["changes_per_second"] {
            changesPerSecond = try value.needed(rate.double)
            // One in an hour is a joke, and more than a million no limit.
            guard let changesPerSecond, 1e-3...1e6 ~= changesPerSecond else {
                throw NotAsDocumented()
            }
        }
    }
}
