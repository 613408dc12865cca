import AbsenceModel
import AbsenceStore
import Foundation

/// An explanation as `--format json` prints it; instants in UTC.
struct ExplanationDocument: Encodable {
    var user: String
    var name: String
    var phone: String
    var at: Date
    var shown: [Shown]
    var wanted: Wanted?
    /// What the last read-back up to the instant showed, whoever made it.
    var seen: [Seen]
    var withheld_because: String?
    var bookings: [Booking]
    var made_way: [MadeWay]
    var holds: [Hold]
    var changes: [Deed]

    struct Shown: Encodable {
        var origin: String
        var kind: String
        var reason: String
        var announced_reason: String
        var starts_at: Date
        var ends_at: Date
        var back_at: Date
        var target: String?
        var bookings: [String]
        var losses: [String]
        var set_by: String?
        var run: Int64?
        var planned_at: Date?
        var acknowledged_at: Date?
    }

    struct Wanted: Encodable {
        var kind: String
        var reason: String
        var announced_reason: String
        var starts_at: Date
        var ends_at: Date
        var back_at: Date
        var target: String?
        var bookings: [String]
    }

    struct Seen: Encodable {
        var origin: String
        var kind: String
        var reason: String
        var starts_at: Date
        var ends_at: Date
        var set_by: String?
    }

    struct Booking: Encodable {
        var booking: String
        var since: Date
        var starts_at: Date
        var ends_at: Date
        var show_as: String?
        var code: String?
        var rule_set_version: Int
        var decided_by: String?
        var reason: String?
        var kind: String?
        var is_weakened: Bool
        var merged_with: [String]
        var suppressed_by: [String]
        var phones_closed: Int?
        var because: String?
    }

    struct MadeWay: Encodable {
        var booking: String
        var by: String
        var starts_at: Date
        var ends_at: Date
    }

    struct Hold: Encodable {
        var cause: String
        var starts_at: Date
        var ends_at: Date
        var found_at: Date
        var set_by: String?
        var set_at: Date?
    }

    struct Deed: Encodable {
        var run: Int64
        var planned_at: Date
        var action: String
        var held_because: String?
        var withdrawn_because: String?
        var outcome: String?
        var ended_at: Date?
    }
}

extension Explanation {
    var json: String {
        get throws { try JSONText.of(document) }
    }

    private var document: ExplanationDocument {
        ExplanationDocument(
            user: user.key,
            name: user.name,
            phone: user.phone,
            at: instant,
            shown: state.stood.map {
                .init(
                    origin: $0.origin,
                    kind: $0.kind.rawValue,
                    reason: $0.reason,
                    announced_reason: $0.announcedReason,
                    starts_at: $0.startsAt,
                    ends_at: $0.endsAt,
                    back_at: $0.backAt,
                    target: $0.target,
                    bookings: $0.bookingKeys,
                    losses: $0.losses,
                    set_by: $0.setBy,
                    run: $0.run,
                    planned_at: $0.plannedAt,
                    acknowledged_at: $0.acknowledgedAt
                )
            },
            wanted: state.wanted.first.map {
                .init(
                    kind: $0.kind.rawValue,
                    reason: $0.reason,
                    announced_reason: $0.announcedReason,
                    starts_at: $0.startsAt,
                    ends_at: $0.endsAt,
                    back_at: $0.backAt,
                    target: $0.target,
                    bookings: $0.bookingKeys
                )
            },
            seen: state.shown.map {
                .init(
                    origin: $0.origin,
                    kind: $0.kind.rawValue,
                    reason: $0.reason,
                    starts_at: $0.startsAt,
                    ends_at: $0.endsAt,
                    set_by: $0.setBy
                )
            },
            withheld_because: withheld,
            bookings: outcomes.filter(isOfTheDay).map {
                .init(
                    booking: $0.bookingKey,
                    since: $0.since,
                    starts_at: $0.startsAt,
                    ends_at: $0.endsAt,
                    show_as: $0.showAs,
                    code: $0.code,
                    rule_set_version: $0.ruleSetVersion,
                    decided_by: $0.decidedBy,
                    reason: $0.reason,
                    kind: $0.kind?.rawValue,
                    is_weakened: $0.isWeakened,
                    merged_with: $0.mergedWith,
                    suppressed_by: $0.suppressedBy,
                    phones_closed: closedPhones[$0.bookingKey],
                    because: $0.because
                )
            },
            made_way: suppressions.map {
                .init(
                    booking: $0.bookingKey,
                    by: $0.by,
                    starts_at: $0.startsAt,
                    ends_at: $0.endsAt
                )
            },
            holds: holds.map {
                .init(
                    cause: $0.cause,
                    starts_at: $0.startsAt,
                    ends_at: $0.endsAt,
                    found_at: $0.heldFrom,
                    set_by: $0.setBy,
                    set_at: $0.setAt
                )
            },
            changes: history.map {
                .init(
                    run: $0.run,
                    planned_at: $0.plannedAt,
                    action: $0.action,
                    held_because: $0.heldBecause,
                    withdrawn_because: $0.withdrawnBecause,
                    outcome: $0.outcome,
                    ended_at: $0.endedAt
                )
            }
        )
    }
}
