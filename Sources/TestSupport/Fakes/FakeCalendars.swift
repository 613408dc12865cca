public import AbsenceModel
public import CalendarFeed
import Foundation
import Synchronization
public import Web

/// A calendar system in memory: one calendar for each address, one booking in each resource.
///
/// An address that nothing was said of is an empty calendar.
public final class FakeCalendars: BookingSource {
    /// How it answers.
    public enum Manner: Sendable {
        /// Whole, as it was asked.
        case plain
        /// Without telling what was removed, and without saying that it is the whole.
        case withoutRemovals
        /// Not at all.
        case failing(RemoteFailure)
    }

    private struct Calendar {
        var bookings: [String: Booking] = [:]
        var marks: [String: Int] = [:]
        var manner = Manner.plain
    }

    private struct State {
        var calendars: [String: Calendar] = [:]
        var requests: [LoadRequest] = []
        var lastMark = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// Writes a booking into a calendar, in place of one with its key.
    public func put(_ booking: Booking, in address: String) {
        state.withLock { state in
            state.lastMark += 1
            state.calendars[address, default: Calendar()].bookings[booking.key] = booking
            state.calendars[address]?.marks[booking.key] = state.lastMark
        }
    }

    /// Takes a booking out of a calendar.
    public func remove(_ key: String, from address: String) {
        state.withLock { state in
            state.calendars[address]?.bookings[key] = nil
            state.calendars[address]?.marks[key] = nil
        }
    }

    /// Changes how the calendar at an address answers.
    public func answer(_ manner: Manner, for address: String) {
        state.withLock { $0.calendars[address, default: Calendar()].manner = manner }
    }

    /// What was asked, in order, since the last time.
    @discardableResult
    public func takeRequests() -> [LoadRequest] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }

    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let calendar = state.withLock { state in
            state.requests.append(request)
            return state.calendars[request.address] ?? Calendar()
        }
        if case .failing(let failure) = calendar.manner { throw failure }
        let isFull = request.cursor == nil
        let news = calendar.bookings.filter { key, _ in
            isFull || request.knownResources[key] != calendar.marks[key].map(String.init)
        }
        var answer = LoadAnswer()
        answer.bookings = news.values.filter { $0.overlaps(request.window) }
            .sorted { $0.key < $1.key }
        answer.resources = calendar.marks.filter { news[$0.key] != nil }.mapValues(String.init)
        let removed = request.knownResources.keys.filter { calendar.bookings[$0] == nil }
        switch calendar.manner {
        case .withoutRemovals:
            answer.coverage = news.keys.sorted().map { .resource($0) }
        case _ where isFull:
            answer.coverage = [.everything]
        default:
            answer.coverage = (news.keys + removed).sorted().map { .resource($0) }
        }
        answer.cursor = "cursor"
        answer.byteCount = 100 * news.count
        return answer
    }
}

extension Booking {
    /// Whether any of it lies in the window; a day of an all-day booking is taken for more.
    fileprivate func overlaps(_ window: Range<Date>) -> Bool {
        switch time {
        case .timed(let start, let end):
            return start < window.upperBound && end > window.lowerBound
        case .allDay(let start, let end):
            let zone = TimeZone.gmt
            let day = 86400.0
            return start.midnight(in: zone).addingTimeInterval(-day) < window.upperBound
                && end.midnight(in: zone).addingTimeInterval(day) > window.lowerBound
        }
    }
}

extension LocalDate {
    fileprivate func midnight(in zone: TimeZone) -> Date {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let components = DateComponents(year: year, month: month, day: day)
        return calendar.date(from: components) ?? .distantPast
    }
}
