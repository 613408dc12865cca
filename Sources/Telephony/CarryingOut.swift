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
    /// Carries out some batches at once, as far as the exchange bears it, and reports together
    /// what was answered while the last was reported.
    ///
    /// After `failuresAllowed` failures in a row it is taken for dead: what is under way is waited
    /// for, and nothing else is sent, so that a dead exchange costs a pass a few time-outs and no
    /// more.
    ///
    /// - Parameter cut: makes of a batch those that are sent, each of whole users.
    public func carryOutInParallel(
        _ next: () throws -> ChangeBatch?,
        atMost limit: Int,
        failuresAllowed: Int = 3,
        cut: (ChangeBatch) -> [ChangeBatch] = { [$0] },
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        let outbox = Outbox(sendersAllowed: max(1, limit), failuresAllowed: failuresAllowed)
        try await withThrowingDiscardingTaskGroup { group in
            var news = outbox.news.makeAsyncIterator()
            var isMore = true
            while isMore || !outbox.isEmpty {
                if outbox.seemsDead { isMore = false }
                if isMore, outbox.isLow {
                    let batch = try next()
                    isMore = batch != nil
                    for _ in 0..<outbox.put(batch.map(cut) ?? []) {
                        group.addTask {
                            while let batch = outbox.take() {
                                outbox.answer((batch, await result(of: batch)))
                            }
                        }
                    }
                } else {
                    await news.next()
                }
                try Task.checkCancellation()
                for (batch, result) in outbox.collect() { try report(batch, result) }
            }
        }
    }
}
