import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport

/// Telephone systems that cannot express every absence (telephony.md part 6).
@Suite struct CapabilityTests {
    /// A system that knows no other time than now, and ends absences by its own clock.
    private func nowOnly(_ capabilities: inout ExchangeCapabilities) {
        capabilities.hasFutureStart = false
    }

    @Test func `a system that knows only now gets each absence when it starts`() async throws {
        try await World.run { world in
            world.exchange.changeCapabilities = nowOnly
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(10), at(11), .outOfOffice)
            try await world.minutely()
            #expect(try world.phones() == [])

            world.clock.now = at(8, 59)
            #expect(try await world.reconcile().plan.isEmpty)
            world.clock.now = at(9)
            #expect(try await world.reconcile().ending == .done)
            #expect(try world.phones() == ["101 Mon 09:00-10:00 open meeting"])
            world.clock.now = at(9, 30)
            #expect(try await world.reconcile().plan.isEmpty)
            world.clock.now = at(10)
            let report = try await world.reconcile()
            #expect(report.plan.changes.map(\.actionName) == ["create"])
            #expect(try world.phones() == ["101 Mon 10:00-11:00 direct away"])
            #expect(try world.touched() == [])
        }
    }

    @Test func `pass by pass it is as the nightly would have it`() async throws {
        try await World.run(
            World.Setting(rules: "all_day: office_hours, office_hours: {mon: \"08:00-17:00\"}")
        ) {
            world in
            world.exchange.changeCapabilities = nowOnly
            world.book("a", of: "anna", at(9), at(12))
            world.book("b", of: "anna", at(10), at(11), .outOfOffice)
            world.book("c", of: "bo", at(9, 30), at(10, 30))
            try await world.minutely()
            for minute in stride(from: 1, through: 360, by: 7) {
                world.clock.now = at(7).addingTimeInterval(Double(minute) * 60)
                try await world.minutely()
                let seen = try world.phones()
                let nightly = try await world.nightly()
                #expect(nightly.plan.changes.isEmpty, "at \(world.clock.now)")
                #expect(try world.phones() == seen)
            }
        }
    }

    @Test func `where nothing ends by itself, the pass takes it away`() async throws {
        try await World.run { world in
            world.exchange.changeCapabilities = {
                $0.hasFutureStart = false
                $0.endsByItself = false
            }
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "bo", at(9), at(11))
            try await world.minutely()
            world.clock.now = at(9)
            try await world.minutely()
            world.clock.now = at(10)
            let report = try await world.minutely()
            #expect(report.plan.changes.map(\.actionName) == ["withdraw"])
            #expect(report.plan.refusal == nil)
            let standing = try world.number("select count(*) from switchboard.absences")
            #expect(standing == 1)
            // A host that slept from then on takes it away when it wakes.
            world.clock.now = at(12)
            try await world.minutely()
            #expect(try world.number("select count(*) from switchboard.absences") == 0)
        }
    }

    @Test func `a system with one place for each gets the nearest, and then the next`()
        async throws
    {
        try await World.run { world in
            world.exchange.changeCapabilities = { $0.entriesPerUser = 1 }
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(13), at(14))
            try await world.minutely()
            #expect(try world.phones() == ["101 Mon 09:00-10:00 open meeting"])
            world.clock.now = at(10)
            try await world.minutely()
            #expect(try world.phones() == ["101 Mon 13:00-14:00 open meeting"])
        }
    }

    @Test func `what it cannot express becomes the next weaker, and is named`() async throws {
        try await World.run(World.Setting(rules: "text: [subject], ring_seconds: 20")) { world in
            world.exchange.changeCapabilities = {
                $0.kinds = [.information, .open]
                $0.textLength = 5
                $0.timeGrain = 60
                $0.hasRingSeconds = false
            }
            world.book("a", of: "anna", at(9), at(10), .outOfOffice, subject: "Tandläkare")
            try await world.minutely()
            #expect(try world.phones() == ["101 Mon 09:00-10:00 open away"])
            #expect(
                try world.connection.ask(
                    "select shown_text, ring_seconds from switchboard.absences"
                )
                    == [["Tandl", "15"]]
            )
            #expect(
                try world.connection.ask("select array_to_string(losses, ' ') from audit.changes")
                    == [["kind text ring_seconds"]]
            )
            // What it cannot express is no difference.
            #expect(try await world.nightly().plan.isEmpty)
        }
    }

    @Test func `a kind that has no weaker one is not placed`() async throws {
        try await World.run { world in
            world.exchange.changeCapabilities = { $0.kinds = [.direct] }
            world.book("a", of: "anna", at(9), at(10))
            world.book("b", of: "anna", at(11), at(12), .outOfOffice)
            try await world.minutely()
            #expect(try world.phones() == ["101 Mon 11:00-12:00 direct away"])
        }
    }

    @Test func `an end that is told as a time of day is given day by day`() async throws {
        try await World.run { world in
            world.exchange.changeCapabilities = {
                $0.hasFutureStart = false
                $0.endReach = .today
            }
            world.book("a", of: "anna", at(15), at(9, day: 2), .outOfOffice)
            try await world.minutely()
            for (hour, day, shown) in [
                (15, 0, "101 Mon 15:00-00:00 direct away"),
                (0, 1, "101 Tue 00:00-00:00 direct away"),
                (0, 2, "101 Wed 00:00-09:00 direct away"),
            ] {
                world.clock.now = at(hour, day: day)
                try await world.minutely()
                #expect(try world.phones() == [shown])
            }
            world.clock.now = at(9, day: 2)
            #expect(try await world.minutely().plan.isEmpty)
            #expect(try world.phones() == [])
        }
    }

    @Test func `meetings that were known for a day may close all phones at nine`() async throws {
        let users = (1...20).map { "u\($0)" }
        try await World.run(World.Setting(users.joined(separator: " "))) { world in
            world.exchange.changeCapabilities = nowOnly
            for user in users {
                world.book("m", of: user, at(9, day: 2), at(10, day: 2), .outOfOffice)
            }
            try await world.minutely()
            world.clock.now = at(9, day: 2)
            let report = try await world.minutely()
            #expect(report.plan.refusal == nil)
            #expect(try world.phones().count == 20)
        }
    }

    @Test func `meetings that came this morning may not`() async throws {
        let users = (1...20).map { "u\($0)" }
        try await World.run(World.Setting(users.joined(separator: " "))) { world in
            world.exchange.changeCapabilities = nowOnly
            for user in users { world.book("m", of: user, at(9), at(10), .outOfOffice) }
            try await world.minutely()
            world.clock.now = at(9)
            #expect(try await world.minutely().plan.refusal != nil)
            #expect(try world.phones() == [])
        }
    }

    @Test func `nor may those of users who were given the service this morning`() async throws {
        let setting = World.Setting((1...20).map { "u\($0)" }.joined(separator: " "))
        try await World.run(setting) { world in
            world.exchange.changeCapabilities = nowOnly
            for user in setting.users {
                world.book("m", of: user, at(9, day: 2), at(10, day: 2), .outOfOffice)
            }
            try await world.minutely()
            try world.enroll(setting.roster.replacing("calendar diversion", with: "diversion"))
            try await world.minutely()
            world.clock.now = at(8, day: 2)
            try world.enroll(setting.roster.replacing(",U", with: ",New u"))
            world.clock.now = at(9, day: 2)
            #expect(try await world.minutely().plan.refusal != nil)
            #expect(try world.phones() == [])
        }
    }

    @Test func `another name this morning is no reason to wait`() async throws {
        let setting = World.Setting((1...20).map { "u\($0)" }.joined(separator: " "))
        try await World.run(setting) { world in
            world.exchange.changeCapabilities = nowOnly
            for user in setting.users {
                world.book("m", of: user, at(9, day: 2), at(10, day: 2), .outOfOffice)
            }
            try await world.minutely()
            world.clock.now = at(8, day: 2)
            try world.enroll(setting.roster.replacing(",U", with: ",New u"))
            world.clock.now = at(9, day: 2)
            #expect(try await world.minutely().plan.refusal == nil)
            #expect(try world.phones().count == 20)
        }
    }

    @Test func `what a system learns is looked at again by everybody`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10), .outOfOffice)
            try await world.minutely()
            world.exchange.changeCapabilities = { $0.kinds = [.information] }
            let report = try await world.reconcile()
            #expect(report.plan.changes.map(\.actionName) == ["update"])
            #expect(try world.phones() == ["101 Mon 09:00-10:00 information away"])
        }
    }

    @Test func `names are told in batches that the system takes`() async throws {
        try await World.run { world in
            world.exchange.batchSize = 2
            var told: [Int] = []
            world.exchange.beforeApply = { told.append($0.phones.count) }
            try await world.minutely()
            #expect(told == [2, 1])
        }
    }
}
