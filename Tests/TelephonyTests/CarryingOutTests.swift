import AbsenceModel
import Foundation
import Synchronization
import Telephony
import Testing

/// Batches that are under way side by side.
@Suite struct `Carrying out in parallel` {
    private let batches = (0..<20).map { user in
        ChangeBatch.of([.create(.of("\(100 + user)", 0..<1), user: Int64(user))])
    }

    @Test func `what is answered while something is written down is written down together`()
        async throws
    {
        let exchange = Answering()
        let all = ChangeBatch.of(batches.flatMap(\.changes))
        var next = [all][...]
        var reported: [[UUID]] = []
        try await exchange.carryOutInParallel(
            { next.popFirst() },
            atMost: 4,
            cut: { $0.changes.map { .of([$0]) } },
            report: { batch, result in
                let told = try result.get()
                #expect(told.count == batch.changes.count)
                #expect(batch.changes.allSatisfy { told[$0.key] != nil })
                reported.append(batch.changes.map(\.key))
                // They go on without whoever writes down.
                let end = ContinuousClock.now + .seconds(10)
                while exchange.count < batches.count, .now < end { usleep(100) }
            }
        )
        #expect(Set(reported.joined()) == Set(all.changes.map(\.key)))
        #expect(reported.joined().count == batches.count)
        // At the first, those that were answered last may have been under way still.
        #expect(reported.count <= 6)
    }

    @Test func `of a dead exchange nothing more is asked, and what was not sent has failed`()
        async throws
    {
        let exchange = Answering(isDead: true)
        var waiting = batches[...]
        var failed: [UUID] = []
        try await exchange.carryOutInParallel(
            { waiting.popFirst() },
            atMost: 2,
            report: { batch, result in
                guard case .failure(let error as ExchangeError) = result else {
                    Issue.record("it was carried out")
                    return
                }
                #expect(error.code == .unreachable)
                failed += batch.changes.map(\.key)
            }
        )
        // Three, and one that was under way beside the third.
        #expect((3...4).contains(exchange.count))
        #expect(waiting.count >= batches.count - 8)
        let taken = batches.prefix(batches.count - waiting.count).flatMap(\.changes)
        #expect(failed.count == taken.count)
        #expect(Set(failed) == Set(taken.map(\.key)))
    }
}

/// An exchange that answers at once.
private final class Answering: TelephonyExchange, Sendable {
    private let isDead: Bool
    private let asked = Mutex(0)

    init(isDead: Bool = false) { self.isDead = isDead }

    /// How often it was asked to carry something out.
    var count: Int { asked.withLock(\.self) }

    func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        asked.withLock { $0 += 1 }
        guard !isDead else { throw ExchangeError(.unreachable, "dead") }
        return Dictionary(
            uniqueKeysWithValues: batch.changes.map { ($0.key, .done(version: nil)) }
        )
    }

    func capabilities() async throws -> ExchangeCapabilities { ExchangeCapabilities() }

    func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool { true }

    func prune(endedBefore instant: Date) async throws {}
}
