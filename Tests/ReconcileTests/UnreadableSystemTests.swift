import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport

/// Telephone systems of which nothing can be read back: what is unknown there is done once more.
@Suite struct UnreadableSystemTests {
    @Test func `where nothing can be read, what never arrived is done as well`() async throws {
        try await World.run { world in
            for end in [10, 11] {
                world.book("a", of: "anna", at(9), at(end))
                try await loseAPass(world, beforeItArrives: true)
                #expect(try await world.minutely().ending == .done)
                let shown = try world.phones()
                #expect(shown == ["101 Mon 09:00-\(end):00 open meeting"])
            }
            #expect(try world.touched() == [])
        }
    }

    /// A pass of a system that cannot be read, of which no answer comes.
    private func loseAPass(_ world: World, beforeItArrives: Bool) async throws {
        if beforeItArrives {
            world.exchange.beforeApply = { _ in throw Down.LineBroke() }
        } else {
            world.exchange.afterApply = { _, _ in throw Down.LineBroke() }
        }
        world.exchange.changeCapabilities = { $0.isReadable = false }
        #expect(try await world.minutely().ending == .partial)
        world.exchange.reset()
        world.exchange.changeCapabilities = { $0.isReadable = false }
    }

    @Test func `what was done without an answer may be changed after that`() async throws {
        try await World.run { world in
            world.exchange.changeCapabilities = { $0.isReadable = false }
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            world.book("a", of: "anna", at(9), at(11))
            try await loseAPass(world, beforeItArrives: false)
            // It stands in a version that was never told.
            world.book("a", of: "anna", at(9), at(12))
            #expect(try await world.minutely().ending == .done)
            #expect(try world.phones() == ["101 Mon 09:00-12:00 open meeting"])
        }
    }

    @Test func `where nothing can be read, what is unknown is done once more`() async throws {
        try await World.run { world in
            world.exchange.changeCapabilities = { $0.isReadable = false }
            world.book("a", of: "anna", at(9), at(10))
            world.exchange.afterApply = { _, _ in throw Down.LineBroke() }
            #expect(try await world.minutely().ending == .partial)
            world.exchange.reset()
            world.exchange.changeCapabilities = { $0.isReadable = false }
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["update"])
            #expect(report.ending == .done)
            #expect(world.exchange.lists.isEmpty)
            #expect(try world.phones() == ["101 Mon 09:00-10:00 open meeting"])
            #expect(try world.changes() == ["anna create failed", "anna update unchanged"])

            // A withdrawal without an answer as well.
            world.calendars.remove("a", from: "anna")
            world.exchange.afterApply = { _, _ in throw Down.LineBroke() }
            _ = try await world.minutely()
            world.exchange.reset()
            world.exchange.changeCapabilities = { $0.isReadable = false }
            #expect(try await world.minutely().plan.changes.map(\.actionName) == ["withdraw"])
            #expect(try world.phones() == [])
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try world.touched() == [])
        }
    }
}
