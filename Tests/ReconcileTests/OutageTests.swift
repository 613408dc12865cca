import AbsenceModel
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport

/// A telephone system that does not answer for a while.
@Suite struct OutageTests {
    @Test func `thirty minutes without an answer lose nothing, and one pass catches up`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(10))
            try await world.minutely()
            let before = try world.phones()
            let changes = try world.changes().count

            world.exchange.beforeCapabilities = { throw Down.error }
            for minute in 1...30 {
                world.clock.now = at(7, minute)
                switch minute {
                case 5: world.book("a", of: "anna", at(9, 30), at(10, 30))
                case 10: world.calendars.remove("b", from: "bo")
                case 15: world.book("c", of: "carin", at(11), at(12), .outOfOffice)
                default: break
                }
                await #expect(throws: ExchangeError.self) { try await world.minutely() }
                #expect(try world.phones() == before)
            }
            // One row says since when, and nothing was planned that could not be done.
            #expect(
                try world.connection.ask(
                    """
                    select to_char(began_at at time zone 'Europe/Stockholm', 'HH24:MI'),
                        try_count, waiting_user_count
                    from watch.outages
                    """
                ) == [["07:01", "30", "3"]]
            )
            #expect(try world.changes().count == changes)

            world.exchange.reset()
            world.clock.now = at(7, 31)
            let report = try await world.minutely()
            #expect(report.ending == .done)
            #expect(
                report.plan.changes.map(\.actionName).sorted() == ["create", "update", "withdraw"]
            )
            #expect(
                try world.phones() == [
                    "101 Mon 09:30-10:30 open meeting", "103 Mon 11:00-12:00 direct away",
                ]
            )
            #expect(try world.touched() == [])
            #expect(try world.number("select count(*) from watch.outages") == 0)
            try world.expectPlacedIsShown()
        }
    }

    @Test func `a system that says done and does nothing is told, and asked again each night`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            // It acknowledges everything and shows nothing.
            world.exchange.afterList = { _ in ReadBack(entries: [], isWhole: true) }
            try await world.minutely()
            for hour in [1, 2] {
                world.clock.now = at(7 + hour)
                try await world.nightly()
                _ = try await world.recordDrift()
            }
            #expect(
                try world.connection.ask("select user_key, drift from watch.drift")
                    == [["anna", "never_shown"]]
            )
            #expect(try world.number("select count(*) from telephony.holds") == 0)
        }
    }
}
