public import AbsenceModel
import Foundation
import Web

/// Bookings of one person in the week of Monday 23 November 2026, the same from the same seed.
///
/// They overlap, stand in chains with gaps of five minutes and less, last whole days, and have
/// codes of all systems.
public struct BusyWeek {
    private var random: SplitMix64

    public init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    public mutating func bookings(_ count: Int) -> [Booking] {
        var bookings: [Booking] = []
        var last = Self.monday
        for number in 0..<count {
            var booking = Booking(
                key: "b\(number)",
                resource: "b\(number)",
                time: number % 10 == 9 ? days() : hours(after: last),
                showAs: one(of: Booking.ShowAs.allCases + [.busy, .busy, .outOfOffice]),
                sensitivity: one(of: [.normal, .normal, .normal, .normal, .private]),
                response: one(of: [.organizer, .accepted, .accepted, .tentative, .notResponded]),
                isCancelled: one(of: 1...20) == 1,
                subject: one(of: Self.subjects) + " \(number)"
            )
            if one(of: 1...10) == 1 {
                booking.choice = one(of: [.skip, .absence(reason: nil, kind: .open)])
            }
            if case .timed(_, let end) = booking.time { last = end }
            bookings.append(booking)
        }
        return bookings
    }

    /// Often in a chain with the one before, else anywhere in office hours.
    private mutating func hours(after last: Date) -> Booking.Time {
        let start =
            one(of: 1...3) == 1
            ? last + one(of: [0, 180, 300, 301])
            : Self.monday + 86_400 * one(of: [0, 1, 2, 3, 4]) + 900 * Double(one(of: 28...68))
        return .timed(start: start, end: start + 900 * one(of: [1, 2, 2, 4, 4, 6, 12]))
    }

    private mutating func days() -> Booking.Time {
        let first = one(of: 23...27)
        return .allDay(
            start: LocalDate(year: 2026, month: 11, day: first),
            end: LocalDate(year: 2026, month: 11, day: first + one(of: 1...2))
        )
    }

    private mutating func one<Elements: Collection>(of elements: Elements) -> Elements.Element {
        let offset = Int(random.next() % UInt64(elements.count))
        return elements[elements.index(elements.startIndex, offsetBy: offset)]
    }

    /// Its first moment in Stockholm.
    private static let monday = Date(timeIntervalSince1970: 1_795_388_400)

    private static let subjects = [
        "SAM: budget", "TJÄ: hos kund", "SAM; budget", "SEM:", "LDG;", "NP/M: budget", "NP/L:",
        "NP/TR: Oslo", "Salg &For", "&+Ferie", "&- budget", "&Syk", "Budget", "Budget",
    ]
}
