import AbsenceModel
public import AbsenceStore
public import CalendarFeed
public import Foundation

/// Reads one calendar source of a customer and takes in what it brought.
///
/// Calendars are fetched side by side, a batch at a time, before the transaction of the batch
/// begins. What fails is a calendar's own failure: nothing stored of it changes, and the others
/// go on (design principles 5 and 9).
public struct LoadPass {
    public var store: AbsenceStore
    public var source: any BookingSource
    public var sourceName: String
    /// Whether calendars are read whole, or from where the last load ended.
    public var isFull: Bool
    /// How many calendars are asked at the same time.
    public var concurrency = 8
    /// How many calendars a transaction takes in.
    public var batchSize = 64
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
    ///   before that stays; the next load goes on from there.
    public func run(_ lease: Lease) async throws -> LoadTally {
        let begin = now()
        let calendars = try store.calendarsToLoad(of: lease.customer, source: sourceName)
        let window = Self.window(
            at: begin,
            daysAhead: try store.daysAhead(of: lease.customer)
        )
        try store.openLoad(lease, source: sourceName, isFull: isFull, window: window, at: begin)
        report(.loadBegan(source: sourceName, calendars: calendars.count, isFull: isFull))

        var tally = LoadTally()
        let deadline = timeAllowed.map { ContinuousClock.now + $0 }
        for start in stride(from: 0, to: calendars.count, by: batchSize) {
            try Task.checkCancellation()
            // Who was not asked is asked first the next time.
            if let deadline, deadline <= .now { break }
            let part = Array(calendars[start..<min(start + batchSize, calendars.count)])
            let batch = await fetch(
                part,
                window: window,
                customer: lease.customer,
                deadline: deadline
            )
            tally += try takeIn(batch, lease: lease, window: window)
            report(
                .loadAdvanced(source: sourceName, done: start + part.count, of: calendars.count)
            )
        }
        try store.closeLoad(lease, at: now())
        report(.loadEnded(source: sourceName, tally))
        return tally
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

    func fetch(
        _ calendars: [CalendarToLoad],
        window: Range<Date>,
        customer: Customer,
        deadline: ContinuousClock.Instant?
    ) async -> LoadBatch {
        let known: [CalendarName: [String: String]]
        do {
            known =
                isFull
                ? [:] : try store.knownResources(of: calendars.map(\.user), customer: customer)
        } catch {
            return LoadBatch(
                failures: calendars.map { $0.failed("what is stored of it could not be read") }
            )
        }
        let requests = calendars.map { calendar in
            let cursor = isFull ? nil : calendar.cursor
            return LoadRequest(
                address: calendar.address,
                timeZone: TimeZone(identifier: calendar.timeZone) ?? .gmt,
                mailAddresses: calendar.mailAddresses,
                window: window,
                cursor: cursor,
                knownResources: cursor == nil ? [:] : known[calendar.name] ?? [:]
            )
        }
        let answers = await answers(to: requests, by: deadline)

        var batch = LoadBatch()
        for (calendar, answer) in zip(calendars, answers) {
            switch answer {
            case .success(let answer):
                batch.calendars.append(LoadedCalendar(calendar, answer))
                for failure in answer.failures { tell(calendar.failed(failure)) }
            case .failure(let failure):
                batch.failures.append(calendar.failed(failure.description))
            }
        }
        batch.failures.forEach(tell)
        return batch
    }

    private func tell(_ failed: FailedCalendar) {
        report(
            .calendarFailed(source: sourceName, user: failed.userKey, failure: failed.failure)
        )
    }

    /// The answers in the order of the requests, at most `concurrency` under way.
    private func answers(
        to requests: [LoadRequest],
        by deadline: ContinuousClock.Instant?
    ) async -> [Result<LoadAnswer, LoadFailure>] {
        let source = source
        return await withTaskGroup(
            of: (Int, Result<LoadAnswer, LoadFailure>).self
        ) { group in
            var waiting = requests.enumerated().makeIterator()
            func startNext() {
                guard let (index, request) = waiting.next() else { return }
                group.addTask { (index, await source.answer(to: request, by: deadline)) }
            }
            for _ in 0..<concurrency { startNext() }
            var answers: [Int: Result<LoadAnswer, LoadFailure>] = [:]
            for await (index, answer) in group {
                answers[index] = answer
                startNext()
            }
            return requests.indices.map {
                answers[$0] ?? .failure(LoadFailure(.unreachable, "it was not asked"))
            }
        }
    }

    /// Takes a batch in; where the database refuses it, calendar by calendar, so that one does
    /// not stop the others.
    private func takeIn(
        _ batch: LoadBatch,
        lease: Lease,
        window: Range<Date>
    ) throws -> LoadTally {
        do {
            return try store.takeIn(batch, of: lease, window: window, at: now())
        } catch let error where store.isRefusal(error) {
            guard batch.calendars.count > 1 else {
                let failures = batch.calendars.map {
                    FailedCalendar(
                        name: $0.name,
                        userKey: $0.userKey,
                        failure: "what it brought could not be taken in: \(error)"
                    )
                }
                failures.forEach(tell)
                return try store.takeIn(
                    LoadBatch(failures: batch.failures + failures),
                    of: lease,
                    window: window,
                    at: now()
                )
            }
            var tally = LoadTally()
            for calendar in batch.calendars {
                tally += try takeIn(
                    LoadBatch(calendars: [calendar]),
                    lease: lease,
                    window: window
                )
            }
            tally += try takeIn(
                LoadBatch(failures: batch.failures),
                lease: lease,
                window: window
            )
            return tally
        }
    }
}

extension BookingSource {
    /// The answer, or the failure in a sentence that quotes nothing; at `deadline` at the latest.
    fileprivate func answer(
        to request: LoadRequest,
        by deadline: ContinuousClock.Instant?
    ) async -> Result<LoadAnswer, LoadFailure> {
        guard let deadline else { return await answer(to: request) }
        return await withTaskGroup(of: Result<LoadAnswer, LoadFailure>.self) { group in
            group.addTask { await answer(to: request) }
            group.addTask {
                try? await Task.sleep(until: deadline)
                return .failure(
                    LoadFailure(.timedOut, "it did not answer within the time that a load has")
                )
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(LoadFailure(.unreachable, "it was not asked"))
        }
    }

    private func answer(to request: LoadRequest) async -> Result<LoadAnswer, LoadFailure> {
        do {
            return .success(try await load(request))
        } catch let failure as LoadFailure {
            return .failure(failure)
        } catch {
            return .failure(LoadFailure(.unreachable, "it failed with \(type(of: error))"))
        }
    }
}

extension CalendarToLoad {
    var name: CalendarName { CalendarName(user: user, calendarID: calendarID) }

    func failed(_ failure: String) -> FailedCalendar {
        FailedCalendar(name: name, userKey: userKey, failure: failure)
    }
}

extension LoadedCalendar {
    init(_ calendar: CalendarToLoad, _ answer: LoadAnswer) {
        self.init(
            name: calendar.name,
            userKey: calendar.userKey,
            bookings: answer.bookings,
            coverage: answer.coverage.map(Scope.init),
            resources: answer.resources,
            quarantine: answer.broken.map {
                QuarantinedBooking(
                    resource: $0.resource,
                    key: $0.key,
                    reason: $0.reason,
                    isDegraded: $0.isDegraded
                )
            },
            generation: calendar.generation,
            cursor: answer.cursor,
            byteCount: answer.byteCount,
            failures: answer.failures
        )
    }
}

extension LoadedCalendar.Scope {
    init(_ coverage: Coverage) {
        switch coverage {
        case .everything: self.init(name: "", isPrefix: true)
        case .collection(let name): self.init(name: name, isPrefix: true)
        case .resource(let name): self.init(name: name, isPrefix: false)
        }
    }
}
