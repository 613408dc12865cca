public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Writes down a part of a run's plan, before anything of it is done.
    ///
    /// - Parameter causedAt: when what marked a user was first known.
    public func write(
        _ part: Plan,
        of run: PlannedRun,
        causedAt: (UserID) -> Date?
    ) throws {
        let customer = run.lease.customer.id
        let planned = part.changes.map { PlannedChange(change: $0, heldBecause: nil) }
        let held = part.held.map { PlannedChange(change: $0.change, heldBecause: $0.because) }
        try connection.copyIn(
            PlannedChanges(),
            rows: (planned + held).map { row in
                PlannedChanges.Row(
                    customer: customer,
                    run: run.lease.fence,
                    plannedAt: run.asOf,
                    planned: row,
                    isGuarded: row.change.takesAway(after: run.asOf),
                    isApproved: run.isApproved(row.change),
                    outcome: run.mode == .dryRun ? "not_carried_out" : nil,
                    causedAt: causedAt(row.change.user)
                )
            }
        )
        if run.mode == .apply, !part.adoptions.isEmpty {
            _ = try connection.run(
                AdoptBookings(customer: customer, adoptions: part.adoptions, at: run.asOf)
            )
        }
    }

    /// Writes down the run to which the parts of the plan belong, in their transaction, and marks
    /// the users of the plan until it is done.
    ///
    /// What the limits hold back is written again only where the refusal is another than the
    /// newest one: a pass a minute would else fill the audit with one refusal.
    ///
    /// - Parameters:
    ///   - counts: the plan before the limits; they are told what these hold back.
    ///   - touchedCount: how many users were marked.
    public func finish(
        _ run: PlannedRun,
        counts: inout PlanCounts,
        refusal: PlanRefusal?,
        digest: String?,
        touchedCount: Int
    ) throws {
        let customer = run.lease.customer.id
        let newest = try connection.run(NewestRefusal(customer: customer)).first
        let isRepeated = digest != nil && digest == newest
        if let refusal {
            let stopped = try connection.run(
                HoldBack(
                    customer: customer,
                    run: run.lease.fence,
                    plannedAt: run.asOf,
                    users: refusal.users.sorted(),
                    isWritten: run.mode == .dryRun || !isRepeated
                )
            )
            for stopped in stopped {
                counts.holdBack(
                    created: stopped.created,
                    updated: stopped.updated,
                    withdrawn: stopped.withdrawn,
                    users: stopped.users
                )
            }
        }
        try connection.execute(
            OpenRun(
                customer: customer,
                run: run.lease.fence,
                mode: run.mode,
                scope: run.scope,
                asOf: run.asOf,
                startedAt: run.asOf,
                endedAt: run.mode == .dryRun ? run.asOf : nil,
                touchedCount: touchedCount,
                plannedCount: counts.changes,
                heldCount: counts.held,
                refusal: refusal?.description,
                digest: digest
            )
        )
        if let digest, let refusal, !isRepeated {
            try connection.execute(
                PutRefusal(
                    customer: customer,
                    digest: digest,
                    changes: refusal.fingerprints,
                    at: run.asOf
                )
            )
        }
        guard run.mode == .apply else { return }
        if let refusal {
            // Whom the limits hold back the next pass looks at again, whichever pass it is.
            _ = try connection.run(
                Touch(
                    customer: customer,
                    users: refusal.users.sorted(),
                    cause: "limits",
                    at: run.asOf
                )
            )
        }
        _ = try connection.run(
            TouchPlanned(customer: customer, run: run.lease.fence, plannedAt: run.asOf)
        )
    }

    /// What is still to be done of a run's plan: of the users after one, in order and each of them
    /// whole, at least so many changes where there are.
    ///
    /// - Parameters:
    ///   - users: of whom alone; nil for everybody.
    ///   - left: whom it leaves out.
    public func openChanges(
        of run: PlannedRun,
        after user: UserID? = nil,
        count: Int,
        users: [UserID]? = nil,
        without left: [UserID] = []
    ) throws -> [Change] {
        try connection.run(
            OpenChanges(
                customer: run.lease.customer.id,
                run: run.lease.fence,
                plannedAt: run.asOf,
                after: user ?? UserID(rawValue: .min),
                count: count,
                users: users,
                left: left
            )
        )
        .compactMap(\.self)
    }

    /// All of a run's plan as it stands written, a part at a time: in the order of the users, each
    /// of them whole.
    public func writtenChanges(
        of run: PlannedRun,
        _ body: ([WrittenChange]) throws -> Void
    ) throws {
        var last = UserID(rawValue: .min)
        while true {
            let changes = try connection.run(
                RunChanges(
                    customer: run.lease.customer.id,
                    run: run.lease.fence,
                    plannedAt: run.asOf,
                    after: last,
                    count: Self.partSize
                )
            )
            .compactMap(\.self)
            guard let end = changes.last?.change.user else { return }
            try body(changes)
            last = end
        }
    }

    /// Users between whom an extension goes over by a run's plan.
    public func sharingExtensions(of run: PlannedRun) throws -> [UserID] {
        try connection.run(
            SharingExtensions(
                customer: run.lease.customer.id,
                run: run.lease.fence,
                plannedAt: run.asOf
            )
        )
        .sorted()
    }

    /// Writes down that the rest of a run's plan was not carried out.
    ///
    /// - Parameters:
    ///   - user: the last whose changes were sent, in their order; nil where none were.
    ///   - sent: users whose changes were sent before their turn.
    /// - Returns: of whom, and how many changes of each.
    public func endUnsent(
        of run: PlannedRun,
        after user: UserID?,
        beside sent: [UserID],
        at instant: Date
    ) throws -> [(user: UserID, changes: Int)] {
        try transaction(holding: run.lease) {
            try connection.run(
                EndUnsent(
                    customer: run.lease.customer.id,
                    run: run.lease.fence,
                    plannedAt: run.asOf,
                    after: user ?? UserID(rawValue: .min),
                    sent: sent,
                    at: instant
                )
            )
        }
    }
}
