import AbsenceModel
public import Foundation

extension TelephonyExchange {
    public func carryOut(
        _ next: () throws -> ChangeBatch?,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        while let batch = try next() {
            try Task.checkCancellation()
            let result = await self.result(of: batch)
            try report(batch, result)
            if case .failure = result { return }
        }
    }

    /// Carries out these batches, as ``carryOut(_:report:)`` does.
    public func carryOut(
        _ batches: [ChangeBatch],
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        var waiting = batches[...]
        try await carryOut({ waiting.popFirst() }, report: report)
    }

    private func result(of batch: ChangeBatch) async -> Result<[UUID: ChangeOutcome], any Error> {
        do {
            return .success(try await apply(batch))
        } catch {
            return .failure(error)
        }
    }
}

extension TelephonyExchange where Self: Sendable {
    /// Carries out some batches at once, as far as the exchange bears it.
    ///
    /// After `failuresAllowed` failures in a row it is taken for dead: what is under way is waited
    /// for, and nothing else is sent, so that a dead exchange costs a pass a few time-outs and no more.
    public func carryOutInParallel(
        _ next: () throws -> ChangeBatch?,
        atMost limit: Int,
        failuresAllowed: Int = 3,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(
            of: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>).self
        ) { group in
            var failures = 0
            func sendNext() throws {
                guard failures < failuresAllowed, let batch = try next() else { return }
                group.addTask { (batch, await result(of: batch)) }
            }
            for _ in 0..<max(1, limit) { try sendNext() }
            while let (batch, result) = try await group.next() {
                if case .failure = result { failures += 1 } else { failures = 0 }
                try report(batch, result)
                try Task.checkCancellation()
                try sendNext()
            }
        }
    }
}
