import AbsenceModel
import AbsenceStore
import CalendarFeed
import Foundation
import Reconcile
import Testing
import TestSupport

/// A large load is taken in over two connections while it is read.
@Suite struct SideBySideLoadTests {
    private static let users = (1...200).map { "user\($0)" }

    /// Everybody's booking at nine, and whatever else `body` does.
    private func world(_ body: (World) async throws -> Void) async throws {
        try await World.run(World.Setting(Self.users.joined(separator: " "))) { world in
            for user in Self.users { world.book("a", of: user, at(9), at(10)) }
            try await body(world)
        }
    }

    /// A whole load by two connections that are opened for it.
    private func load(
        _ world: World,
        _ change: (inout LoadPass) -> Void = { _ in }
    ) async throws -> LoadTally {
        let database = world.database
        return try await world.load(isFull: true) { pass in
            pass.batchSize = 8
            pass.open = { AbsenceStore(try database.connect(applicationName: "beside")) }
            change(&pass)
        }
    }

    @Test func `all of it is taken in, once, and counted`() async throws {
        try await world { world in
            var tally = try await load(world)
            #expect(tally.calendars == 200 && tally.bookings == 200 && tally.added == 200)
            #expect(
                try world.number(
                    """
                    select count(*) from audit.loads where calendar_count = 200
                    and booking_count = 200 and added_count = 200 and ended_at is not null
                    """
                ) == 1
            )
            #expect(try world.number("select count(*) from calendar.bookings") == 200)
            let steps = world.takeEvents().compactMap { event -> Int? in
                if case .loadAdvanced(_, let done, _) = event { done } else { nil }
            }
            #expect(steps == steps.sorted() && steps.last == 200 && steps.count >= 2)

            world.calendars.remove("a", from: "user7")
            world.book("a", of: "user8", at(9), at(11))
            tally = try await load(world)
            #expect(tally.bookings == 199 && tally.added == 0)
            #expect(tally.changed == 1 && tally.vanished == 1)
            #expect(try world.number("select count(*) from staging.bookings") == 0)
        }
    }

    @Test func `what the database refuses of one calendar stops no other`() async throws {
        try await world { world in
            try world.byHand(
                """
                alter table calendar.bookings add constraint refused check (booking_key <> 'no')
                """
            )
            world.book("no", of: "user7", at(12), at(13))
            let tally = try await load(world)
            #expect(tally.calendars == 199 && tally.failed == 1 && tally.added == 199)
            #expect(
                world.takeEvents().contains {
                    if case .calendarFailed(_, "user7", _) = $0 { true } else { false }
                }
            )
        }
    }

    @Test func `it ends where a newer run has taken the work`() async throws {
        try await world { world in
            let error = await #expect(throws: StoreError.self) {
                try await load(world) { pass in
                    pass.report = { event in
                        guard case .loadAdvanced = event else { return }
                        try? world.byHand("update customer.work set fence = fence + 1")
                    }
                }
            }
            #expect(error?.code == .fenced)
            let stored = try world.number("select count(*) from calendar.bookings")
            #expect(stored < 200)
            let open = try world.number("select count(*) from audit.loads where ended_at is null")
            #expect(open == 1)
        }
    }
}
