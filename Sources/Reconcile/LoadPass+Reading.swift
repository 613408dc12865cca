import AbsenceStore
import CalendarFeed
import Foundation
import Web

extension LoadPass {
    /// Reads `calendars`, as many at once as the source bears with profit, and hands what came to
    /// `takers`, or to `takeIn` where there are none, batch by batch.
    ///
    /// No more is kept in memory than a batch or two for each taker and what is under way: where
    /// they cannot follow, nothing more is asked for. `check` comes before each of their batches.
    func read(
        _ calendars: [CalendarToLoad],
        window: Range<Date>,
        of customer: Customer,
        takers: [LoadLane.Taker] = [],
        check: () throws -> Void = {},
        takeIn: (LoadBatch) throws -> TakenBatch
    ) async throws -> LoadTally {
        let source = source
        let deadline = timeAllowed.map { ContinuousClock.now + $0 }
        var tally = LoadTally()
        var done = 0
        func count(_ taken: TakenBatch, of calendarCount: Int) {
            tally += taken.tally
            taken.refused.forEach(tell)
            done += calendarCount
            report(.loadAdvanced(source: sourceName, done: done, of: calendars.count))
        }
        try await withThrowingTaskGroup(of: Step.self) { group in
            var requests = Requests(pass: self, calendars, window: window, customer: customer)
            var lanes = LoadLanes(takers, batchSize: batchSize, batchBookings: batchBookings)
            var heldBack = 0
            func startNext() throws {
                // Who was not asked is asked first the next time.
                if let deadline, deadline <= .now { return }
                guard let (index, request) = try requests.next() else { return }
                group.addTask { .answered(index, await source.answer(to: request, by: deadline)) }
            }
            func endBatch(_ lane: Int) throws {
                let batch = lanes.takeBatch(of: lane)
                guard !batch.isEmpty else { return }
                guard let taker = lanes.taker(of: lane) else {
                    return count(try takeIn(batch), of: batch.count)
                }
                try check()
                let instant = now()
                group.addTask { .takenIn(lane, try await taker(batch, instant), batch.count) }
            }

            for _ in 0..<max(1, source.calendarsAtOnce) { try startNext() }
            repeat {
                while let step = try await group.next() {
                    try Task.checkCancellation()
                    let lane: Int
                    switch step {
                    case .answered(let index, let answer):
                        lane = lanes.number(of: calendars[index].user)
                        lanes.add(part(answer, of: calendars[index]), to: lane)
                        heldBack += 1
                    case .takenIn(let number, let taken, let calendarCount):
                        lane = number
                        lanes.end(lane)
                        count(taken, of: calendarCount)
                    }
                    while heldBack > 0, lanes.canFollow {
                        heldBack -= 1
                        try startNext()
                    }
                    if lanes.isDue(lane) { try endBatch(lane) }
                }
                for lane in lanes.numbers { try endBatch(lane) }
            } while !group.isEmpty
        }
        return tally
    }

    private enum Step: Sendable {
        case answered(Int, Result<LoadAnswer, RemoteFailure>)
        /// By which lane, and of how many calendars.
        case takenIn(Int, TakenBatch, Int)
    }

    private func part(
        _ answer: Result<LoadAnswer, RemoteFailure>,
        of calendar: CalendarToLoad
    ) -> LoadBatch {
        switch answer {
        case .success(let answer):
            for failure in answer.failures { tell(calendar.failed(failure)) }
            return LoadBatch(calendars: [LoadedCalendar(calendar, answer)])
        case .failure(let failure):
            let failed = calendar.failed(failure.description)
            tell(failed)
            return LoadBatch(failures: [failed])
        }
    }

    func tell(_ failed: FailedCalendar) {
        report(
            .calendarFailed(source: sourceName, user: failed.userKey, failure: failed.failure)
        )
    }

    /// What to ask of each calendar in turn. What is stored of them is looked up a stretch of
    /// calendars at a time.
    private struct Requests {
        let pass: LoadPass
        let calendars: [CalendarToLoad]
        let window: Range<Date>
        let customer: Customer
        private var index = 0
        private var cursors: [CalendarName: String] = [:]
        private var known: [CalendarName: [String: String]] = [:]
        private var knownEnd = 0

        init(
            pass: LoadPass,
            _ calendars: [CalendarToLoad],
            window: Range<Date>,
            customer: Customer
        ) {
            self.pass = pass
            self.calendars = calendars
            self.window = window
            self.customer = customer
        }

        mutating func next() throws -> (Int, LoadRequest)? {
            guard index < calendars.count else { return nil }
            defer { index += 1 }
            if !pass.isFull, index == knownEnd { try lookUp() }
            let calendar = calendars[index]
            let cursor = cursors[calendar.name]
            let request = LoadRequest(
                address: calendar.address,
                timeZone: TimeZone(identifier: calendar.timeZone) ?? .gmt,
                mailAddresses: calendar.mailAddresses,
                window: window,
                cursor: cursor,
                knownResources: cursor == nil ? [:] : known[calendar.name] ?? [:]
            )
            return (index, request)
        }

        private mutating func lookUp() throws {
            knownEnd = min(index + pass.batchSize, calendars.count)
            let users = calendars[index..<knownEnd].map(\.user)
            cursors = try pass.store.cursors(of: users, customer: customer)
            known = try pass.store.knownResources(of: users, customer: customer)
        }
    }
}

extension BookingSource {
    /// The answer, or the failure in a sentence that quotes nothing; at `deadline` at the latest.
    fileprivate func answer(
        to request: LoadRequest,
        by deadline: ContinuousClock.Instant?
    ) async -> Result<LoadAnswer, RemoteFailure> {
        guard let deadline else { return await answer(to: request) }
        return await withTaskGroup(of: Result<LoadAnswer, RemoteFailure>.self) { group in
            group.addTask { await answer(to: request) }
            group.addTask {
                try? await Task.sleep(until: deadline)
                return .failure(
                    RemoteFailure(.timedOut, "it did not answer within the time that a load has")
                )
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(RemoteFailure(.unreachable, "it was not asked"))
        }
    }

    private func answer(to request: LoadRequest) async -> Result<LoadAnswer, RemoteFailure> {
        do {
            return .success(try await load(request))
        } catch let failure as RemoteFailure {
            return .failure(failure)
        } catch {
            return .failure(RemoteFailure(.unreachable, "it failed with \(type(of: error))"))
        }
    }
}
