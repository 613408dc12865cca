import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation
import Reconcile
import Telephony

/// How a plan or a list is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
}

/// A run's plan and what came of it, for people and for programs.
struct PlanPrinter {
    let report: RunReport
    /// Whether it was carried out.
    let isApplied: Bool
    /// Of coded bookings, how many phones each closes (domain S2-18).
    let closedPhones: [String: Int]
    private let times: WallTimes

    init(_ report: RunReport, isApplied: Bool, closedPhones: [String: Int] = [:]) {
        self.report = report
        self.isApplied = isApplied
        self.closedPhones = closedPhones
        times = WallTimes(report.customer.timeZone)
    }

    func text(_ format: OutputFormat) throws -> String {
        switch format {
        case .table: plan
        case .json: try JSONText.of(document)
        case .csv: csv
        }
    }

    /// The changes alone, a line each.
    var changesTable: String {
        var table = Table(header: ["", "user", "phone", "when", "kind", "reason", "back", "note"])
        table.rows = lines.map {
            [$0.sign, $0.user, $0.phone, $0.when, $0.kind, $0.reason, $0.back, $0.note]
        }
        return table.rows.isEmpty ? "" : table.text
    }

    private var plan: String {
        var parts = report.plan.isEmpty ? [] : [changesTable, ""]
        if !report.isWhole {
            let rest =
                report.counts.changes + report.counts.held
                - report.plan.changes.count - report.plan.held.count
            parts += ["and \(rest) more; --format json or csv has all", ""]
        }
        parts.append("\(report.customer.key): \(summary)")
        if let refusal = report.plan.refusal {
            let users = number(refusal.userCount, "user")
            parts.append("held back by the limits, \(users): \(refusal)")
            parts.append(
                "read the plan; to let just these changes through within a day:"
                    + " kalenderkoppling reconcile --apply --customer \(report.customer.key)"
                    + " --approve \(report.digest?.prefix(16) ?? "")"
            )
        }
        if report.unobservedUserCount > 0 {
            parts.append(
                "left out, \(number(report.unobservedUserCount, "user")):"
                    + " the telephone side could not be asked what became of earlier changes"
            )
        }
        if report.unloadedUserCount > 0 {
            parts.append(
                "left out, \(number(report.unloadedUserCount, "user")): the database was restored,"
                    + " and their calendars have not been loaded since"
            )
        }
        return parts.joined(separator: "\n")
    }

    private var summary: String {
        let plan = report.counts
        let counts = "+\(plan.created) ~\(plan.updated) -\(plan.withdrawn)"
        guard !report.plan.isEmpty else { return "nothing to change" }
        let held = plan.held == 0 ? "" : ", \(plan.held) held back"
        let all = number(plan.changes, "change")
        guard isApplied else {
            return "\(all) planned (\(counts))\(held); nothing was done, --apply carries it out"
        }
        let failed = report.failedCount == 0 ? "" : ", \(report.failedCount) failed"
        return "\(report.doneCount) of \(all) done (\(counts))\(held)\(failed)"
    }

    private func number(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private struct Line {
        var sign: String
        var user: String
        var phone: String
        var when: String
        var kind: String
        var reason: String
        var back: String
        var note: String
    }

    private var lines: [Line] {
        let carried = report.plan.changes.map { ($0, nil as String?) }
        let held = report.plan.held.map { ($0.change, $0.because as String?) }
        return (carried + held).map { change, because in
            line(change, note: because.map { "held back: \($0)" } ?? note(on: change))
        }
    }

    private func line(_ change: Change, note: String) -> Line {
        let before = change.before?.told
        let after = change.after?.told
        func words(_ value: (Absence) -> String) -> String {
            let old = before.map(value)
            let new = after.map(value)
            guard let old, let new, old != new else { return new ?? old ?? "" }
            return "\(old) -> \(new)"
        }
        let sign =
            switch change.action {
            case .create: "+"
            case .update: "~"
            case .withdraw: "-"
            }
        return Line(
            sign: sign,
            user: change.userKey,
            phone: words(\.phone),
            when: words { times.stretch($0.startsAt, $0.endsAt) },
            kind: words(\.kind.rawValue),
            reason: words {
                $0.announcedReason == $0.reason
                    ? $0.reason.rawValue
                    : "\($0.reason.rawValue) (callers hear \($0.announcedReason.rawValue))"
            },
            back: words {
                $0.backAt == $0.endsAt ? times.time($0.backAt) : times.minute($0.backAt)
            },
            note: [unseen(in: change), why(change), reach(of: change), note]
                .filter { !$0.isEmpty }.joined(separator: "; ")
        )
    }

    /// What an update changes that has no column. The text itself is not for every eye.
    private func unseen(in change: Change) -> String {
        guard let before = change.before, let after = change.after else { return "" }
        let fields = [
            before.shownText == after.shownText ? nil : "text",
            before.target == after.target ? nil : "target",
            before.ringSeconds == after.ringSeconds ? nil : "ring time",
        ]
        .compactMap(\.self)
        return fields.isEmpty ? "" : "new \(fields.joined(separator: ", "))"
    }

    /// Why it is withdrawn.
    private func why(_ change: Change) -> String {
        change.withdrawnBecause?.replacing("_", with: " ") ?? ""
    }

    /// How many phones the coded meeting behind it closes, where that is more than this one.
    private func reach(of change: Change) -> String {
        guard let most = phonesClosed(by: change), most > 1 else { return "" }
        return "the meeting's code closes \(most) phones"
    }

    private func phonesClosed(by change: Change) -> Int? {
        guard change.after?.kind == .direct else { return nil }
        return change.bookingKeys.compactMap { closedPhones[$0] }.max()
    }

    private func note(on change: Change) -> String {
        switch report.outcomes[change.key] {
        case nil, .done: ""
        case .unchanged: "stood so already"
        case .conflict: "conflict: a person was there"
        case .refused(let reason): "failed: \(reason)"
        case .unknown: "not known; the next pass will look"
        }
    }

    var csv: String {
        var table = Table(
            header: [
                "customer", "action", "user", "absence_key", "held_because", "before_start",
                "before_end", "before_kind", "before_reason", "after_start", "after_end",
                "after_kind", "after_reason", "bookings", "withdrawn_because", "phones_closed",
            ]
        )
        table.rows = rows.map { change, because in
            [
                report.customer.key, change.actionName, change.userKey,
                change.key.uuidString.lowercased(), because ?? "",
            ] + sides(change.before) + sides(change.after) + [
                change.bookingKeys.joined(separator: " "), change.withdrawnBecause ?? "",
                phonesClosed(by: change).map(String.init) ?? "",
            ]
        }
        return table.csv
    }

    private func sides(_ absence: Absence?) -> [String] {
        guard let absence else { return ["", "", "", ""] }
        return [
            absence.startsAt.formatted(.iso8601), absence.endsAt.formatted(.iso8601),
            absence.kind.rawValue, absence.reason.told.rawValue,
        ]
    }

    private var rows: [(Change, String?)] {
        report.plan.changes.map { ($0, nil) } + report.plan.held.map { ($0.change, $0.because) }
    }

    var document: PlanDocument {
        PlanDocument(
            customer: report.customer.key,
            as_of: report.plan.asOf,
            is_applied: isApplied,
            refusal: report.plan.refusal?.description,
            digest: report.digest,
            changes: rowDocuments
        )
    }

    var rowDocuments: [PlanDocument.Row] {
        rows.map { change, because in
            PlanDocument.Row(
                action: change.actionName,
                user: change.userKey,
                absence_key: change.key.uuidString.lowercased(),
                held_because: because,
                withdrawn_because: change.withdrawnBecause,
                phones_closed: phonesClosed(by: change),
                outcome: report.outcomes[change.key].map { "\($0)" },
                before: change.before?.told,
                after: change.after?.told,
                bookings: change.bookingKeys
            )
        }
    }
}

/// A plan as `--format json` prints it.
struct PlanDocument: Encodable {
    var customer: String
    var as_of: Date
    var is_applied: Bool
    var refusal: String?
    var digest: String?
    var changes: [Row]

    struct Row: Encodable {
        var action: String
        var user: String
        var absence_key: String
        var held_because: String?
        var withdrawn_because: String?
        var phones_closed: Int?
        var outcome: String?
        var before: Absence?
        var after: Absence?
        var bookings: [String]
    }
}
