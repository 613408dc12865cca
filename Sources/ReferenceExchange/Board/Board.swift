import Foundation

/// All that stands on this telephone system, of one customer, as a value.
struct Board: Sendable {
    var capabilities: Capabilities
    /// By their numbers.
    private(set) var entries: [Int: Entry] = [:]
    private(set) var phones: [String: Phone] = [:]
    /// The newest run seen.
    private(set) var fence = 0
    /// What came of batches, by idempotency key, with the digest of each.
    private(set) var results: [String: (digest: String, result: BatchResult)] = [:]
    /// How often each batch changed each absence.
    private(set) var effects: [Effect: Int] = [:]
    /// Extensions that this system does not have.
    var unknownExtensions: Set<String> = []

    private var numbersByKey: [UUID: Int] = [:]
    private var numbersByExtension: [String: Set<Int>] = [:]
    private var lastNumber = 0
    private var lastVersion = 0

    struct Effect: Hashable, Sendable {
        var batch: String
        var absenceKey: UUID
    }

    /// Why a batch as a whole is not carried out.
    enum Objection: Error {
        case olderFence, keyReused
    }

    init(capabilities: Capabilities) {
        self.capabilities = capabilities
    }

    /// Carries a batch out, once for each key.
    ///
    /// - Parameters:
    ///   - digest: Tells this batch from others.
    ///   - isLie: True: it is said to be done, and is not.
    mutating func carryOut(
        _ batch: Batch,
        key: String,
        digest: String,
        at now: Date,
        isLie: Bool = false
    ) throws(Objection) -> BatchResult {
        if let known = results[key] {
            guard known.digest == digest else { throw .keyReused }
            return known.result
        }
        guard batch.fence >= fence else { throw .olderFence }
        let truth = isLie ? self : nil
        fence = batch.fence
        for phone in batch.phones where !unknownExtensions.contains(phone.extension) {
            phones[phone.extension] = phone
        }
        var seen: Set<UUID> = []
        var outcomes: [Outcome] = []
        for unit in batch.units {
            outcomes += carryOut(unit, of: key, at: now, seen: &seen)
        }
        let result = BatchResult(idempotencyKey: key, fence: batch.fence, outcomes: outcomes)
        if let truth {
            self = truth
            fence = batch.fence
        }
        results[key] = (digest, result)
        return result
    }

    /// Removes those of ours that ended before `instant`.
    mutating func prune(endedBefore instant: Date) -> Int {
        let ended = entries.values.filter { $0.isOurs && $0.absence.endsAt < instant }
        for entry in ended { remove(entry.number) }
        return ended.count
    }

    /// Everything that ends after `instant`, in the order of the entries' numbers.
    func listing(_ extensions: Set<String>?, endingAfter instant: Date) -> [Entry] {
        entries.values
            .filter {
                (extensions?.contains($0.absence.extension) ?? true)
                    && ($0.absence.endsAt > instant || !capabilities.endsByItself)
            }
            .sorted { $0.number < $1.number }
    }

    func entry(of key: UUID) -> Entry? {
        numbersByKey[key].flatMap { entries[$0] }
    }

    func ours(of extension: String) -> [Entry] {
        (numbersByExtension[`extension`] ?? []).compactMap { entries[$0] }.filter(\.isOurs)
    }

    // MARK: Writing

    /// Puts an absence in place of the one that had the entry's number, or as a new one.
    @discardableResult
    mutating func put(
        _ absence: Absence,
        over number: Int? = nil,
        key: UUID?,
        origin: Entry.Origin,
        by person: String?,
        at now: Date
    ) -> Entry {
        lastNumber += 1
        lastVersion += 1
        let entry = Entry(
            number: number ?? lastNumber,
            absenceKey: key,
            absence: absence,
            origin: origin,
            version: lastVersion,
            setBy: person,
            setAt: now
        )
        restore(entry)
        return entry
    }

    /// Puts an entry where it was, as it was.
    mutating func restore(_ entry: Entry) {
        remove(entry.number)
        entries[entry.number] = entry
        numbersByExtension[entry.absence.extension, default: []].insert(entry.number)
        if let key = entry.absenceKey { numbersByKey[key] = entry.number }
    }

    mutating func remove(_ number: Int) {
        guard let entry = entries.removeValue(forKey: number) else { return }
        numbersByExtension[entry.absence.extension]?.remove(number)
        if let key = entry.absenceKey { numbersByKey[key] = nil }
    }

    mutating func count(_ key: UUID, in batch: String) {
        effects[Effect(batch: batch, absenceKey: key), default: 0] += 1
    }
}
