import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Testing
import TestSupport

/// A list that lags, or leaves something out, tells nothing of people (design principle 8).
@Suite struct LaggingListTests {
    /// Twenty users with an absence each, seen on the reference server.
    private func withSeen(_ body: (World, HTTPSide) async throws -> Void) async throws {
        try await HTTPSide.run { side in
            try await World.run(HandEditMatrix.setting, exchange: { _, _ in side.exchange }) {
                world in
                for cell in HandEditCell.all { world.book("b", of: cell.user, at(9), at(10)) }
                try await world.minutely()
                world.clock.now = at(7, 1)
                try await world.readBack()
                try await body(world, side)
            }
        }
    }

    /// Reads back for some minutes.
    private func expectNoHold(_ world: World, from minute: Int) async throws {
        for minute in minute..<minute + 4 {
            world.clock.now = at(7, minute)
            #expect(try await world.readBack().holds == 0)
        }
        #expect(try world.number("select count(*) from telephony.holds") == 0)
    }

    @Test func `half a list, said to be a part of it`() async throws {
        try await withSeen { world, side in
            try await side.server.fault("cut-list")
            try await expectNoHold(world, from: 2)
            try await side.server.clearFaults()
            #expect(try await world.nightly().plan.isEmpty)
        }
    }

    @Test func `half a list, said to be the whole`() async throws {
        try await withSeen { world, side in
            try await side.server.fault("lossy-list")
            try await expectNoHold(world, from: 2)
            try await side.server.clearFaults()
            #expect(try await world.nightly().plan.isEmpty)
        }
    }

    @Test func `a list that shows what stood before our last change`() async throws {
        try await withSeen { world, side in
            try await side.server.fault("stale-list")
            world.book("b", of: "u101", at(9), at(11))
            world.book("b", of: "u102", at(9), at(10), .outOfOffice)
            world.book("c", of: "u103", at(13), at(14))
            world.calendars.remove("b", from: "u104")
            world.clock.now = at(7, 2)
            #expect(try await world.minutely().doneCount == 4)
            try await expectNoHold(world, from: 3)
            #expect(try await world.reconcile().plan.changes.map(\.actionName) == ["withdraw"])

            // It catches up, and nothing has to be mended.
            try await side.server.clearFaults()
            world.clock.now = at(7, 10)
            #expect(try await world.readBack().holds == 0)
            #expect(try await world.nightly().plan.isEmpty)
            world.book("b", of: "u101", at(9), at(12))
            #expect(try await world.minutely().ending == .done)
        }
    }

    @Test func `an exchange that lies is told, and no person is blamed`() async throws {
        try await withSeen { world, side in
            try await side.server.fault("lie")
            world.book("c", of: "u101", at(13), at(14))
            #expect(try await world.minutely().doneCount == 1)
            for minute in 2...4 {
                world.clock.now = at(7, minute)
                try await world.nightly()
            }
            _ = try await world.recordDrift()
            let drift = try world.connection.ask(
                """
                select user_key, drift, to_char(starts_at at time zone 'Europe/Stockholm', 'HH24:MI')
                from watch.drift
                """
            )
            #expect(drift == [["u101", "never_shown", "13:00"]])
            #expect(try world.number("select count(*) from telephony.holds") == 0)
            #expect(try await side.server.truth().absences.count == 20)
        }
    }
}
