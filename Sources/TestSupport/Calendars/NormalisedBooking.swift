public import AbsenceModel
public import CalendarFeed
import Foundation

/// A booking in the form in which the simulator's truth, independent clients and our own sources
/// are compared. What is absent is nil, never empty.
public struct NormalisedBooking: Codable, Hashable, Sendable {
    public var isAllDay: Bool
    public var isCancelled: Bool
    /// `skip`, or `reason=…;kind=…`.
    public var choice: String?
    /// In UTC, as `2026-11-23T10:00:00Z`; a date for whole days, and then the first after them.
    public var end: String
    public var location: String?
    public var mailbox: String
    public var response: String
    public var sensitivity: String
    public var showAs: String
    public var start: String
    public var subject: String?

    enum CodingKeys: String, CodingKey {
        case isAllDay = "all_day"
        case isCancelled = "cancelled"
        case choice, end, location, mailbox, response, sensitivity
        case showAs = "show_as"
        case start, subject
    }

    public init(_ booking: Booking, mailbox: String) {
        isCancelled = booking.isCancelled
        choice = booking.choice.map(Self.text)
        location = booking.location.flatMap { $0.isEmpty ? nil : $0 }
        self.mailbox = mailbox
        response = booking.response.rawValue
        sensitivity = booking.sensitivity.rawValue
        showAs = booking.showAs.rawValue
        subject = booking.subject.flatMap { $0.isEmpty ? nil : $0 }
        switch booking.time {
        case .timed(let start, let end):
            isAllDay = false
            self.start = start.formatted(.iso8601)
            self.end = end.formatted(.iso8601)
        case .allDay(let start, let end):
            isAllDay = true
            self.start = start.description
            self.end = end.description
        }
    }

    /// The bookings of an answer, in the order of the truth.
    public static func all(in answer: LoadAnswer, mailbox: String) -> [NormalisedBooking] {
        answer.bookings.map { NormalisedBooking($0, mailbox: mailbox) }.inOrder
    }

    private static func text(_ choice: Booking.Choice) -> String {
        switch choice {
        case .skip:
            return "skip"
        case .absence(let reason, let kind):
            return [
                reason.map { "reason=\($0.rawValue)" }, kind.map { "kind=\($0.rawValue)" },
            ].compactMap { $0 }.joined(separator: ";")
        }
    }
}

extension [NormalisedBooking] {
    /// Sorted by mailbox, start and subject, then by what is left.
    public var inOrder: [NormalisedBooking] {
        map { (key: $0.sortKey, booking: $0) }.sorted { $0.key < $1.key }.map(\.booking)
    }

    /// Reads a JSON array of them.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode([NormalisedBooking].self, from: Data(json)).inOrder
    }

    /// What is in one and not in the other, a line each, for a test's message; at most 20.
    public func differences(from truth: [NormalisedBooking]) -> [String] {
        var counts: [NormalisedBooking: Int] = [:]
        for booking in self { counts[booking, default: 0] += 1 }
        for booking in truth { counts[booking, default: 0] -= 1 }
        return counts.filter { $0.value != 0 }.keys.map { $0 }.inOrder.prefix(20).map { booking in
            "\((counts[booking] ?? 0) > 0 ? "too many" : "missing"): \(booking)"
        }
    }
}

extension NormalisedBooking {
    /// One text, which takes less to compare than its parts. No part has the character between.
    fileprivate var sortKey: String {
        [mailbox, start, subject ?? "", end, location ?? "", showAs, sensitivity, response]
            .joined(separator: "\0")
    }
}
