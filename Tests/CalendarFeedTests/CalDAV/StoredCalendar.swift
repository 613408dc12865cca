import AbsenceModel
import CalendarFeed
import Foundation

/// What the database keeps of a calendar, by the rules of ``Coverage``.
struct StoredCalendar {
    private(set) var bookings: [Booking] = []
    private(set) var resources: [String: String] = [:]
    private(set) var cursor: String?

    /// The bookings in a comparable order.
    var sorted: [String] { bookings.map { "\($0.resource) \($0.key) \($0.time)" }.sorted() }

    mutating func take(_ answer: LoadAnswer) {
        let delivered = Set(answer.bookings.map { Key($0) })
        let broken = answer.broken.filter { !$0.isDegraded }
        func isBroken(_ booking: Booking) -> Bool {
            broken.contains { broken in
                guard broken.resource == booking.resource else { return false }
                guard let key = broken.key else { return true }
                return booking.key == key || booking.key.hasPrefix("\(key)/")
            }
        }
        func isCovered(_ resource: String) -> Bool {
            answer.coverage.contains { coverage in
                switch coverage {
                case .everything: true
                case .collection(let prefix): resource.hasPrefix(prefix)
                case .resource(let name): resource == name
                }
            }
        }
        bookings.removeAll { booking in
            delivered.contains(Key(booking))
                || (isCovered(booking.resource) && !isBroken(booking))
        }
        bookings += answer.bookings
        resources = resources.filter { !isCovered($0.key) }
        resources.merge(answer.marks) { _, new in new }
        cursor = answer.cursor
    }

    private struct Key: Hashable {
        var resource: String
        var key: String

        init(_ booking: Booking) {
            resource = booking.resource
            key = booking.key
        }
    }
}

extension LoadAnswer {
    /// The version marks of all resources that were read.
    var marks: [String: String] {
        bookings.reduce(into: resources) { marks, booking in
            if let mark = booking.mark { marks[booking.resource] = mark }
        }
    }
}

/// A booking as iCalendar text.
enum Event {
    static func text(
        _ uid: String,
        _ start: String,
        _ end: String,
        _ more: [String] = [],
        further: String = ""
    ) -> String {
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT",
                "UID:\(uid)", "DTSTAMP:20261120T120000Z", "DTSTART:\(start)", "DTEND:\(end)",
                "SUMMARY:Möte & <mer>",
            ] + more + ["END:VEVENT"]
        return lines.joined(separator: "\r\n") + "\r\n" + further + "END:VCALENDAR\r\n"
    }

    /// An hour of a day of November 2026.
    static func onDay(_ day: Int, _ uid: String, hour: Int = 9) -> String {
        let day = "202611\(pair(day))"
        return text(uid, "\(day)T\(pair(hour))0000Z", "\(day)T\(pair(hour + 1))0000Z")
    }

    private static func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// 13 November to 25 December 2026.
    static let window =
        Date(timeIntervalSince1970: 1_794_528_000)..<Date(timeIntervalSince1970: 1_798_156_800)
}

extension LoadRequest {
    /// The load that follows on what is stored; a full one without that.
    init(_ address: String, after stored: StoredCalendar? = nil) {
        self.init(
            address: address,
            timeZone: TimeZone(identifier: "Europe/Stockholm") ?? .gmt,
            mailAddresses: ["anna@example.com"],
            window: Event.window,
            cursor: stored?.cursor,
            knownResources: stored?.resources ?? [:]
        )
    }
}
