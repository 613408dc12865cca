public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Writes down that a pass came to its end, also with nothing to do.
    public func endPass(_ end: PassEnd, of lease: Lease, at instant: Date) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                EndPass(customer: lease.customer.id, run: lease.fence, end: end, at: instant)
            )
        }
    }

    /// Writes down that a host works for a customer, and how far its clock is from the database's.
    ///
    /// - Parameters:
    ///   - clock: what the host's clock says.
    ///   - instant: what the run takes for now.
    public func see(
        _ host: String,
        workingFor customer: Customer,
        clock: Date,
        at instant: Date
    ) throws {
        try connection.execute(
            PutHost(customer: customer.id, host: host, seenAt: instant, clock: clock)
        )
    }

    /// Lets this session's questions about alarms and metrics be answered as of `instant`.
    public func compareWatch(with instant: Date) throws {
        _ = try connection.run(CompareWatchWith(instant: instant))
    }

    /// Everything that somebody should look at now, the critical first.
    ///
    /// - Parameter customer: of one customer and of the database, or of all.
    public func alarms(of customer: Customer?) throws -> [Alarm] {
        try connection.run(Alarms(customer: customer?.key))
    }

    /// Figures for Prometheus, those of one metric beside each other.
    public func metrics() throws -> [Metric] {
        try connection.run(Metrics())
    }
}

/// How a pass ended.
public struct PassEnd: Hashable, Sendable {
    public var scope: RunScope
    /// What it took for now.
    public var asOf: Date
    /// Whom it compared; nil for everybody.
    public var users: [UserID]?
    /// Of whom something is left to do.
    public var left: Set<UserID>
    /// How many changes ended how, by the words of `customer.outcome_counts`.
    public var outcomeCounts: [String: Int]

    public init(
        scope: RunScope,
        asOf: Date,
        users: [UserID]?,
        left: Set<UserID>,
        outcomeCounts: [String: Int]
    ) {
        self.scope = scope
        self.asOf = asOf
        self.users = users
        self.left = left
        self.outcomeCounts = outcomeCounts
    }
}

/// Something that somebody should look at: a row of `watch.alarms`.
public struct Alarm: Hashable, Sendable {
    /// Nil for what is about the database.
    public var customerKey: String?
    /// The view of `watch` that says more.
    public var alarm: String
    public var severity: Severity
    public var about: String
    public var since: Date?
    public var detail: String

    public enum Severity: String, Hashable, Sendable {
        case warning, critical
    }
}

/// A figure for Prometheus: a row of `watch.metrics`.
public struct Metric: Hashable, Sendable {
    public var name: String
    /// gauge or counter.
    public var type: String
    public var help: String
    /// Empty for what is about the database.
    public var customerKey: String
    /// The name of a second label, and its value.
    public var label: String?
    public var labelValue: String?
    public var value: Double
}
