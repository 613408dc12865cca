import Testing

/// Where a run is stopped: as it is about to write a table that somebody else holds.
struct KillPoint: Sendable, CustomTestStringConvertible {
    enum Phase: String, Sendable {
        case load, reconcile
    }

    /// What dies: the program, or the database's process that serves it.
    enum Victim: String, Sendable {
        case program, session
    }

    var phase: Phase
    /// Held from the beginning.
    var table: String
    /// Held once the run waits for `table`, which is then let go: so a run gets past its first
    /// write of a table and is stopped at the second.
    var then: String?
    var victim = Victim.program
    /// Whether the new booking is gone again before anything runs anew.
    var isDeletedMeanwhile = false

    /// Whether the run was written down before it died: then the audit has it without an end.
    /// Where the switchboard's session alone dies, the run goes on and says what it does not know.
    var leavesTrace: Bool {
        switch phase {
        case .load: !["customer.customers", "customer.work", "audit.loads"].contains(table)
        case .reconcile:
            table == "telephony.placed" || victim == .program && table.hasPrefix("switchboard.")
        }
    }

    var testDescription: String {
        [
            "\(victim.rawValue) in \(phase.rawValue) at \(table)", then.map { "then \($0)" },
            isDeletedMeanwhile ? "booking deleted meanwhile" : nil,
        ]
        .compactMap(\.self).joined(separator: ", ")
    }

    /// At these the program dies by SIGKILL.
    static let ofProgram: [KillPoint] = [
        KillPoint(phase: .load, table: "customer.customers"),
        KillPoint(phase: .load, table: "audit.loads"),
        KillPoint(phase: .load, table: "customer.work"),
        KillPoint(phase: .load, table: "staging.bookings"),
        KillPoint(phase: .load, table: "staging.cursors"),
        KillPoint(phase: .load, table: "calendar.bookings"),
        KillPoint(phase: .load, table: "calendar.booking_versions"),
        KillPoint(phase: .load, table: "calendar.touched"),
        KillPoint(phase: .load, table: "calendar.resources"),
        KillPoint(phase: .load, table: "calendar.cursors"),
        // Taken in, and not yet written down as ended.
        KillPoint(phase: .load, table: "calendar.cursors", then: "audit.loads"),
        KillPoint(phase: .reconcile, table: "customer.customers"),
        KillPoint(phase: .reconcile, table: "audit.runs"),
        KillPoint(phase: .reconcile, table: "audit.changes"),
        KillPoint(phase: .reconcile, table: "calendar.touched"),
        KillPoint(phase: .reconcile, table: "switchboard.fences"),
        KillPoint(phase: .reconcile, table: "switchboard.absences"),
        // Between the effect and its record.
        KillPoint(phase: .reconcile, table: "telephony.placed"),
        KillPoint(phase: .reconcile, table: "telephony.placed", isDeletedMeanwhile: true),
        KillPoint(phase: .reconcile, table: "switchboard.absences", then: "audit.changes"),
        KillPoint(phase: .reconcile, table: "switchboard.absences", isDeletedMeanwhile: true),
        // Recorded, and not yet written down as ended.
        KillPoint(phase: .reconcile, table: "telephony.placed", then: "audit.runs"),
    ]

    /// At these the database ends the session.
    static let ofSession: [KillPoint] = [
        KillPoint(phase: .load, table: "staging.coverage", victim: .session),
        KillPoint(phase: .load, table: "calendar.bookings", victim: .session),
        KillPoint(phase: .load, table: "calendar.touched", victim: .session),
        KillPoint(phase: .load, table: "calendar.cursors", victim: .session),
        KillPoint(phase: .reconcile, table: "audit.runs", victim: .session),
        KillPoint(phase: .reconcile, table: "audit.changes", victim: .session),
        KillPoint(phase: .reconcile, table: "switchboard.fences", victim: .session),
        KillPoint(phase: .reconcile, table: "switchboard.absences", victim: .session),
        KillPoint(phase: .reconcile, table: "telephony.placed", victim: .session),
        KillPoint(
            phase: .reconcile,
            table: "telephony.placed",
            victim: .session,
            isDeletedMeanwhile: true
        ),
    ]
}
