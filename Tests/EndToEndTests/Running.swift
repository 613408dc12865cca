import Foundation
import TestSupport
import Testing

extension Office {
    /// Runs the program at ``now``; it must leave with `status`.
    @discardableResult
    func run(
        _ arguments: String...,
        expecting status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Program.Ending {
        let ending = try await program.run(arguments + ["--now", Office.now])
        #expect(
            ending.status == status,
            "\(arguments.joined(separator: " ")): \(ending.everything)",
            sourceLocation: sourceLocation
        )
        return ending
    }

    /// Takes the customer and its users in.
    func open(calendars: String, users: String) async throws {
        try write(
            """
            customer: prov
            name: Provbolaget
            system: one-x
            timezone: Europe/Stockholm
            rules:
              show_as:
                busy: { reason: meeting, kind: open }
            calendars:
              \(calendars.replacing("\n", with: "\n  "))

            """,
            to: "customer.yaml"
        )
        try write("key,name,extension,calendar,services\n\(users)\n", to: "roster.csv")
        try await run("customer", "apply", "customer.yaml")
        try await run("roster", "import", "roster.csv")
    }

    /// Brings the users whose bookings may have changed up to date.
    ///
    /// - Returns: how many absences were created, updated and withdrawn.
    func reconcileTouched(
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ChangeCounts {
        let ending = try await run(
            "reconcile",
            "--touched",
            "--apply",
            "--format",
            "json",
            sourceLocation: sourceLocation
        )
        return try ChangeCounts(json: ending.output)
    }
}

/// How many changes of each kind a run made.
struct ChangeCounts: Equatable {
    var created = 0
    var updated = 0
    var withdrawn = 0

    static let none = ChangeCounts()

    init(created: Int = 0, updated: Int = 0, withdrawn: Int = 0) {
        self.created = created
        self.updated = updated
        self.withdrawn = withdrawn
    }

    /// Of a plan as `--format json` prints it.
    init(json: String) throws {
        struct Plan: Decodable {
            struct Change: Decodable { var action: String }
            var changes: [Change]
        }
        let plan = try JSONDecoder().decode(Plan.self, from: Data(json.utf8))
        for change in plan.changes {
            switch change.action {
            case "create": created += 1
            case "update": updated += 1
            default: withdrawn += 1
            }
        }
    }
}
