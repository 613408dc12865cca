import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile

/// What other rules would change, for people and for programs.
struct TrialPrinter {
    let report: TrialReport
    /// How many changes the table shows; the other formats have all.
    let examples: Int

    init(_ report: TrialReport, examples: Int) {
        self.report = report
        self.examples = examples
    }

    func text(_ format: OutputFormat) throws -> String {
        switch format {
        case .table: table
        case .json: try json
        case .csv: printer(of: report.plan).csv
        }
    }

    private var counts: (added: Int, changed: Int, removed: Int) {
        let changes = report.plan.changes
        return (
            changes.count { $0.actionName == "create" },
            changes.count { $0.actionName == "update" },
            changes.count { $0.actionName == "withdraw" }
        )
    }

    private var table: String {
        let (added, changed, removed) = counts
        let asTheyAre = report.standingCount - changed - removed
        let closed = report.closedTime
        var lines: [String] = []
        if !report.plan.changes.isEmpty, examples > 0 {
            lines += [printer(of: exemplary).changesTable, ""]
            let left = report.plan.changes.count - exemplary.changes.count
            if left > 0 {
                lines += [
                    "and \(left) more; --examples \(report.plan.changes.count) shows all", "",
                ]
            }
        }
        lines.append(
            "\(report.customer.key): \(report.touchedUserCount) of \(report.userCount) users"
                + " touched; absences: \(added) added, \(changed) changed, \(removed) removed,"
                + " \(asTheyAre) as they are"
        )
        lines.append(
            "closed phones: \(hours(closed.gainedHours)) more, \(hours(closed.lostHours)) less"
        )
        if !report.notJudged.isEmpty {
            lines.append(
                "not judged without --fresh, for what they need was not kept of the bookings:"
                    + " \(report.notJudged.joined(separator: ", "))"
            )
        }
        if report.failedCalendars > 0 {
            lines.append(
                "\(report.failedCalendars) calendars could not be read:"
                    + " their bookings are judged as they are stored"
            )
        }
        if let refusal = report.refusal {
            lines.append(
                "the limits would hold back \(refusal.userCount) users: \(refusal)"
            )
        }
        if report.isFresh {
            lines.append("what changed in the calendars since the last load is among the changes")
        }
        lines.append("nothing was changed")
        return lines.joined(separator: "\n")
    }

    /// The first changes of as many users as possible, then others.
    private var exemplary: Plan {
        var seen: Set<UserID> = []
        let firsts = report.plan.changes.filter { seen.insert($0.user).inserted }.map(\.key)
        let isFirst = Set(firsts)
        let others = report.plan.changes.map(\.key).filter { !isFirst.contains($0) }
        return report.plan.showing(only: Set((firsts + others).prefix(examples)))
    }

    private func printer(of plan: Plan) -> PlanPrinter {
        PlanPrinter(
            RunReport(customer: report.customer, plan: plan),
            isApplied: false,
            closedPhones: report.closedPhones
        )
    }

    private func hours(_ hours: Double) -> String {
        let minutes = Int((hours * 60).rounded())
        let parts = [
            minutes < 60 ? nil : "\(minutes / 60) h",
            minutes % 60 == 0 && minutes > 0 ? nil : "\(minutes % 60) min",
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }

    private var json: String {
        get throws {
            let (added, changed, removed) = counts
            let document = TrialDocument(
                customer: report.customer.key,
                as_of: report.plan.asOf,
                users: report.userCount,
                touched_users: report.touchedUserCount,
                added: added,
                changed: changed,
                removed: removed,
                closed_hours_gained: report.closedTime.gainedHours,
                closed_hours_lost: report.closedTime.lostHours,
                not_judged: report.notJudged,
                is_fresh: report.isFresh,
                failed_calendars: report.failedCalendars,
                limits_would_hold_back: report.refusal?.description,
                changes: printer(of: report.plan).rowDocuments
            )
            return try JSONText.of(document)
        }
    }
}

/// A trial as `--format json` prints it.
private struct TrialDocument: Encodable {
    var customer: String
    var as_of: Date
    var users: Int
    var touched_users: Int
    var added: Int
    var changed: Int
    var removed: Int
    var closed_hours_gained: Double
    var closed_hours_lost: Double
    var not_judged: [String]
    var is_fresh: Bool
    var failed_calendars: Int
    var limits_would_hold_back: String?
    var changes: [PlanDocument.Row]
}
