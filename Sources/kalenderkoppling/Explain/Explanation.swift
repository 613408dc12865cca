import AbsenceModel
import AbsenceStore
import Foundation
import Settings

/// Why a phone was as it was at an instant: what is known, and its sentences in a language.
struct Explanation {
    let user: RosterEntry
    let instant: Date
    let language: Language
    let labels: [String: String]
    let state: UserState
    /// Why what is wanted is not placed, where the telephone system cannot express it.
    let withheld: String?
    let outcomes: [BookingOutcome]
    let suppressions: [Suppression]
    /// Of coded bookings, how many phones each closes.
    let closedPhones: [String: Int]
    let holds: [StandingHold]
    let history: [ChangeRecord]

    var times: WallTimes { WallTimes(user.timeZone) }

    /// The absence that counts for a call: a person's own before the calendar's.
    var counting: StoodAbsence? { state.stood.first }

    /// Whether a booking has any part of the user's day.
    func isOfTheDay(_ outcome: BookingOutcome) -> Bool {
        let day = times.day(instant)
        // The end is the first instant after.
        let last = max(outcome.startsAt, outcome.endsAt.addingTimeInterval(-1))
        return times.day(outcome.startsAt) <= day && day <= times.day(last)
    }

    var text: String {
        ([headline] + why + beside + planned + handEdits + whatElse + deeds).joined(separator: "\n")
    }

    private var headline: String {
        let who = "\(user.name) (\(user.phone))"
        let at = times.minute(instant)
        guard let absence = counting else { return say(.ringsAsUsual, ["who": who, "at": at]) }
        let stands = say(
            .stands,
            [
                "who": who, "at": at, "reason": label(absence.reason),
                "stretch": times.stretch(absence.startsAt, absence.endsAt),
                "effect": word(absence.kind.rawValue),
            ]
        )
        guard absence.kind != .information else { return stands }
        return stands + " "
            + say(
                .callersHear,
                ["reason": label(absence.announcedReason), "back": times.minute(absence.backAt)]
            )
    }

    private var why: [String] {
        guard let absence = counting else { return [] }
        guard absence.origin == "calendar" else {
            let when = absence.acknowledgedAt.map { " \(times.minute($0))" } ?? ""
            let who = absence.setBy ?? word("\(absence.origin)_somebody")
            return [line(.setByPerson, ["who": who, "when": when])]
        }
        return absence.bookingKeys.enumerated().map { index, key in
            let isFirst = index == 0
            guard let outcome = outcomes.first(where: { $0.bookingKey == key }) else {
                return line(isFirst ? .decidedByLost : .joinedByLost, ["booking": key])
            }
            let changed =
                absence.bookingMarks.contains(outcome.mark) ? "" : " " + say(.changedSince, [:])
            return line(
                isFirst ? .decidedBy : .joinedBy,
                [
                    "booking": key, "stretch": times.stretch(outcome.startsAt, outcome.endsAt),
                    "shown": word(outcome.showAs ?? "unknown"), "rule": rule(outcome),
                    "since": times.minute(outcome.since), "version": "\(outcome.ruleSetVersion)",
                ]
            ) + (outcome.isWeakened ? " " + say(.weakened, [:]) : "") + changed
        }
    }

    private var planned: [String] {
        guard let run = counting?.run, let plannedAt = counting?.plannedAt,
            let acknowledgedAt = counting?.acknowledgedAt
        else { return [] }
        return [
            line(
                .planned,
                [
                    "run": "\(run)", "planned": times.minute(plannedAt),
                    "acknowledged": times.minute(acknowledgedAt),
                ]
            )
        ]
    }

    /// What made way, whom else a code reaches, and where rules and phone do not agree.
    private var beside: [String] {
        let behind = Set(counting?.bookingKeys ?? [])
        var lines = suppressions.filter {
            behind.contains($0.by) && $0.startsAt <= instant && instant < $0.endsAt
        }
        .map {
            line(
                .madeWay,
                ["booking": $0.bookingKey, "stretch": times.stretch($0.startsAt, $0.endsAt)]
            )
        }
        if let most = behind.compactMap({ closedPhones[$0] }).max(), most > 1 {
            lines.append(line(.reach, ["count": "\(most)"]))
        }
        if let losses = counting?.losses, !losses.isEmpty {
            let words = losses.map { word("loss_\($0)") }
            lines.append(line(.lost, ["losses": words.joined(separator: ", ")]))
        }
        switch (counting, state.wanted.first) {
        case (nil, let wanted?):
            lines.append(
                line(
                    .wantedOnly,
                    [
                        "reason": label(wanted.reason),
                        "stretch": times.stretch(wanted.startsAt, wanted.endsAt),
                        "effect": word(wanted.kind.rawValue),
                    ]
                )
            )
            if let withheld {
                lines.append(line(.withheld, ["because": word("withheld_\(withheld)")]))
            }
        case (let stood?, nil) where stood.origin == "calendar" && holdsNow.isEmpty:
            lines.append(line(.noLongerWanted, [:]))
        default:
            break
        }
        return lines
    }

    private var holdsNow: [StandingHold] {
        holds.filter { $0.startsAt <= instant && instant < $0.endsAt }
    }

    private var handEdits: [String] {
        holdsNow.map { hold in
            line(
                hold.cause == "deleted_by_hand" ? .deletedByHand : .changedByHand,
                [
                    "who": hold.setBy ?? word("somebody"),
                    "when": hold.setAt.map { " \(times.minute($0))" } ?? "",
                    "found": times.minute(hold.heldFrom),
                ]
            )
        }
    }

    private var whatElse: [String] {
        // What is over by the instant gave something before it.
        let idle = outcomes.filter {
            $0.because != nil && $0.because != "past" && isOfTheDay($0)
        }
        guard !idle.isEmpty else { return [] }
        return [say(.nothingFrom, ["day": times.day(instant)])]
            + idle.map { outcome in
                let because = outcome.because ?? ""
                let by =
                    because == "covered" && !outcome.suppressedBy.isEmpty
                    ? " (\(outcome.suppressedBy.joined(separator: ", ")))" : ""
                return
                    "  \(outcome.bookingKey), \(times.stretch(outcome.startsAt, outcome.endsAt)):"
                    + " \(word(because))\(by) [\(because)]"
            }
    }

    private var deeds: [String] {
        guard !history.isEmpty else { return [] }
        return [say(.deeds, ["at": times.minute(instant)])]
            + history.suffix(10).map { record in
                let end =
                    if let because = record.heldBecause {
                        say(.heldBack, ["because": word("held_\(because)")])
                    } else if let outcome = record.outcome {
                        word(outcome) + (record.endedAt.map { " \(times.minute($0))" } ?? "")
                    } else {
                        say(.outcomeUnknown, [:])
                    }
                let cause = record.withdrawnBecause.map { " (\(word($0)))" } ?? ""
                return line(
                    .deed,
                    [
                        "run": "\(record.run)", "planned": times.minute(record.plannedAt),
                        "action": word(record.action) + cause, "end": end,
                    ]
                )
            }
    }

    private func rule(_ outcome: BookingOutcome) -> String {
        guard outcome.decidedBy == "code", let code = outcome.code, !code.isEmpty else {
            return word("by_\(outcome.decidedBy ?? "template")")
        }
        return say(.byCode, ["code": code.uppercased()])
    }

    private func label(_ reason: String) -> String { labels[reason] ?? reason }

    private func word(_ key: String) -> String { Words.word(key, in: language) }

    private func say(_ phrase: Phrase, _ values: [String: String]) -> String {
        phrase.text(in: language, values)
    }

    private func line(_ phrase: Phrase, _ values: [String: String]) -> String {
        "  " + say(phrase, values)
    }
}
