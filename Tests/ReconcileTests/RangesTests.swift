import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Reconcile
import Testing
import TestSupport

/// Everybody is gone through in ranges of users, which two sessions share.
@Suite struct RangesTests {
    private static let users = (1...7).map { "user\($0)" }

    @Test func `two sessions plan and count what one does`() async throws {
        let setting = World.Setting(
            Self.users.joined(separator: " "),
            limits: World.Setting.noLimits
        )
        var told: [[[String]]] = []
        for sizes in [100...100, 1...2, 1...3] {
            try await World.run(setting) { world in
                world.store.rangeSizes = sizes
                for (number, user) in Self.users.enumerated() {
                    world.book("a", of: user, at(9), at(10 + number))
                    world.book("b", of: user, at(20), at(21))
                }
                try await world.nightly()
                world.calendars.remove("a", from: "user3")
                world.book("c", of: "user4", at(13), at(22))
                world.book("a", of: "user7", at(11), at(12))
                try await world.nightly()
                told.append(try world.phones().map { [$0] } + world.connection.ask(Self.balances))
                let readers = try world.number(
                    """
                    select count(*) from pg_stat_activity
                    where datname = current_database() and application_name = 'reader'
                    """
                )
                #expect(readers == (sizes == 100...100 ? 0 : 2))
            }
        }
        #expect(told[0].count > 14)
        #expect(told[1] == told[0] && told[2] == told[0])
    }

    private static let balances = """
        select scope, user_count, taken_in_count, applied_count, superseded_count, is_balanced
        from audit.balances order by run_id
        """
}
