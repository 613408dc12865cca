import AbsenceModel
import Foundation
import Reconcile
import Testing
import TestSupport

/// A person's own absence wins over ours where they overlap (design principle 8).
@Suite struct OwnAbsenceTests {
    @Test func `a person's own absence wins, and ours is clipped around it`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(12))
            try await world.minutely()
            try world.ownAbsence("101", at(10), at(11))
            world.clock.now = at(7, 1)
            try await world.readBack()
            let report = try await world.minutely()
            #expect(report.ending == .done)
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-10:00 open meeting", "101 Mon 10:00-11:00 direct errand person",
                    "101 Mon 11:00-12:00 open meeting",
                ]
            )
            #expect(try await world.nightly().plan.isEmpty)
            // What is over is clipped around all the same, until ours is over as well.
            for minute in [0, 1, 30] {
                world.clock.now = at(11, minute)
                #expect(try await world.nightly().plan.isEmpty)
            }
            try world.expectPlacedIsShown()
        }
    }

    @Test func `when a person takes theirs away, ours has its time again`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(12))
            try world.ownAbsence("101", at(8), at(11))
            try await world.readBack()
            try await world.minutely()
            #expect(try world.phones().last == "101 Mon 11:00-12:00 open meeting")
            try world.byHand("delete from switchboard.absences where origin = 'person'")
            world.clock.now = at(7, 1)
            try await world.readBack()
            try await world.minutely()
            #expect(try world.phones() == ["101 Mon 09:00-12:00 open meeting"])
        }
    }

    @Test func `an own absence between two seconds makes no endless difference`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(12))
            try world.ownAbsence(
                "101",
                at(10).addingTimeInterval(0.25),
                at(11).addingTimeInterval(0.75)
            )
            try await world.readBack()
            try await world.minutely()
            let rows = try world.physicalRows()
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.physicalRows() == rows)
            try world.expectPlacedIsShown()
        }
    }
}
