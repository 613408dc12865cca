import AbsenceStore
import CalendarFeed
import Foundation
import Reconcile
import Testing
import TestSupport
import Web

/// A load that was cut off is gone on with: what it took in is not asked again.
@Suite struct ResumedLoadTests {
    /// Cuts a load off behind its second batch of four.
    private func cutOff(_ world: World, isFull: Bool) async throws {
        world.calendars.takeRequests()
        await #expect(throws: StoreError.self) {
            try await world.load(isFull: isFull) { pass in
                pass.batchSize = 4
                let report = pass.report
                pass.report = { event in
                    report(event)
                    guard case .loadAdvanced(_, 8, _) = event else { return }
                    // A newer run takes the work.
                    try? world.byHand("update customer.work set fence = fence + 1")
                }
            }
        }
    }

    private func world(_ body: (World) async throws -> Void) async throws {
        let users = (1...30).map { "user\($0)" }
        try await World.run(World.Setting(users.joined(separator: " "))) { world in
            for user in users { world.book("a", of: user, at(9), at(10)) }
            try await body(world)
        }
    }

    private func takenIn(_ world: World) throws -> Set<String> {
        Set(
            try world.connection.ask(
                """
                select user_key from calendar.cursors inner join roster.users using (user_id)
                where cursor is not null
                """
            ).map { $0[0] }
        )
    }

    @Test func `a whole load goes on where two were cut off`() async throws {
        try await world { world in
            try await cutOff(world, isFull: true)
            let first = try takenIn(world)
            #expect(first.count == 8)
            try await cutOff(world, isFull: true)
            let second = try takenIn(world)
            #expect(second.count == 16)
            #expect(first.isSubset(of: second))

            world.calendars.takeRequests()
            try await world.load(isFull: true)
            let asked = Set(world.calendars.takeRequests().map(\.address))
            #expect(asked == Set((1...30).map { "user\($0)" }).subtracting(second))
            #expect(try world.number("select count(*) from calendar.bookings") == 30)
            let resumed = try world.number(
                "select count(*) from audit.loads where resumes_from is not null"
            )
            #expect(resumed == 2)

            // That one came to its end: the next asks everybody.
            try await world.load(isFull: true)
            #expect(world.calendars.takeRequests().count == 30)
        }
    }

    @Test func `what was read by changes alone meanwhile is still read whole`() async throws {
        try await world { world in
            try await world.load(isFull: true)
            try await cutOff(world, isFull: true)
            let read = Set(world.calendars.takeRequests().map(\.address))
            try await world.load()
            world.calendars.takeRequests()
            try await world.load(isFull: true)
            let asked = Set(world.calendars.takeRequests().map(\.address))
            #expect(asked.count == 22)
            #expect(asked.union(read).count == 30)
        }
    }

    @Test func `whoever is to be loaded afresh is asked again`() async throws {
        try await world { world in
            try await cutOff(world, isFull: true)
            let taken = try takenIn(world)
            let one = try #require(taken.min())
            try world.byHand(
                """
                select intake.load_afresh(customer_id, array[user_id]) from roster.users
                where user_key = '\(one)'
                """
            )
            world.calendars.takeRequests()
            try await world.load(isFull: true)
            let asked = Set(world.calendars.takeRequests().map(\.address))
            #expect(asked.contains(one))
            #expect(asked.count == 30 - taken.count + 1)
        }
    }

    @Test func `a failed calendar is asked again`() async throws {
        try await world { world in
            let failure = RemoteFailure(.serverError, "it answered 500")
            world.calendars.answer(.failing(failure), for: "user1")
            try await cutOff(world, isFull: true)
            world.calendars.answer(.plain, for: "user1")
            world.calendars.takeRequests()
            try await world.load(isFull: true)
            let asked = world.calendars.takeRequests().map(\.address)
            #expect(asked.contains("user1"))
        }
    }

    @Test func `what changed is asked of the others, and later of everybody`() async throws {
        try await world { world in
            try await world.load(isFull: true)
            try await cutOff(world, isFull: false)
            world.calendars.takeRequests()
            try await world.load()
            #expect(world.calendars.takeRequests().count == 22)

            try await cutOff(world, isFull: false)
            world.clock.now = world.clock.now.addingTimeInterval(700)
            world.calendars.takeRequests()
            try await world.load()
            #expect(world.calendars.takeRequests().count == 30)
        }
    }

    @Test func `a load is taken in by batches of calendars and of bookings`() async throws {
        try await world { world in
            for number in 0..<50 {
                world.book("more\(number)", of: "user1", at(9), at(10))
            }
            try await world.load(isFull: true) { pass in
                pass.batchSize = 12
                pass.batchBookings = 40
            }
            let steps = world.takeEvents().compactMap { event -> Int? in
                if case .loadAdvanced(_, let done, _) = event { done } else { nil }
            }
            #expect(steps.count >= 3)
            #expect(steps.last == 30)
            #expect(try world.number("select count(*) from calendar.bookings") == 80)
        }
    }
}
