import AbsenceModel
import AbsenceStore
import CalendarFeed
import Foundation
import Reconcile
import Testing
import TestSupport
import Web

/// Never delete on an incomplete view (design principle 5).
@Suite struct LoadTests {
    @Test func `a load whose window moved takes away nothing that runs`() async throws {
        try await World.run { world in
            world.book("long", of: "anna", at(9, day: -20), at(9, day: 40))
            world.book("leave", of: "bo", at(0, day: -10), at(0, day: 20), .outOfOffice)
            world.book("next", of: "bo", at(0, day: 20), at(0, day: 50), .outOfOffice)
            try await world.nightly()
            let rows = try world.physicalRows()
            for day in 1...18 {
                world.clock.now = at(7, day: day)
                let report = try await world.nightly()
                #expect(report.plan.isEmpty, "day \(day)")
            }
            #expect(try world.physicalRows() == rows)
            #expect(try world.number("select count(*) from calendar.booking_versions") == 0)
        }
    }

    @Test func `what a calendar does not tell any more for its age is not gone`() async throws {
        try await World.run { world in
            world.book("old", of: "anna", at(9), at(10))
            world.book("running", of: "anna", at(11), at(11, day: 30))
            try await world.nightly()
            world.clock.now = at(12, day: 9)
            world.calendars.remove("old", from: "anna")
            #expect(try await world.load(isFull: true).vanished == 0)
            #expect(try world.number("select count(*) from calendar.bookings") == 2)
        }
    }

    @Test func `a calendar that fails keeps its absences, the user's other one counts`()
        async throws
    {
        try await World.run { world in
            try world.enroll(
                """
                key,name,extension,calendar,services
                anna,Anna,101,fake:anna fake:team,calendar diversion
                bo,Bo,102,fake:bo,calendar diversion

                """
            )
            world.book("a", of: "anna", at(9), at(10))
            world.book("t", of: "anna", at(11), at(12), calendar: "team")
            world.book("u", of: "anna", at(13), at(14), calendar: "team")
            world.book("b", of: "bo", at(9), at(10))
            try await world.minutely()
            #expect(try world.phones().count == 4)

            for (number, failure) in [
                RemoteFailure(.serverError, "it answered 500"),
                RemoteFailure(.timedOut, "it did not answer within 30 seconds"),
                RemoteFailure(.refused, "it refused the password"),
                RemoteFailure(.truncated, "its answer was cut off"),
                RemoteFailure(.notFound, "there is no such calendar"),
            ].enumerated() {
                world.clock.now = at(7, number + 1)
                world.calendars.answer(.failing(failure), for: "anna")
                world.book("t", of: "anna", at(11), at(12, number), calendar: "team")
                let tally = try await world.load(isFull: number % 2 == 0)
                #expect(tally.failed == 1)
                #expect(tally.vanished == 0)
                #expect(try await world.reconcile(.everybody).ending == .done)
                #expect(try world.phones().count == 4)
                #expect(try world.phones().first == "101 Mon 09:00-10:00 open meeting")
                #expect(
                    try world.connection.ask(
                        "select user_key, address, failure from watch.failed_calendars"
                    ) == [["anna", "anna", failure.description]]
                )
            }
            #expect(try world.number("select count(*) from audit.load_failures") == 5)

            // Deleted meanwhile, and told again: now it goes.
            world.calendars.answer(.plain, for: "anna")
            world.calendars.remove("a", from: "anna")
            try await world.minutely()
            #expect(try world.phones().count == 3)
            #expect(try world.number("select count(*) from watch.failed_calendars") == 0)
        }
    }

    @Test func `where every calendar fails nothing changes anywhere`() async throws {
        try await World.run { world in
            for user in ["anna", "bo", "carin"] { world.book("a", of: user, at(9), at(10)) }
            try await world.minutely()
            for user in ["anna", "bo", "carin"] {
                world.calendars.answer(
                    .failing(RemoteFailure(.unreachable, "no route")),
                    for: user
                )
            }
            let rows = try world.physicalRows()
            let tally = try await world.load(isFull: true)
            #expect(tally.failed == 3)
            #expect(tally.calendars == 0)
            #expect(try await world.reconcile(.everybody).plan.isEmpty)
            #expect(try world.physicalRows() == rows)
        }
    }

    @Test func `an answer that does not tell what was removed removes nothing`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            try await world.minutely()
            world.calendars.answer(.withoutRemovals, for: "anna")
            world.calendars.remove("a", from: "anna")
            world.book("b", of: "anna", at(11), at(13))
            for isFull in [false, true, false] {
                #expect(try await world.load(isFull: isFull).vanished == 0)
                try await world.reconcile(.everybody)
                #expect(
                    try world.phones() == [
                        "101 Mon 09:00-10:00 open meeting", "101 Mon 11:00-13:00 open meeting",
                    ]
                )
            }
            world.calendars.answer(.plain, for: "anna")
            #expect(try await world.load(isFull: true).vanished == 1)
        }
    }

    @Test func `an incremental load asks from where the last one ended, and for less`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            #expect(try await world.load().added == 2)
            #expect(world.calendars.takeRequests().allSatisfy { $0.cursor == nil })
            world.book("b", of: "anna", at(11), at(13))
            let tally = try await world.load()
            #expect(tally.bookings == 1)
            #expect(tally.changed == 1)
            let requests = world.calendars.takeRequests()
            #expect(requests.allSatisfy { $0.cursor == "cursor" })
            #expect(requests.first { $0.address == "anna" }?.knownResources.count == 2)
            // A full one asks as though nothing were known.
            _ = try await world.load(isFull: true)
            let full = world.calendars.takeRequests()
            #expect(full.allSatisfy { $0.cursor == nil && $0.knownResources.isEmpty })
        }
    }

    @Test func `what every minute asks ends where the night would`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12))
            world.book("c", of: "bo", at(9), at(10), .outOfOffice)
            try await world.minutely()
            world.calendars.remove("a", from: "anna")
            world.book("b", of: "anna", at(11), at(12), .outOfOffice)
            world.book("c", of: "bo", at(9), at(10), .free)
            world.book("d", of: "carin", at(9), at(10))
            try await world.minutely()
            let phones = try world.phones()
            #expect(
                phones == [
                    "101 Mon 11:00-12:00 direct away", "103 Mon 09:00-10:00 open meeting",
                ]
            )
            #expect(try await world.nightly().plan.isEmpty)
            #expect(try world.phones() == phones)
        }
    }
}
