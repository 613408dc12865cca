public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// The calendars of a source that a load reads; whoever waits longest comes first. What was
    /// taken in by the load `notSince` or later ones, whole where `isFull`, is left out.
    public func calendarsToLoad(
        of customer: Customer,
        source: String,
        notSince: Int64? = nil,
        isFull: Bool = false
    ) throws -> [CalendarToLoad] {
        try connection.run(
            CalendarsToLoad(
                customer: customer.id,
                source: source,
                notSince: notSince,
                isFull: isFull
            )
        )
    }

    /// Where the last loads of some users' calendars ended, where not only a full load can follow.
    public func cursors(
        of users: [UserID],
        customer: Customer
    ) throws -> [CalendarName: String] {
        let cursors = try connection.run(Cursors(customer: customer.id, users: users))
        return Dictionary(
            cursors.map { ($0.calendar, $0.cursor) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The version marks of what is stored of some users' calendars.
    public func knownResources(
        of users: [UserID],
        customer: Customer
    ) throws -> [CalendarName: [String: String]] {
        let known = try connection.run(KnownResources(customer: customer.id, users: users))
        return known.reduce(into: [:]) { marks, row in
            marks[row.calendar, default: [:]][row.resource] = row.mark
        }
    }

    /// How far ahead the rules look: what loads must reach beyond (design principle 5).
    public func daysAhead(of customer: Customer) throws -> Int {
        try connection.run(DaysAhead(customer: customer.id)).first ?? 30
    }

    /// Writes down that a load begins, and tells the first of the loads before it that were cut
    /// off, or nil: what they took in need not be asked again.
    public func openLoad(
        _ lease: Lease,
        source: String,
        isFull: Bool,
        window: Range<Date>,
        at instant: Date
    ) throws -> Int64? {
        try transaction(holding: lease) {
            try connection.run(
                OpenLoad(
                    customer: lease.customer.id,
                    load: lease.fence,
                    source: source,
                    isFull: isFull,
                    window: window,
                    at: instant
                )
            ).first ?? nil
        }
    }

    /// Takes a batch of the load that began at `start` in: staged, compared, written and counted
    /// in one transaction.
    public func takeIn(
        _ batch: LoadBatch,
        of lease: Lease,
        window: Range<Date>,
        startedAt start: Date,
        at instant: Date
    ) throws -> LoadTally {
        let stage = Stage(customer: lease.customer.id, load: lease.fence)
        return try transaction(holding: lease) {
            var tally = try stageAndTakeIn(batch, stage: stage, window: window, at: instant)
            if !batch.failures.isEmpty {
                try connection.copyIn(
                    LoadFailures(),
                    rows: batch.failures.lazy.map { (stage, start, $0, instant) }
                )
                _ = try connection.run(
                    RecordLoadFailures(
                        customer: lease.customer.id,
                        load: lease.fence,
                        startedAt: start
                    )
                )
            }
            tally.failed += batch.failures.count
            _ = try connection.run(
                CountLoad(
                    customer: lease.customer.id,
                    load: lease.fence,
                    startedAt: start,
                    tally: tally
                )
            )
            return tally
        }
    }

    /// Takes a batch in for a shadow, in the rehearsal that is under way: no load is written
    /// down.
    public func takeIn(
        _ batch: LoadBatch,
        ofShadow shadow: Customer,
        window: Range<Date>,
        at instant: Date
    ) throws -> LoadTally {
        let stage = Stage(customer: shadow.id, load: 0)
        var tally = try stageAndTakeIn(batch, stage: stage, window: window, at: instant)
        tally.failed += batch.failures.count
        return tally
    }

    private func stageAndTakeIn(
        _ batch: LoadBatch,
        stage: Stage,
        window: Range<Date>,
        at instant: Date
    ) throws -> LoadTally {
        var count = try connection.copyIn(
            StagedBookings(),
            rows: batch.calendars.lazy.flatMap { calendar in
                calendar.bookings.lazy.map { (stage, calendar.name, $0) }
            }
        )
        count += try connection.copyIn(
            StagedCoverage(),
            rows: batch.calendars.lazy.flatMap { calendar in
                calendar.coverage.lazy.map { (stage, calendar.name, $0, window) }
            }
        )
        try connection.copyIn(
            StagedResources(),
            rows: batch.calendars.lazy.flatMap { calendar in
                calendar.resources.lazy.map { (stage, calendar.name, $0.key, $0.value) }
            }
        )
        try connection.copyIn(
            StagedQuarantine(),
            rows: batch.calendars.lazy.flatMap { calendar in
                calendar.quarantine.lazy.map { (stage, calendar.name, $0) }
            }
        )
        try connection.copyIn(
            StagedCursors(),
            rows: batch.calendars.lazy.map { (stage, $0) }
        )
        let taken = try connection.run(
            TakeIn(customer: stage.customer, load: stage.load, count: count, at: instant)
        )
        var tally = taken.first ?? LoadTally()
        tally.calendars = batch.calendars.count
        tally.failed = batch.calendars.count { !$0.failures.isEmpty }
        tally.bookings = batch.calendars.reduce(0) { $0 + $1.bookings.count }
        tally.broken = batch.calendars.reduce(0) { $0 + $1.quarantine.count }
        tally.bytes = batch.calendars.reduce(0) { $0 + $1.byteCount }
        return tally
    }

    /// Writes down that a load came to its end, and what it asked.
    public func endLoad(
        _ lease: Lease,
        startedAt start: Date,
        traffic: LoadTraffic,
        at instant: Date
    ) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                EndLoad(
                    customer: lease.customer.id,
                    load: lease.fence,
                    startedAt: start,
                    traffic: traffic,
                    at: instant
                )
            )
        }
    }
}
