import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Takes work for as long as the session lasts, or says that another run has it.
    ///
    /// - Parameter taker: who takes it, for people: a host and a process.
    /// - Returns: nil where another run has it; that this one left is written down.
    public func takeLease(
        on work: Work,
        of customer: Customer,
        by taker: String,
        at instant: Date
    ) throws -> Lease? {
        if let lease = try lease(on: work, of: customer, by: taker, at: instant) { return lease }
        try skip(work, of: customer, by: taker, at: instant)
        return nil
    }

    /// Takes work for a turn that runs share out between them. A turn is left to another run that
    /// has had it, or has it, since `customer` was read, or that is of the same shift.
    public func take(
        _ turn: Turn,
        at work: Work,
        of customer: Customer,
        by taker: String,
        at instant: Date
    ) throws -> TurnOffer {
        if try isOver(turn, of: customer) { return .anothers }
        if let lease = try lease(on: work, of: customer, by: taker, at: instant, turn: turn) {
            return .mine(lease)
        }
        let holder = try connection.run(NewestFence(customer: customer.id, work: work.name)).first
        let isUnderWay = try newest(turn, of: customer).contains {
            $0.fence == holder
                && ($0.fence > customer.fence || turn.shift != nil && $0.shift == turn.shift)
        }
        return try isUnderWay || isOver(turn, of: customer) ? .anothers : .held
    }

    private func isOver(_ turn: Turn, of customer: Customer) throws -> Bool {
        try newest(turn, of: customer).contains {
            $0.endedFence ?? 0 > customer.fence
                || turn.shift != nil && $0.endedShift == turn.shift
        }
    }

    private func newest(_ turn: Turn, of customer: Customer) throws -> [NewestTurn] {
        try connection.run(NewestTurns(customer: customer.id, turns: turn.coveredBy))
    }

    /// Writes down that a turn came to its end.
    public func end(_ turn: Turn, of lease: Lease) throws {
        try connection.execute(
            EndTurn(
                customer: lease.customer.id,
                turn: turn.name,
                fence: lease.fence,
                shift: turn.shift
            )
        )
    }

    /// Writes down that a run left because another one had the work.
    public func skip(
        _ work: Work,
        of customer: Customer,
        by taker: String,
        at instant: Date
    ) throws {
        try connection.execute(
            PutSkippedRun(customer: customer.id, work: work.name, at: instant, by: taker)
        )
    }

    private func lease(
        on work: Work,
        of customer: Customer,
        by taker: String,
        at instant: Date,
        turn: Turn? = nil
    ) throws -> Lease? {
        guard try connection.tryAdvisoryLock(key(of: work, of: customer)) else { return nil }
        let fence = try connection.run(
            TakeFence(
                customer: customer.id,
                work: work.name,
                by: taker,
                at: instant,
                turn: turn?.name,
                shift: turn?.shift
            )
        )
        guard let fence = fence.first else {
            throw StoreError(.unknownCustomer, "the customer \(customer.key) is gone")
        }
        return Lease(customer: customer, work: work, fence: fence)
    }

    /// Gives work back before the session ends.
    public func give(back lease: Lease) throws {
        try connection.advisoryUnlock(key(of: lease.work, of: lease.customer))
    }

    /// The advisory lock of some work: the same on every host (FNV-1a).
    private func key(of work: Work, of customer: Customer) -> AdvisoryKey {
        let name = "kalenderkoppling/\(customer.id.rawValue)/\(work.name)"
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return .one(Int64(bitPattern: hash))
    }
}
