import AbsenceModel
import AbsenceStore
import Foundation

/// Why a phone is as it is at an instant, in sentences.
struct Explanation {
    let user: RosterEntry
    let instant: Date
    let labels: [String: String]
    let absences: [PhoneAbsence]
    let outcomes: [BookingOutcome]
    let holds: [StandingHold]
    let history: [ChangeRecord]

    private var times: WallTimes { WallTimes(user.timeZone) }

    var text: String {
        ([headline] + why + handEdits + whatElse + deeds).joined(separator: "\n")
    }

    /// The absence that counts for a call: a person's own before the calendar's.
    private var counting: PhoneAbsence? {
        absences.filter { $0.startsAt <= instant && instant < $0.endsAt }
            .min { ($0.origin == "calendar" ? 1 : 0) < ($1.origin == "calendar" ? 1 : 0) }
    }

    private var headline: String {
        let who = "\(user.name) (\(user.phone)) at \(times.minute(instant))"
        guard let absence = counting else {
            return "\(who): no absence is known on the telephone side; calls ring as usual."
        }
        let effect =
            switch absence.kind {
            case .information: "calls ring as usual, colleagues see it"
            case .open: "the phone rings first, then callers hear the message"
            case .direct: "callers hear the message at once"
            }
        return "\(who): \(label(absence.reason)), \(absence.kind.rawValue) (\(effect)),"
            + " \(times.stretch(absence.startsAt, absence.endsAt)),"
            + " callers hear back at \(times.minute(absence.backAt))."
    }

    private var why: [String] {
        guard let absence = counting else { return [] }
        guard absence.origin == "calendar" else {
            return ["  Made by a \(absence.origin) on the telephone side, not by the calendar."]
        }
        return absence.bookingKeys.enumerated().map { index, key in
            let role = index == 0 ? "Decided by" : "Joined by"
            guard let outcome = outcomes.first(where: { $0.bookingKey == key }) else {
                return "  \(role) booking \(key), which has left the calendar since."
            }
            let weakened =
                outcome.isWeakened ? "; information only, for want of the diversion service" : ""
            return "  \(role) booking \(key), \(times.stretch(outcome.startsAt, outcome.endsAt)),"
                + " shown as \(outcome.showAs ?? "unknown"):"
                + " \(rule(outcome.decidedBy))\(weakened)."
        }
    }

    private var handEdits: [String] {
        holds.filter { $0.startsAt <= instant && instant < $0.endsAt }.map { hold in
            let deed = hold.cause == "deleted_by_hand" ? "deleted" : "changed"
            return "  \(hold.setBy ?? "Somebody") \(deed) it on the telephone side (found"
                + " \(times.minute(hold.heldFrom))); it stays so until the booking changes."
        }
    }

    /// The bookings of the day that gave nothing.
    private var whatElse: [String] {
        let day = times.day(instant)
        let nothing = outcomes.filter {
            $0.because != nil && times.day($0.startsAt) <= day && day <= times.day($0.endsAt)
        }
        guard !nothing.isEmpty else { return [] }
        return ["Bookings of \(day) that give nothing:"]
            + nothing.map {
                "  \($0.bookingKey), \(times.stretch($0.startsAt, $0.endsAt)):"
                    + " \($0.because ?? "") - \(Self.meaning[$0.because ?? ""] ?? "")"
            }
    }

    private var deeds: [String] {
        guard !history.isEmpty else { return [] }
        return ["What was done about \(times.minute(instant)):"]
            + history.suffix(10).map { record in
                let end =
                    if let because = record.heldBecause {
                        "held back: \(because)"
                    } else if let outcome = record.outcome {
                        outcome + (record.endedAt.map { " \(times.minute($0))" } ?? "")
                    } else {
                        "outcome not known yet"
                    }
                return "  run \(record.run), planned \(times.minute(record.plannedAt)):"
                    + " \(record.action), \(end)"
            }
    }

    private func label(_ reason: String) -> String { labels[reason] ?? reason }

    private func rule(_ decidedBy: String?) -> String {
        switch decidedBy {
        case "choice": "the choice for this one booking"
        case "code": "the code in its subject"
        case "user": "the user's own rules"
        case "administrator": "the administrator's rules"
        default: "the template's rules"
        }
    }

    private static let meaning = [
        "cancelled": "the meeting is cancelled",
        "declined": "the user declined it",
        "no_time": "it ends when it starts",
        "user_without_service": "the user does not have the service",
        "user_disabled": "the user switched it off",
        "private": "private bookings are not used",
        "booking_override": "the user chose so for this booking",
        "all_day": "all-day bookings are not used",
        "not_answered": "its code does not count until the invitation is answered",
        "no_code": "it has no code",
        "show_as": "the rules skip what is shown so",
        "outside_office_hours": "it lies outside office hours",
        "covered": "another absence decides the whole of its time",
        "past": "it has ended",
        "beyond_horizon": "it begins too far ahead",
    ]
}
