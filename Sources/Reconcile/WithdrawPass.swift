import AbsenceModel
public import AbsenceStore
public import Foundation
public import Telephony

/// Removes everything of ours that stands for a customer, and nothing else.
public struct WithdrawPass<Exchange: TelephonyExchange> {
    public var store: AbsenceStore
    public var exchange: Exchange
    public var now: () -> Date
    public var report: (PassEvent) -> Void

    public init(
        store: AbsenceStore,
        exchange: Exchange,
        now: @escaping () -> Date,
        report: @escaping (PassEvent) -> Void = { _ in }
    ) {
        self.store = store
        self.exchange = exchange
        self.now = now
        self.report = report
    }

    public func run(_ lease: Lease, isApplied: Bool) async throws -> RunReport {
        let capabilities = try await store.getToKnow(exchange, lease: lease, at: now())
        // What was never written down may stand there as well.
        if isApplied {
            let readBack = ReadBackPass(store: store, exchange: exchange, now: now, report: report)
            _ = try await readBack.adoptRestored(lease, capabilities: capabilities)
            try await readBack.settleUnknown(lease, capabilities: capabilities)
        }

        let asOf = now()
        let run = PlannedRun(
            lease,
            mode: isApplied ? .withdraw : .dryRun,
            scope: .everybody,
            asOf: asOf,
            approved: nil
        )
        var marks = TouchMarks()
        var result = try store.planning(lease) {
            try Planner(store: store, run: run, mintKey: { UUID() }).plan(
                marks: &marks,
                guards: nil,
                explain: { $0.explainWithdrawals { _ in "by_command" } },
                differences: { try store.placed(of: lease.customer, asOf: asOf, $0) }
            )
            .report(of: run)
        }
        guard isApplied else { return result }
        let carrier = Carrier(
            store: store,
            exchange: exchange,
            capabilities: capabilities,
            now: now,
            report: report
        )
        let carried = try await carrier.carryOut(run, result, marks: marks)
        result.outcomes = carried.outcomes
        result.outcomeCounts = carried.counts
        try store.endRun(
            lease,
            startedAt: asOf,
            done: result.doneCount,
            failed: result.failedCount,
            at: now()
        )
        return result
    }
}
