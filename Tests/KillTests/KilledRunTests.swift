import Foundation
import Postgres
import TestSupport
import Testing

/// Runs that die: the next minutely pass ends where an undisturbed one would.
@Suite struct KilledRunTests {
    @Test(arguments: KillPoint.ofProgram)
    func `what a killed program left is mended by the next minute`(point: KillPoint) async throws {
        try await Office.run { try await KilledRun(office: $0, point: point).play() }
    }

    @Test(arguments: KillPoint.ofSession)
    func `what an ended session left is mended by the next minute`(point: KillPoint) async throws {
        try await Office.run { try await KilledRun(office: $0, point: point).play() }
    }

    @Test func `a server that dies with rows in staging loses nothing`() async throws {
        var cluster = try TestCluster.start()
        do {
            try await Office.run(on: cluster) { office in
                var office = office
                // What is committed outlives the server, as it does in a real one.
                office.program.environment["PGOPTIONS"] = "-c synchronous_commit=on"
                let run = KilledRun(
                    office: office,
                    point: KillPoint(phase: .load, table: "calendar.bookings")
                )
                try await run.prepare()
                try await run.stopAtPoint { _ in try cluster.kill() }
                try cluster.restart()
                try await run.mend()
            }
        } catch {
            try? cluster.stop()
            throw error
        }
        try cluster.stop()
    }
}

/// One run that dies at a point, and what comes after it.
struct KilledRun {
    let office: Office
    let point: KillPoint

    func play() async throws {
        try await prepare()
        try await stopAtPoint { session in
            switch point.victim {
            case .program: break
            case .session:
                _ = try session.ask("select pg_terminate_backend(\(try waiting(session)))")
            }
        }
        if point.isDeletedMeanwhile { try office.unbook("bo", "new") }
        try await mend()
    }

    /// Two users whose phones are as they should be; then one booking is new, one moved, one
    /// gone, one private.
    func prepare() async throws {
        try office.write(Self.customer, to: "customer.yaml")
        try office.write(Self.roster, to: "roster.csv")
        try office.book("anna", EventText("moved", "20261123T090000Z", "20261123T100000Z"))
        try office.book("anna", EventText("gone", "20261124T090000Z", "20261124T100000Z"))
        try office.book(
            "bo",
            EventText(
                "series",
                "20261125T090000Z",
                "20261125T100000Z",
                ["RRULE:FREQ=WEEKLY;COUNT=3"]
            )
        )
        try office.book("bo", EventText("hidden", "20261126T090000Z", "20261126T100000Z"))
        try await run("customer", "apply", "customer.yaml")
        try await run("roster", "import", "roster.csv")
        try await minute()
        try await run("load", "absences")
        #expect(try await office.shown().count == 6)

        try office.book("anna", EventText("moved", "20261123T110000Z", "20261123T120000Z"))
        try office.unbook("anna", "gone")
        try office.book("bo", EventText("new", "20261127T090000Z", "20261127T100000Z"))
        try office.book(
            "bo",
            EventText("hidden", "20261126T090000Z", "20261126T100000Z", ["CLASS:PRIVATE"])
        )
        if point.phase == .reconcile { try await run("load", "bookings") }
    }

    /// Runs the phase until it waits at the point, lets `die` do its part, and kills the program
    /// where it still lives.
    func stopAtPoint(_ die: (Connection) throws -> Void) async throws {
        let session = try office.database.connect(applicationName: "watcher")
        var holder = try hold(point.table)
        let program = office.program
        let arguments =
            point.phase == .load
            ? ["load", "bookings", "--now", Office.now]
            : ["reconcile", "--touched", "--apply", "--now", Office.now]
        let victim = Task { try await program.run(arguments) }

        try await waitUntil("it waits for \(point.table)") { try !waiting(session).isEmpty }
        if let then = point.then {
            let second = try hold(then)
            try holder.command("rollback")
            holder = second
            try await waitUntil("it waits for \(then)") { try !waiting(session).isEmpty }
        }
        try die(session)
        if point.victim == .program { victim.cancel() }
        let ending = try await victim.value
        #expect(ending.status != 0)
        try? holder.command("rollback")
    }

    /// The next minutely pass, and then the proof: a nightly one finds nothing to do.
    func mend() async throws {
        let session = try office.database.connect(applicationName: "watcher")
        try await waitUntil("the dead run's sessions have ended") {
            try session.askOne(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and application_name like 'kalenderkoppling%'
                """
            ) == "0"
        }
        try await minute()
        #expect(try await office.shown() == expected)
        #expect(try session.askOne(Self.unlike) == "0", "placed is not what stands")
        #expect(try session.askOne("select count(*) from absence.unsettled_users") == "0")
        #expect(try session.askOne("select count(*) from calendar.touched") == "0")
        #expect(try session.askOne("select count(*) from staging.bookings") == "0")

        try await run("load", "bookings", "--full")
        try await run("load", "absences")
        let nightly = try await run("reconcile", "--apply")
        #expect(nightly.output == "prov: nothing to change\n")
        #expect(try await office.shown() == expected)
        try expectAudit(session)
    }

    /// The audit shows that something was cut off, and what was found of it.
    private func expectAudit(_ session: Connection) throws {
        let cutOff = try session.askOne(
            """
            select (select count(*) from audit.loads where ended_at is null)
                + (select count(*) from audit.runs where ended_at is null)
            """
        )
        #expect((cutOff != "0") == point.leavesTrace)
        if point.phase == .reconcile, point.table == "telephony.placed", point.then == nil {
            #expect(
                try session.askOne(
                    "select count(*) from audit.changes where outcome = 'found_done'"
                ) == "4"
            )
        }
    }

    private var expected: [String] {
        [
            "4021 information meeting 11-23 11:00 11-23 12:00",
            "4022 information meeting 11-25 09:00 11-25 10:00",
            point.isDeletedMeanwhile ? nil : "4022 information meeting 11-27 09:00 11-27 10:00",
            "4022 information meeting 12-02 09:00 12-02 10:00",
            "4022 information meeting 12-09 09:00 12-09 10:00",
        ]
        .compactMap(\.self)
    }

    /// What the timer does every minute.
    private func minute() async throws {
        try await run("load", "bookings")
        try await run("reconcile", "--touched", "--apply")
    }

    @discardableResult
    private func run(_ arguments: String...) async throws -> Program.Ending {
        let ending = try await office.program.run(arguments + ["--now", Office.now])
        #expect(ending.status == 0, "\(arguments): \(ending.everything)")
        return ending
    }

    /// A session that lets everybody read a table and nobody write it.
    private func hold(_ table: String) throws -> Connection {
        let connection = try office.database.connect(applicationName: "holder")
        try connection.command("begin")
        try connection.command("lock table \(table) in exclusive mode")
        return connection
    }

    /// The process that waits for a lock, or nothing.
    private func waiting(_ session: Connection) throws -> String {
        try session.ask(
            """
            select distinct pg_locks.pid from pg_locks
            inner join pg_stat_activity on pg_locks.pid = pg_stat_activity.pid
            where not granted and application_name like 'kalenderkoppling%'
                and datname = current_database()
            """
        )
        .first?.first ?? ""
    }

    private func waitUntil(_ what: String, _ isSo: () throws -> Bool) async throws {
        for _ in 0..<1500 {
            if try isSo() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it never came to it that \(what)")
        throw CancellationError()
    }

    private static let customer = """
        customer: prov
        name: Prov
        system: one-x
        timezone: Europe/Stockholm
        limits: { withdrawn_share: 1 }
        calendars:
          - { name: files, kind: ics, folder: calendars }

        """

    private static let roster = """
        key,name,extension,calendar,services
        anna,Anna Ek,4021,files:anna,calendar diversion
        bo,Bo Ek,4022,files:bo,calendar diversion

        """

    /// How many absences are not the same on both sides.
    private static let unlike = """
        select count(*) from telephony.placed
        full join (
            select * from switchboard.absences where origin = 'calendar'
        ) as standing on placed.absence_key = standing.absence_key
        where (placed.extension, placed.kind::text, placed.reason, placed.starts_at,
            placed.ends_at, placed.back_at, placed.version_tag)
            is distinct from (standing.extension, standing.kind::text, standing.reason,
            standing.starts_at, standing.ends_at, standing.back_at, standing.version::text)
        """
}
