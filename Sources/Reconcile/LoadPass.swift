import AbsenceModel
public import AbsenceStore
public import CalendarFeed
public import Foundation

/// Reads one calendar source of a customer and takes in what it brought.
///
/// Calendars are read side by side, and taken in a batch at a time, each in a transaction that
/// begins when all of the batch is here. What fails is a calendar's own failure: nothing stored
/// of it changes, and the others go on (design principles 5 and 9).
///
/// Where there is more than a batch, two further connections take in while the pass reads, with
/// the users split between them.
public struct LoadPass {
    public var store: AbsenceStore
    public var source: any BookingSource
    public var sourceName: String
    /// Whether calendars are read whole, or from where the last load ended.
    public var isFull: Bool
    /// How many calendars a transaction takes in, and how many bookings are enough for one. Where
    /// further connections take in, these are the least, and more comes together while one is busy.
    public var batchSize = 64
    public var batchBookings = 10_000
    /// Opens a further connection. Without it the pass takes in by itself, and does not read on
    /// meanwhile.
    public var open: (@Sendable () throws -> AbsenceStore)?
    /// How long the whole load may take, and one calendar; what takes longer is told as failed.
    public var timeAllowed: Duration?
    /// Tells the time: the only clock below the command.
    public var now: () -> Date
    public var report: (PassEvent) -> Void

    public init(
        store: AbsenceStore,
        source: any BookingSource,
        sourceName: String,
        isFull: Bool,
        now: @escaping () -> Date,
        report: @escaping (PassEvent) -> Void = { _ in }
    ) {
        self.store = store
        self.source = source
        self.sourceName = sourceName
        self.isFull = isFull
        self.now = now
        self.report = report
    }

    /// - Throws: where the database fails, or a newer run took the work. What was taken in
    ///   before that stays, and the next load goes on behind it.
    public func run(_ lease: Lease) async throws -> LoadTally {
        let begin = now()
        let window = Self.window(
            at: begin,
            daysAhead: try store.daysAhead(of: lease.customer)
        )
        let resumesFrom = try store.openLoad(
            lease,
            source: sourceName,
            isFull: isFull,
            window: window,
            at: begin
        )
        let calendars = try store.calendarsToLoad(
            of: lease.customer,
            source: sourceName,
            notSince: resumesFrom,
            isFull: isFull
        )
        report(
            .loadBegan(
                source: sourceName,
                calendars: calendars.count,
                isFull: isFull,
                resumesFrom: resumesFrom
            )
        )
        let before = source.counts
        let load = LoadUnderWay(lease: lease, window: window, start: begin)
        let tally = try await read(
            calendars,
            window: window,
            of: lease.customer,
            takers: try calendars.count > batchSize ? takers(of: load) : [],
            check: { try store.check(lease) }
        ) { batch in
            try load.takeIn(batch, into: store, at: now())
        }
        let traffic = LoadTraffic(from: before, to: source.counts)
        try store.endLoad(lease, startedAt: begin, traffic: traffic, at: now())
        report(.loadEnded(source: sourceName, tally, traffic))
        return tally
    }

    /// Reads every calendar of the source whole and takes it in for a shadow, in the rehearsal
    /// that is under way: nothing is written down of it, and nothing stays.
    ///
    /// - Throws: where the database refuses what came, for a rehearsal cannot go on behind that.
    public func rehearse(for shadow: Customer) async throws -> LoadTally {
        let begin = now()
        let calendars = try store.calendarsToLoad(of: shadow, source: sourceName)
        let window = Self.window(at: begin, daysAhead: try store.daysAhead(of: shadow))
        report(
            .loadBegan(
                source: sourceName,
                calendars: calendars.count,
                isFull: true,
                resumesFrom: nil
            )
        )
        let before = source.counts
        let tally = try await read(calendars, window: window, of: shadow) { batch in
            TakenBatch(
                tally: try store.takeIn(batch, ofShadow: shadow, window: window, at: begin)
            )
        }
        report(
            .loadEnded(source: sourceName, tally, LoadTraffic(from: before, to: source.counts))
        )
        return tally
    }

    private func takers(of load: LoadUnderWay) throws -> [LoadLane.Taker] {
        guard let open else { return [] }
        return try (0..<2).map { _ in
            let taker = try BatchTaker(open)
            return { try await taker.takeIn($0, of: load, at: $1) }
        }
    }

    /// What a load reads at `instant`: wider than the horizon, so that no chain is cut where it
    /// is still wanted (design principle 5). Whole hours, so that it moves in steps.
    static func window(at instant: Date, daysAhead: Int) -> Range<Date> {
        let hour = (instant.timeIntervalSince1970 / 3600).rounded(.down) * 3600
        let start = Date(timeIntervalSince1970: hour)
        let day = 86400.0
        return start.addingTimeInterval(
            -8 * day
        )..<start.addingTimeInterval((Double(daysAhead) + 4) * day)
    }
}
