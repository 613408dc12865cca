import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport
import Web

/// A database that was set back to an earlier instant, while the telephone side went on.
@Suite struct RestoredDatabaseTests {
    @Test(arguments: [1, 2] as [UInt64], [true, false])
    func `what was placed since is taken over, and no phone changes`(
        seed: UInt64,
        isElsewhere: Bool
    ) async throws {
        try await World.run(World.Setting(limits: World.Setting.noLimits)) { world in
            var days = Days(seed: seed)
            try await days.pass(in: world, steps: 8)
            try world.keepBase()
            try await days.pass(in: world, steps: 8)
            let phones = try world.phones()
            try world.restoreBase(isElsewhere: isElsewhere)
            world.exchange.reset()

            try await minutes(2, of: world)
            #expect(world.exchange.batches.isEmpty)
            #expect(try world.phones() == phones)
            try await expectSettled(world)
        }
    }

    @Test(arguments: [12, 13] as [UInt64], [true, false])
    func `what changed in the calendars meanwhile is done once, and nothing twice`(
        seed: UInt64,
        isElsewhere: Bool
    ) async throws {
        try await World.run(World.Setting(limits: World.Setting.noLimits)) { world in
            var days = Days(seed: seed)
            try await days.pass(in: world, steps: 8)
            try world.keepBase()
            try await days.pass(in: world, steps: 8)
            // The host was down for some hours.
            for _ in 0..<4 { days.step(in: world) }
            try world.restoreBase(isElsewhere: isElsewhere)

            try await minutes(2, of: world)
            try await expectSettled(world)
        }
    }

    @Test func `nothing is planned before the calendars were loaded`() async throws {
        try await World.run { world in
            world.book("old", of: "anna", at(9), at(10))
            try await world.minutely()
            try world.keepBase()
            world.calendars.remove("old", from: "anna")
            world.book("new", of: "anna", at(11), at(12))
            world.book("new", of: "bo", at(11), at(12))
            try await world.minutely()
            let phones = try world.phones()
            #expect(phones.count == 2)
            try world.restoreBase(isElsewhere: true)
            world.exchange.reset()

            world.calendars.answer(.failing(RemoteFailure(.unreachable, "gone")), for: "bo")
            let first = try await world.reconcile()
            #expect(first.unloadedUserCount == 3)
            #expect(first.ending == .partial)
            try await world.load()
            let second = try await world.reconcile(.everybody)
            #expect(second.unloadedUserCount == 1)
            #expect(try world.phones() == phones)

            world.calendars.answer(.plain, for: "bo")
            #expect(try await world.minutely().ending == .done)
            #expect(world.exchange.batches.isEmpty)
            try await expectSettled(world)
        }
    }

    @Test func `a list that is not whole is not taken over, and nothing is planned`() async throws {
        try await World.run { world in
            try await world.minutely()
            try world.keepBase()
            world.book("new", of: "anna", at(11), at(12))
            try await world.minutely()
            let phones = try world.phones()
            try world.restoreBase(isElsewhere: true)
            world.exchange.reset()

            world.exchange.afterList = { ReadBack(entries: $0.entries, isWhole: false) }
            try await world.load()
            await #expect(throws: ExchangeError.self) { try await world.reconcile() }
            await #expect(throws: ExchangeError.self) { try await world.readBack() }
            #expect(world.exchange.batches.isEmpty)
            world.exchange.reset()
            #expect(try await world.minutely().ending == .done)
            #expect(try world.phones() == phones)
            try await expectSettled(world)
        }
    }

    @Test func `a system that tells no newest run tells at the first batch`() async throws {
        try await World.run { world in
            try await world.minutely()
            try world.keepBase()
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            world.book("a", of: "anna", at(9), at(11))
            try await world.minutely()
            try world.restoreBase(isElsewhere: false)
            world.exchange.changeCapabilities = { $0.newestFence = nil }

            let error = await #expect(throws: StoreError.self) { try await world.minutely() }
            #expect(error?.code == .fenced)
            try await minutes(1, of: world)
            try await expectSettled(world)
        }
    }

    @Test func `two databases at one telephone side do not take it from each other`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            try world.byHand("update switchboard.fences set fence = 1000")
            let first = await #expect(throws: StoreError.self) { try await world.reconcile() }
            #expect(first?.code == .fenced)
            try world.byHand("update switchboard.fences set fence = 8000000000000")
            let second = await #expect(throws: StoreError.self) { try await world.reconcile() }
            #expect(second?.code == .contested)
        }
    }

    /// What `jobs/minutely` does, so many times; a step that fails keeps no other from running.
    private func minutes(_ count: Int, of world: World) async throws {
        for _ in 0..<count {
            world.clock.now.addTimeInterval(60)
            for step in 0..<3 {
                do {
                    if step == 1 {
                        try await world.load()
                    } else {
                        try await world.reconcile()
                    }
                } catch let error as StoreError where error.code == .fenced {}
            }
        }
    }

    /// Wanted, placed and shown agree, nothing was taken for a hand edit, and a nightly run finds
    /// nothing to do.
    private func expectSettled(_ world: World) async throws {
        #expect(try world.number("select count(*) from telephony.holds") == 0)
        #expect(try world.touched() == [])
        try world.expectPlacedIsShown()
        #expect(try await world.nightly().plan.isEmpty)
        #expect(try await world.recordDrift() == [])
        #expect(try world.number("select count(*) from telephony.holds") == 0)
    }
}

/// Bookings that come, move and go at random, about now.
private struct Days {
    private var random: SplitMix64
    private var keys: [(key: String, user: String)] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// A quarter of an hour goes by, and one booking changes.
    mutating func step(in world: World) {
        world.clock.now.addTimeInterval(900)
        let start = world.clock.now.addingTimeInterval(
            Double(Int.random(in: -4...30, using: &random)) * 900
        )
        let end = start.addingTimeInterval(Double(Int.random(in: 1...12, using: &random)) * 900)
        let showAs: Booking.ShowAs = Bool.random(using: &random) ? .busy : .outOfOffice
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where !keys.isEmpty:
            let gone = keys.remove(at: Int.random(in: 0..<keys.count, using: &random))
            world.calendars.remove(gone.key, from: gone.user)
        case 1 where !keys.isEmpty:
            let moved = keys[Int.random(in: 0..<keys.count, using: &random)]
            world.book(moved.key, of: moved.user, start, end, showAs)
        default:
            let user = ["anna", "bo", "carin"][Int.random(in: 0..<3, using: &random)]
            let key = "b\(keys.count)-\(Int.random(in: 0..<1000, using: &random))"
            keys.append((key, user))
            world.book(key, of: user, start, end, showAs)
        }
    }

    /// Steps, each followed by a pass.
    mutating func pass(in world: World, steps: Int) async throws {
        for number in 0..<steps {
            step(in: world)
            try await world.minutely()
            if number == steps / 2 { try await world.readBack() }
        }
    }
}
