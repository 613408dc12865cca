import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Telephony

/// Prints a run's plan: what is at hand of it, or all of a large one from where it stands written,
/// a part at a time.
struct WrittenPlan {
    let report: RunReport
    let isApplied: Bool
    let store: AbsenceStore

    func print(_ format: OutputFormat) throws {
        guard !report.isWhole, format != .table, let run = report.run else {
            Swift.print(try printer(of: report).text(format))
            return
        }
        switch format {
        case .table: break
        case .csv: try printCSV(of: run)
        case .json: try printJSON(of: run)
        }
    }

    private func printCSV(of run: PlannedRun) throws {
        var isFirst = true
        try store.writtenChanges(of: run) { part in
            let text = try printer(of: self.part(part)).csv
            // Each part has the header.
            Swift.print(isFirst ? text : text.drop { $0 != "\n" }.dropFirst())
            isFirst = false
        }
    }

    private func printJSON(of run: PlannedRun) throws {
        var document = try printer(of: report).document
        document.changes = []
        let frame = try JSONText.of(document)
        let list = /"changes" : \[\s*\]/
        guard let place = frame.firstRange(of: list) else { return }
        Swift.print(frame[..<place.lowerBound] + "\"changes\" : [")
        var isFirst = true
        try store.writtenChanges(of: run) { part in
            for row in try printer(of: self.part(part)).rowDocuments {
                let text = try JSONText.of(row).split(separator: "\n").map { "    \($0)" }
                Swift.print((isFirst ? "" : ",\n") + text.joined(separator: "\n"), terminator: "")
                isFirst = false
            }
        }
        Swift.print("\n  ]" + frame[place.upperBound...])
    }

    private func printer(of report: RunReport) throws -> PlanPrinter {
        let closed = try store.closedPhones(by: report.plan.closingBookings, of: report.customer)
        return PlanPrinter(report, isApplied: isApplied, closedPhones: closed)
    }

    /// A part of the plan, as a report of its own.
    private func part(_ changes: [WrittenChange]) -> RunReport {
        let plan = Plan(
            changes: changes.filter { $0.heldBecause == nil }.map(\.change).inOrder,
            held: changes.compactMap { written in
                written.heldBecause.map { Plan.HeldChange(change: written.change, because: $0) }
            },
            asOf: report.plan.asOf
        )
        var part = RunReport(customer: report.customer, plan: plan)
        guard isApplied else { return part }
        for written in changes where written.heldBecause == nil {
            part.outcomes[written.change.key] = written.told
        }
        return part
    }
}

extension WrittenChange {
    /// What came of it, in the words of the telephone side.
    fileprivate var told: ChangeOutcome {
        switch outcome {
        case nil: .unknown
        case "done": .done(version: change.versionTag)
        case "unchanged": .unchanged(version: change.versionTag)
        case "conflict": .conflict
        default: .refused(failure ?? "not sent")
        }
    }
}
