import Foundation

extension Board {
    /// Carries a unit out, all of it or nothing.
    ///
    /// - Parameter seen: The keys that occurred in the batch before.
    mutating func carryOut(
        _ unit: [Change],
        of batch: String,
        at now: Date,
        seen: inout Set<UUID>
    ) -> [Outcome] {
        var outcomes = unit.map { change in
            seen.insert(change.absenceKey).inserted
                ? judge(change, at: now)
                : Outcome(absenceKey: change.absenceKey, word: .refused, reason: .invalid)
        }
        guard outcomes.allSatisfy(\.isCarriedOut) else { return Self.leavingOut(outcomes) }
        let before = unit.compactMap { entry(of: $0.absenceKey) }

        for (index, change) in unit.enumerated() where outcomes[index].word == .done {
            let standing = entry(of: change.absenceKey)
            guard let absence = change.absence else {
                if let standing { remove(standing.number) }
                continue
            }
            outcomes[index].version =
                put(
                    absence,
                    over: standing?.number,
                    key: change.absenceKey,
                    origin: .calendar,
                    by: "kalenderkoppling",
                    at: now
                ).version
        }

        for (index, change) in unit.enumerated() where outcomes[index].word == .done {
            guard let reason = change.absence.flatMap({ misplacement(of: $0, at: now) }) else {
                continue
            }
            outcomes[index].word = .refused
            outcomes[index].reason = reason
            outcomes[index].version = nil
        }
        guard outcomes.allSatisfy(\.isCarriedOut) else {
            for change in unit {
                if let entry = entry(of: change.absenceKey) { remove(entry.number) }
            }
            for entry in before { restore(entry) }
            return Self.leavingOut(outcomes)
        }
        for outcome in outcomes where outcome.word == .done {
            count(outcome.absenceKey, in: batch)
        }
        return outcomes
    }

    /// What is to come of one change, by what stands there of its key.
    private func judge(_ change: Change, at now: Date) -> Outcome {
        func outcome(_ word: Outcome.Word, _ reason: Outcome.Refusal? = nil) -> Outcome {
            let version = word == .done ? nil : entry(of: change.absenceKey)?.version
            return Outcome(
                absenceKey: change.absenceKey,
                word: word,
                version: version,
                reason: reason
            )
        }
        let standing = entry(of: change.absenceKey)
        if let absence = change.absence {
            if unknownExtensions.contains(absence.extension) {
                return outcome(.refused, .unknownExtension)
            }
            let timeZone =
                phones[absence.extension].flatMap { TimeZone(identifier: $0.timeZone) } ?? .gmt
            if standing?.absence != absence,
                let reason = capabilities.refusal(of: absence, at: now, in: timeZone)
            {
                return outcome(.refused, reason)
            }
        }
        guard let standing else {
            return switch change.action {
            case .create: outcome(.done)
            case .update: outcome(.conflict)
            case .withdraw: outcome(.unchanged)
            }
        }
        guard standing.isOurs else { return outcome(.conflict) }
        if standing.absence == change.absence { return outcome(.unchanged) }
        if let expected = change.expectedVersion, expected != String(standing.version) {
            return outcome(.conflict)
        }
        return outcome(.done)
    }

    /// Why an absence of ours cannot stand where it was put.
    private func misplacement(of absence: Absence, at now: Date) -> Outcome.Refusal? {
        let ours = ours(of: absence.extension)
        if ours.count(where: { $0.absence.overlaps(absence) }) > 1 { return .overlap }
        if let most = capabilities.entriesPerUser,
            ours.count(where: { $0.absence.endsAt > now }) > most
        {
            return .noRoom
        }
        return nil
    }

    /// Outcomes of a unit of which nothing is done.
    private static func leavingOut(_ outcomes: [Outcome]) -> [Outcome] {
        outcomes.map { outcome in
            guard outcome.isCarriedOut else { return outcome }
            return Outcome(absenceKey: outcome.absenceKey, word: .refused, reason: .unit)
        }
    }
}

extension Outcome {
    fileprivate var isCarriedOut: Bool { word == .done || word == .unchanged }
}
