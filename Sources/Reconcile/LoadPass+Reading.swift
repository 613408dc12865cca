import AbsenceStore
import CalendarFeed
import Foundation
import Web

extension LoadPass {
    /// Reads `calendars`, as many at once as the source bears with profit, and hands what came to
    /// `takeIn`, batch by batch, while others are still being read.
    ///
    /// No more is kept in memory than a batch and what is under way.
    func read(
        _ calendars: [CalendarToLoad],
        window: Range<Date>,
        of customer: Customer,
        takeIn: (LoadBatch) throws -> LoadTally
    ) async throws -> LoadTally {
        typealias Answer = (Int, Result<LoadAnswer, RemoteFailure>)
        let source = source
        let deadline = timeAllowed.map { ContinuousClock.now + $0 }
        var tally = LoadTally()
        try await withThrowingTaskGroup(of: Answer.self) { group in
            var requests = Requests(pass: self, calendars, window: window, customer: customer)
            func startNext() throws {
                // Who was not asked is asked first the next time.
                if let deadline, deadline <= .now { return }
                guard let (index, request) = try requests.next() else { return }
                group.addTask { (index, await source.answer(to: request, by: deadline)) }
            }
            for _ in 0..<max(1, source.calendarsAtOnce) { try startNext() }

            var batch = LoadBatch()
            var done = 0
            func endBatch() throws {
                guard !batch.isEmpty else { return }
                tally += try takeIn(batch)
                batch = LoadBatch()
                report(.loadAdvanced(source: sourceName, done: done, of: calendars.count))
            }
            for try await (index, answer) in group {
                try Task.checkCancellation()
                add(answer, of: calendars[index], to: &batch)
                done += 1
                try startNext()
                if batch.count >= batchSize || batch.bookingCount >= batchBookings {
                    try endBatch()
                }
            }
            try endBatch()
        }
        return tally
    }

    private func add(
        _ answer: Result<LoadAnswer, RemoteFailure>,
        of calendar: CalendarToLoad,
        to batch: inout LoadBatch
    ) {
        switch answer {
        case .success(let answer):
            batch.calendars.append(LoadedCalendar(calendar, answer))
            for failure in answer.failures { tell(calendar.failed(failure)) }
        case .failure(let failure):
            let failed = calendar.failed(failure.description)
            batch.failures.append(failed)
            tell(failed)
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
