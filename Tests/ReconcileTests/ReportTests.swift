import Foundation
import Postgres
import Reconcile
import Testing
import TestSupport

/// The questions that people ask of the audit (sql/reports).
@Suite struct ReportTests {
    /// Reports of which a day like this one has nothing to tell.
    private static let silent = ["losses", "near-misses", "unknown-changes"]
    /// Reports that ask more than readers may.
    private static let ofJobs = ["conservation", "state-at"]

    @Test func `every report answers what it is asked, and a reader may ask it`() async throws {
        try await World.run(.init("a b c d e f g h i j k l")) { world in
            try await Self.liveThroughADay(in: world)
            for report in try Self.reports() {
                let answer = try Self.ask(report, in: world)
                #expect(
                    answer.isEmpty == Self.silent.contains(report.name),
                    "\(report.name): \(answer.joined(separator: "\n"))"
                )
                let role = Self.ofJobs.contains(report.name) ? "kk_job" : "kk_reader"
                _ = try Self.ask(report, in: world, as: role)
            }
            #expect(
                try world.number(
                    """
                    select count(*) from watch.audit_sizes where byte_count > stated_byte_count
                    """
                ) == 0
            )
        }
    }

    @Test func `every report says what it asks and shows how`() throws {
        let reports = try Self.reports()
        #expect(reports.count >= 20)
        for report in reports {
            let text = try String(contentsOf: report.file, encoding: .utf8)
            #expect(text.contains("--   psql --no-psqlrc"), "\(report.name)")
            #expect(text.contains("--file sql/reports/\(report.name).sql\n"), "\(report.name)")
        }
    }

    private struct Report {
        var file: URL
        var name: String { file.deletingPathExtension().lastPathComponent }
    }

    private static func reports() throws -> [Report] {
        try FileManager.default.contentsOfDirectory(
            at: Checkout.root.appending(path: "sql/reports"),
            includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "sql" }
        .map { Report(file: $0) }
        .sorted { $0.name < $1.name }
    }

    /// The lines of a report, of the customer and the day.
    private static func ask(
        _ report: Report,
        in world: World,
        as role: String? = nil
    ) throws -> [String] {
        var environment = world.database.environment
        environment["PGOPTIONS"] = role.map { "-c role=\($0)" }
        let text = try Script.run(
            URL(filePath: "/usr/bin/psql"),
            [
                "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
                "--set", "ON_ERROR_STOP=1", "--set", "customer=prov", "--set", "booking=m",
                "--set", "from=2026-11-22", "--set", "until=2026-11-25",
                "--set", "at=2026-11-23 08:30+01",
                "--file", report.file.path,
            ],
            environment: environment
        )
        return text.split(separator: "\n").map(String.init)
    }

    /// A day with something for everybody: bookings that come, move and go, a plan that the limits
    /// refuse and a person approves, a failure, hand edits, an outage, and changed settings.
    private static func liveThroughADay(in world: World) async throws {
        let users = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
        for user in users { world.book("m", of: user, at(14), at(15)) }
        try await world.minutely()
        world.clock.now = at(7, 10)
        try await world.readBack()

        world.clock.now = at(7, 20)
        for user in users.prefix(4) { world.calendars.remove("m", from: user) }
        let refused = try await world.minutely()
        _ = try await world.reconcile(approve: refused.digest)

        world.clock.now = at(7, 30)
        try world.byHand(
            """
            insert into switchboard.absences (customer_key, absence_key, extension, kind, reason,
                announced_reason, starts_at, ends_at, back_at, origin, set_at)
            values ('prov', gen_random_uuid(), '111', 'open', 'lunch', 'lunch',
                '2026-11-23 16:00+01', '2026-11-23 17:00+01', '2026-11-23 17:00+01', 'calendar',
                '2026-11-23 07:29+01')
            """
        )
        world.book("n", of: "k", at(16), at(17))
        try await world.minutely()
        _ = try await world.recordDrift()
        try world.byHand("delete from switchboard.absences where extension = '105'")
        for minute in [40, 41] {
            world.clock.now = at(7, minute)
            try await world.readBack()
        }
        try world.connection.command(
            """
            select intake.record_outage(1, 'no answer', '2026-11-23 07:50+01');
            insert into audit.skipped_runs values (1, 'reconcile', '2026-11-23 07:51+01', 'host:1');
            insert into audit.group_changes
            values (1, 1, '2026-11-23 07:52+01', 'fake', 'group', 'calendar', 'left');
            insert into audit.load_failures
            select customer_id, load_id, 1, 1, 'no answer', started_at, started_at
            from audit.loads limit 1;
            update calendar.cursors set failure = 'no answer', failed_at = '2026-11-23 07:53+01'
            where user_id = 1;
            analyze
            """
        )
        world.clock.now = at(8)
        try world.enroll(World.Setting("a b c d e f g h i j k").roster)
        try world.apply(World.Setting("a b c d e f g h i j k", rules: "days_ahead: 14"))
    }
}
