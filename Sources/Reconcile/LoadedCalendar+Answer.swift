import AbsenceStore
import CalendarFeed
import Web

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

extension LoadTraffic {
    /// What was asked between two readings of a source's counts.
    init(from before: TrafficCounts.Numbers, to after: TrafficCounts.Numbers) {
        self.init()
        requests = after.requests - before.requests
        retries = after.retries - before.retries
        waits = after.waits - before.waits
        waitedMilliseconds = Int((after.waited - before.waited) / .milliseconds(1))
    }
}
