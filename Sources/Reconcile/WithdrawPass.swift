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
        let plan = try store.planning(lease) {
            let placed = try store.placed(of: lease.customer, asOf: asOf)
            var plan = Plan(for: placed, asOf: asOf, mintKey: { UUID() })
            plan.explainWithdrawals { _ in "by_command" }
            _ = try store.record(
                plan,
                digest: nil,
                approved: Set(plan.changes.map(\.fingerprint)),
                of: lease,
                mode: isApplied ? .withdraw : .dryRun,
                scope: .everybody,
                answering: [],
                startedAt: asOf
            )
            return plan
        }
        var result = RunReport(customer: lease.customer, plan: plan)
        guard isApplied else { return result }
        let carrier = Carrier(
            store: store,
            exchange: exchange,
            capabilities: capabilities,
            now: now,
            report: report
        )
        result.outcomes = try await carrier.carryOut(plan, marks: [], lease: lease)
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
