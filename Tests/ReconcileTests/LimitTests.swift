import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Testing
import TestSupport

/// The limits of a plan, from the calendar to the telephone side.
@Suite struct LimitTests {
    private static let ten = World.Setting("a b c d e f g h i j k l")
    private static let firstTen = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]

    /// Ten absences in the afternoon, one of each of the first ten users.
    private func withTen(_ body: (World) async throws -> Void) async throws {
        try await World.run(Self.ten) { world in
            for user in Self.firstTen { world.book("m", of: user, at(14), at(15)) }
            #expect(try await world.minutely().doneCount == 10)
            try await body(world)
        }
    }

    @Test func `three of ten are withdrawn`() async throws {
        try await withTen { world in
            for user in Self.firstTen.prefix(3) { world.calendars.remove("m", from: user) }
            let report = try await world.minutely()
            #expect(report.ending == .done)
            #expect(try world.phones().count == 7)
            #expect(
                try world.number("select count(*) from audit.changes where is_guarded") == 3
            )
        }
    }

    @Test func `four of ten are refused, their users held back whole, the others go on`()
        async throws
    {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            world.book("n", of: "a", at(16), at(17))
            world.book("n", of: "k", at(16), at(17))
            world.book("m", of: "j", at(16), at(17))
            let report = try await world.minutely()
            #expect(report.ending == .partial)
            #expect(report.doneCount == 2)
            #expect(report.plan.held.count == 5)
            #expect(
                try world.phones().count(where: { $0.contains("14:00-15:00") }) == 9
            )
            #expect(try world.phones().count(where: { $0.contains("16:00-17:00") }) == 2)
            #expect(
                try world.connection.ask(
                    """
                    select refusal like '4 of 10 absences%', refused_digest, held_count
                    from audit.runs order by run_id desc limit 1
                    """
                ) == [["true", report.digest ?? "", "5"]]
            )
            // They are looked at again, whatever else happens.
            let looked = try world.touched()
            #expect(Set(looked.map { $0.prefix(1) }) == ["a", "b", "c", "d"])
        }
    }

    @Test func `where nothing is let through the pass ends as refused`() async throws {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            let report = try await world.minutely()
            #expect(report.ending == .refused)
            #expect(try world.phones().count == 10)
            #expect(world.exchange.batches.count == 1)
        }
    }

    @Test func `drained slowly, a withdrawal a minute, the limits hold all the same`()
        async throws
    {
        try await withTen { world in
            var endings: [RunReport.Ending] = []
            for (minute, user) in Self.firstTen.prefix(6).enumerated() {
                world.clock.now = at(8, minute)
                world.calendars.remove("m", from: user)
                endings.append(try await world.minutely().ending)
            }
            #expect(endings == [.done, .done, .done, .refused, .refused, .refused])
            #expect(try world.phones().count == 7)
            // A day later what was taken then counts no more: of the three still to be taken
            // and the seven that stand the share is too large, as it was from the start.
            world.clock.now = at(8, 10, day: 1)
            for user in Self.firstTen { world.book("o", of: user, at(14, day: 1), at(15, day: 1)) }
            _ = try await world.load()
            #expect(try await world.reconcile().ending == .done)
        }
    }

    @Test func `shortening a little every minute is held as well`() async throws {
        try await withTen { world in
            var refused = 0
            for (minute, user) in Self.firstTen.enumerated() {
                world.clock.now = at(8, minute)
                world.book("m", of: user, at(14), at(14, 30))
                if try await world.minutely().plan.refusal != nil { refused += 1 }
            }
            #expect(refused == 7)
            #expect(try world.phones().count(where: { $0.contains("14:00-14:30") }) == 3)
        }
    }

    @Test func `a refusal that repeats every minute does not fill the audit`() async throws {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            try await world.minutely()
            let changes = try world.changes()
            #expect(changes.count == 14)
            for minute in 1...5 {
                world.clock.now = at(7, minute)
                #expect(try await world.minutely().ending == .refused)
            }
            #expect(try world.changes() == changes)
            // Another refusal is written down.
            world.calendars.remove("m", from: "e")
            try await world.minutely()
            #expect(try world.changes().count == changes.count + 5)
        }
    }

    @Test func `phones that would close are refused once, and named alike every minute`()
        async throws
    {
        try await World.run(Self.ten) { world in
            for user in Self.firstTen { world.book("m", of: user, at(14), at(15), .outOfOffice) }
            let first = try await world.minutely()
            #expect(first.ending == .refused)
            world.clock.now = at(7, 1)
            let second = try await world.minutely()
            #expect(second.digest == first.digest)
            #expect(try world.changes().count == 10)
            let approved = try await world.reconcile(.everybody, approve: first.digest)
            #expect(approved.ending == .done)
            #expect(try world.phones().count == 10)
        }
    }

    @Test func `what a person approves by its digest goes through`() async throws {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            let refused = try await world.minutely()
            let digest = try #require(refused.digest)
            let report = try await world.reconcile(.everybody, approve: String(digest.prefix(8)))
            #expect(report.ending == .done)
            #expect(try world.phones().count == 6)
            #expect(
                try world.connection.ask(
                    "select digest, approved_by, cardinality(changes) from audit.approvals"
                ) == [[digest, "a person", "4"]]
            )
            #expect(
                try world.number("select count(*) from audit.changes where is_approved") == 4
            )
            // What a person let through counts against nothing afterwards.
            world.clock.now = at(7, 5)
            world.calendars.remove("m", from: "e")
            #expect(try await world.minutely().ending == .done)
        }
    }

    @Test func `an approval of what nobody refused changes nothing`() async throws {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            let digest = try #require(try await world.minutely().digest)
            let runs = try world.number("select count(*) from audit.runs")
            for given in [String(digest.reversed()), String(digest.prefix(7))] {
                let error = await #expect(throws: ApprovalMismatch.self) {
                    try await world.reconcile(.everybody, approve: given)
                }
                #expect(error?.given == given)
            }
            #expect(try world.number("select count(*) from audit.approvals") == 0)
            #expect(try world.number("select count(*) from audit.runs") == runs)
            #expect(try world.phones().count == 10)
        }
    }

    @Test func `an approval lets through what was read, and what came since is judged as ever`()
        async throws
    {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            let digest = try #require(try await world.minutely().digest)
            for user in Self.firstTen.suffix(4) { world.calendars.remove("m", from: user) }
            _ = try await world.load()
            let report = try await world.reconcile(.everybody, approve: digest)
            #expect(report.ending == .partial)
            #expect(report.doneCount == 4)
            #expect(report.plan.held.count == 4)
            #expect(try world.phones().count == 6)
        }
    }

    @Test func `an approval counts for a day, and for any plan that takes no more`() async throws {
        try await withTen { world in
            for user in Self.firstTen { world.book("n", of: user, at(14, day: 2), at(15, day: 2)) }
            try await world.minutely()
            #expect(try world.phones().count == 20)
            for user in Self.firstTen.prefix(7) { world.calendars.remove("n", from: user) }
            let digest = try #require(try await world.minutely().digest)
            // Approved while the exchange is down: nothing is done, the approval stands.
            world.exchange.beforeApply = { _ in throw Down.error }
            let report = try await world.reconcile(.everybody, approve: digest)
            #expect(report.ending == .partial)
            #expect(report.doneCount == 0)
            #expect(try world.phones().count == 20)
            world.exchange.reset()

            world.book("n", of: "a", at(14, day: 2), at(15, day: 2))
            world.clock.now = at(12)
            let subset = try await world.minutely()
            #expect(subset.ending == .done)
            #expect(subset.doneCount == 6)
            #expect(try world.phones().count == 14)

            // Put back and taken away again, so late that the approval has run out.
            for user in Self.firstTen.prefix(7) {
                world.book("n", of: user, at(14, day: 2), at(15, day: 2))
            }
            try await world.minutely()
            world.clock.now = at(12, day: 1)
            for user in Self.firstTen.prefix(7) { world.calendars.remove("n", from: user) }
            #expect(try await world.minutely().ending == .refused)
        }
    }

    @Test func `what the nightly refuses the minutely looks at again`() async throws {
        try await withTen { world in
            for user in Self.firstTen.prefix(4) { world.calendars.remove("m", from: user) }
            _ = try await world.load()
            // However they lost their marks.
            try world.byHand("delete from calendar.touched")
            let nightly = try await world.reconcile(.everybody)
            #expect(nightly.ending == .refused)
            let minutely = try await world.reconcile(.touched)
            #expect(minutely.ending == .refused)
            #expect(minutely.digest == nightly.digest)
        }
    }

    @Test func `five hundred and one of many are too many`() async throws {
        let keys = (1...1700).map { "u\($0)" }
        try await World.run(World.Setting(keys.joined(separator: " "))) { world in
            for key in keys { world.book("m", of: key, at(14), at(15)) }
            try await world.minutely()
            for key in keys.prefix(499) { world.calendars.remove("m", from: key) }
            #expect(try await world.minutely().ending == .done)
            world.calendars.remove("m", from: "u500")
            #expect(try await world.minutely().ending == .done)
            world.calendars.remove("m", from: "u501")
            #expect(try await world.minutely().ending == .refused)
            #expect(try world.phones().count == 1200)
        }
    }
}
