import AbsenceModel
import Foundation

/// Makes bookings of items.
struct EWSBookingReader: Sendable {
    private let user: Zone
    /// In seconds since 1970-01-01T00:00:00Z.
    private let window: Range<Int>

    init(timeZone: TimeZone, window: Range<Date>) {
        user = Zone(timeZone)
        let lower = Int(window.lowerBound.timeIntervalSince1970.rounded(.down))
        let upper = Int(window.upperBound.timeIntervalSince1970.rounded(.up))
        self.window = lower..<upper
    }

    enum Reading: Sendable {
        case booking(Booking)
        /// A booking whose choice has a form that nobody knows; it came without.
        case withoutChoice(Booking)
        case outside
        /// In a sentence, without booking text.
        case broken(String)
    }

    func read(_ item: EWSItem, as identity: EWSIdentity) -> Reading {
        guard item["CalendarItemType"] != "RecurringMaster" else {
            return .broken("a series came in place of its occurrences")
        }
        guard let start = item["Start"].flatMap(EWSTime.instant),
            let end = item["End"].flatMap(EWSTime.instant)
        else { return .broken("it has no start or no end that can be read") }
        guard start <= end else { return .broken("it ends before it starts") }
        let (time, isInside) = time(of: item, start: start, end: end)
        guard isInside else { return .outside }

        let choice = item.choice.flatMap { $0.trimmingBlanks().isEmpty ? nil : $0 }
        let booking = Booking(
            key: identity.key,
            resource: identity.resource,
            time: time,
            showAs: Self.showAs(item["LegacyFreeBusyStatus"]),
            sensitivity: Self.sensitivity(item["Sensitivity"]),
            response: Self.response(item),
            isCancelled: XMLText.isTrue(item["IsCancelled"]) || Self.state(item) & cancelled != 0,
            subject: item["Subject"],
            location: item["Location"],
            body: item["Body"],
            choice: choice.flatMap(BookingDetails.choice)
        )
        return choice != nil && booking.choice == nil
            ? .withoutChoice(booking) : .booking(booking)
    }

    /// When the booking stands, and whether it overlaps the window.
    ///
    /// The dates of whole days are those of the wall where they were booked (domain P-9): start
    /// and end are midnights in the item's own zone (calendar-apis.md 2.2). Where that zone is not
    /// known they are looked at in the user's, and the nearest midnight counts, which is right
    /// where the two clocks are less than twelve hours apart.
    private func time(of item: EWSItem, start: Int, end: Int) -> (Booking.Time, isInside: Bool) {
        guard XMLText.isTrue(item["IsAllDayEvent"]) else {
            let time = Booking.Time.timed(start: date(start), end: date(end))
            return (time, isInside(start, end))
        }
        let zone =
            item.startZone.flatMap { ZoneNames.zone(named: $0) ?? ZoneNames.zoneByGuess(named: $0) }
            ?? user
        let first = nearestMidnight(zone.wall(at: start))
        let last = max(nearestMidnight(zone.wall(at: end)), first + WallTime.secondsPerDay)
        return (
            .allDay(start: first.date, end: last.date),
            isInside(user.instant(of: first), user.instant(of: last))
        )
    }

    private func nearestMidnight(_ wall: WallTime) -> WallTime {
        (wall + WallTime.secondsPerDay / 2).midnight
    }

    private func isInside(_ start: Int, _ end: Int) -> Bool {
        start < window.upperBound
            && (end > window.lowerBound || (start == end && start == window.lowerBound))
    }

    private func date(_ instant: Int) -> Date {
        Date(timeIntervalSince1970: Double(instant))
    }

    /// `NoData` and what is unknown keep the time taken.
    private static func showAs(_ text: String?) -> Booking.ShowAs {
        switch text {
        case "Free": .free
        case "Tentative": .tentative
        case "OOF": .outOfOffice
        case "WorkingElsewhere": .workingElsewhere
        default: .busy
        }
    }

    /// What is unknown is kept private, as RFC 5545 3.8.1.3 has it.
    private static func sensitivity(_ text: String?) -> Booking.Sensitivity {
        switch text {
        case nil, "Normal": .normal
        case "Personal": .personal
        case "Confidential": .confidential
        default: .private
        }
    }

    /// `Unknown` is what an appointment without others has, and a meeting that came in without
    /// being asked for, through a group or by a delegate: it stands in the calendar all the same.
    private static func response(_ item: EWSItem) -> Booking.Response {
        switch item["MyResponseType"] {
        case "Organizer": .organizer
        case "Tentative": .tentative
        case "Accept": .accepted
        case "Decline": .declined
        case "NoResponseReceived": .notResponded
        default: state(item) & received != 0 ? .accepted : .organizer
        }
    }

    private static func state(_ item: EWSItem) -> Int {
        item["AppointmentState"].flatMap { Int($0.trimmingBlanks()) } ?? 0
    }
}

/// Flags of AppointmentState ([MS-OXOCAL] 2.2.1.10): it was received as an invitation, and it
/// was cancelled.
private let received = 2
private let cancelled = 4
