import AbsenceModel
public import Foundation
import Web

extension HTTPExchange {
    public func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        try await apply(batch, inPartsOf: limits.batchSize, atMost: partsAtOnce)
    }

    /// - Parameter limit: how many parts are under way at once.
    private func apply(
        _ batch: ChangeBatch,
        inPartsOf size: Int,
        atMost limit: Int
    ) async throws -> [UUID: ChangeOutcome] {
        var parts = batch.inParts(of: size)
        // Where the first fails as such, the others are not sent.
        let first = try await applyPart(parts.removeFirst())
        let others = try await parts.inParallel(atMost: limit) { part in
            // Of names alone no outcome tells that they failed.
            guard !part.changes.isEmpty else { return try await applyPart(part) }
            do {
                return try await applyPart(part)
            } catch let error as ExchangeError where error.code != .fenced {
                return Dictionary(
                    part.changes.map { ($0.key, .refused(error.description)) },
                    uniquingKeysWith: { first, _ in first }
                )
            } catch let error as RemoteFailure {
                tell("what came of some changes is not known: \(error)")
                return [:]
            }
        }
        return others.reduce(into: first) { $0.merge($1) { _, last in last } }
    }

    private func applyPart(_ part: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        do {
            return try await applyWhole(part)
        } catch is TooLarge {
            let half = part.changes.count / 2
            guard half > 0, part.inParts(of: half).count > 1 else {
                throw ExchangeError(
                    .refused,
                    "\(client.name) finds one user's changes too large (status 413)"
                )
            }
            return try await apply(part, inPartsOf: half, atMost: 1)
        }
    }

    /// Carries out a batch that the exchange takes at once, and after a conflict what does not
    /// need the place of what was expected there.
    private func applyWhole(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        let answer = try await send(WrittenBatch(batch))
        var outcomes = answer.compactMapValues(ChangeOutcome.init)
        let contest = Contest(changes: batch.changes.filter { answer[$0.key] == .conflict })
        guard !contest.changes.isEmpty else { return outcomes }

        // Units that met nothing but a conflict: the others of it were left out for that alone.
        let units = WrittenBatch.units(of: batch.changes)
        let refused = Set(
            zip(units, batch.changes).filter { answer[$1.key]?.isRefusedForItself == true }.map(\.0)
        )
        var others = batch
        others.changes = zip(units, batch.changes)
            .filter { !refused.contains($0) && answer[$1.key] == .refused(.unit) }.map(\.1)
        let waiting = contest.waiting(in: others.changes)
        for change in waiting { outcomes[change.key] = .refused(Contest.waitingReason) }
        let left = Set(waiting.map(\.key))
        others.changes.removeAll { left.contains($0.key) }
        guard !others.changes.isEmpty else { return outcomes }
        do {
            // Fewer changes each time, so this comes to an end.
            outcomes.merge(try await applyWhole(others)) { _, last in last }
        } catch let error as ExchangeError where error.code != .fenced {
            for change in others.changes { outcomes[change.key] = .refused(error.description) }
        } catch is RemoteFailure {
            for change in others.changes { outcomes[change.key] = .unknown }
        }
        return outcomes
    }
}

extension ChangeOutcome {
    fileprivate init(_ outcome: BatchResultReader.Outcome) {
        self =
            switch outcome {
            case .done(let version): .done(version: version)
            case .unchanged(let version): .unchanged(version: version)
            case .conflict: .conflict
            case .refused(let reason): .refused(reason.description)
            }
    }
}

extension BatchResultReader.Outcome {
    fileprivate var isRefusedForItself: Bool {
        if case .refused(let reason) = self { reason != .unit } else { false }
    }
}

extension Change {
    /// The extensions that it is about.
    fileprivate var phones: [String] { [before?.phone, after?.phone].compactMap(\.self) }
}

extension ChangeBatch {
    private func phonesInParts(of size: Int) -> [ChangeBatch] {
        stride(from: 0, to: phones.count, by: size).map { start in
            var part = self
            part.phones = Array(phones[start...].prefix(size))
            return part
        }
    }

    /// Batches of at most so many changes each, units whole, as far as a unit is no larger.
    func inParts(of size: Int) -> [ChangeBatch] {
        guard !changes.isEmpty || phones.count <= size else { return phonesInParts(of: size) }
        guard changes.count > size else { return [self] }
        let numbered = zip(WrittenBatch.units(of: changes), changes)
        let units = Dictionary(grouping: numbered, by: \.0).sorted { $0.key < $1.key }
        var parts: [[Change]] = []
        for (_, unit) in units {
            if let last = parts.last, last.count + unit.count <= size {
                parts[parts.count - 1] += unit.map(\.1)
            } else {
                parts.append(unit.map(\.1))
            }
        }
        let places = Dictionary(grouping: phones.indices) { phones[$0].number }
        let named = Set(changes.flatMap(\.phones))
        return parts.enumerated().map { index, changes in
            var own = Set(changes.flatMap(\.phones)).flatMap { places[$0] ?? [] }
            // Whom no change is about goes with the first.
            if index == 0 { own += phones.indices.filter { !named.contains(phones[$0].number) } }
            var part = self
            part.changes = changes
            part.phones = own.sorted().map { phones[$0] }
            return part
        }
    }
}
