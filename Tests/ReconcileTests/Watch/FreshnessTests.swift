import AbsenceStore
import Foundation
import Reconcile
import Testing
import TestSupport

/// When users were last verified, and how soon changes reach the phones.
@Suite struct FreshnessTests {
    @Test func `a pass verifies whom it compared and left with nothing to do`() async throws {
        try await World.run { world in
            try await world.nightly()
            #expect(try world.verified() == ["anna 07:00", "bo 07:00", "carin 07:00"])

            world.clock.now = at(7, 1)
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            #expect(try world.verified() == ["anna 07:01", "bo 07:00", "carin 07:00"])

            // Who changed and who did not, and who could not be told.
            world.clock.now = at(7, 2)
            world.book("b", of: "bo", at(9), at(10))
            world.exchange.beforeApply = { _ in throw Down.error }
            try await world.nightly()
            #expect(try world.verified() == ["anna 07:02", "bo 07:00", "carin 07:02"])

            world.clock.now = at(7, 3)
            world.exchange.reset()
            try await world.minutely()
            #expect(try world.verified() == ["anna 07:02", "bo 07:03", "carin 07:02"])

            // A dry run verifies nobody.
            world.clock.now = at(7, 4)
            try await world.reconcile(.everybody, mode: .dryRun)
            #expect(try world.verified() == ["anna 07:02", "bo 07:03", "carin 07:02"])
        }
    }

    @Test func `passes and outcomes are counted, also where there was nothing to do`()
        async throws
    {
        try await World.run { world in
            world.book("a", of: "anna", at(9), at(10))
            try await world.minutely()
            try await world.minutely()
            world.exchange.beforeApply = { _ in throw Down.error }
            world.book("b", of: "bo", at(9), at(10))
            try await world.nightly()
            #expect(
                try world.connection.ask(
                    "select scope, pass_count from customer.passes order by scope"
                ) == [["everybody", "1"], ["touched", "2"]]
            )
            #expect(
                try world.connection.ask(
                    "select outcome, change_count from customer.outcome_counts order by outcome"
                ) == [["done", "1"], ["failed", "1"]]
            )
        }
    }

    @Test func `how soon changes reached the phones, from the load that told of them`()
        async throws
    {
        try await World.run { world in
            try await world.minutely()
            // A minute apart at most, five minutes, and a quarter of an hour.
            for (user, delay) in [("anna", 30.0), ("bo", 300), ("carin", 900)] {
                world.clock.now = at(8)
                world.book(user, of: user, at(14), at(15))
                try await world.load()
                world.clock.now = at(8).addingTimeInterval(delay)
                try await world.reconcile()
            }
            world.clock.now = at(8, day: 1)
            world.book("later", of: "anna", at(14, day: 1), at(15, day: 1))
            try await world.minutely()
            try world.compareWatch()
            let days = try world.connection.ask(
                """
                select day, change_count, within_minute_share, within_ten_minutes_share,
                    date_trunc('minute', longest_delay)
                from watch.service_levels order by day
                """
            )
            #expect(
                days == [
                    ["2026-11-23", "3", "0.3333", "0.6667", "00:15:00"],
                    ["2026-11-24", "1", "1.0000", "1.0000", "00:00:00"],
                ]
            )
        }
    }

    @Test func `what is tried again counts from when it was first known`() async throws {
        try await World.run { world in
            world.book("a", of: "anna", at(14), at(15))
            world.exchange.beforeApply = { _ in throw Down.error }
            try await world.minutely()
            world.exchange.reset()
            world.clock.now = at(7, 20)
            try await world.minutely()
            #expect(
                try world.connection.ask(
                    """
                    select outcome, date_trunc('minute', ended_at - caused_at)
                    from audit.changes order by run_id
                    """
                ) == [["failed", "00:00:00"], ["done", "00:20:00"]]
            )
        }
    }
}
