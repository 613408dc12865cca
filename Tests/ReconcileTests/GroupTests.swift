import AbsenceStore
import CalendarFeed
import Foundation
import Reconcile
import Settings
import TestSupport
import Testing
import Web

/// Who is in a group has the service: from the directory to the telephone.
@Suite struct GroupTests {
    /// A world of anna, bo and carin, whose service calendar the group g decides.
    private func withGroups(
        _ services: [String] = ["calendar"],
        _ body: (World, FakeDirectory) async throws -> Void
    ) async throws {
        try await World.run { world in
            // Before the group is named: while it is undecided, an import changes no service.
            try world.enroll(Self.roster)
            let groups = services.map { "{ calendar: m365, group: g, service: \($0) }" }
            var setting = World.Setting().customerFile.replacing(
                "folder: /nowhere }]",
                with: "folder: /nowhere }, { name: m365, kind: graph, tenant: t, client: c, "
                    + "secret_env: S }]"
            )
            setting += "\ngroups: [\(groups.joined(separator: ", "))]\n"
            let file = try CustomerFile(Data(setting.utf8), file: "customer.yaml")
            _ = try world.store.apply(file, by: "test", at: world.clock.tick())
            try await body(world, FakeDirectory())
        }
    }

    private static let roster = """
        key,name,extension,calendar,services,mail
        anna,Anna,101,fake:anna,calendar diversion,anna@x.example
        bo,Bo,102,fake:bo,diversion,bo@x.example
        carin,Carin,103,fake:carin,calendar diversion,carin@x.example
        """

    @discardableResult
    private func sync(_ world: World, _ directory: FakeDirectory) async throws -> [GroupTally] {
        let pass = GroupPass(
            store: world.store,
            directory: { source in
                #expect(source == "m365")
                return directory
            },
            runner: "test",
            now: world.clock.tick
        )
        return try await pass.run(for: world.customer)
    }

    private func services(_ world: World) throws -> [String] {
        try world.connection.ask(
            """
            select user_key || case when has_calendar then ' calendar' else '' end
                || case when has_diversion then ' diversion' else '' end
            from roster.users where is_active order by user_key
            """
        ).map { $0[0] }
    }

    @Test func `whoever joins is closed, whoever leaves is opened`() async throws {
        try await withGroups { world, directory in
            for user in ["anna", "bo", "carin"] { world.book("b", of: user, at(9), at(10)) }
            try await world.minutely()
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-10:00 open meeting", "103 Mon 09:00-10:00 open meeting",
                ]
            )

            directory.set("g", "anna@x.example", "bo@x.example", "dan@x.example")
            let tallies = try await sync(world, directory)
            let tally = try #require(tallies.first)
            #expect((tally.members, tally.unknown) == (3, 1))
            #expect((tally.joined, tally.left) == (2, 0))
            #expect(tally.failure == nil)
            #expect(try world.touched() == ["bo groups", "carin groups"])
            try await world.minutely()
            #expect(
                try world.phones() == [
                    "101 Mon 09:00-10:00 open meeting", "102 Mon 09:00-10:00 open meeting",
                ]
            )
        }
    }

    static let silences: [(name: String, change: @Sendable (FakeDirectory) -> Void)] = [
        ("empty", { $0.set("g") }),
        ("gone", { $0.fail("g", RemoteFailure(.notFound, "HOST has no group g")) }),
        ("cut off", { $0.fail("g", RemoteFailure(.truncated, "HOST told 1 of 2")) }),
        ("unreachable", { $0.fail("g", RemoteFailure(.unreachable, "HOST is not there")) }),
    ]

    @Test(arguments: silences.indices)
    func `a group that does not tell switches nobody off`(index: Int) async throws {
        try await withGroups { world, directory in
            directory.set("g", "anna@x.example", "bo@x.example")
            try await sync(world, directory)
            let before = try services(world)
            #expect(
                before == ["anna calendar diversion", "bo calendar diversion", "carin diversion"]
            )

            Self.silences[index].change(directory)
            let tallies = try await sync(world, directory)
            #expect(tallies.map(\.members) == [2])
            #expect(tallies.allSatisfy { $0.failure != nil })
            #expect(try services(world) == before)
            let failed = try world.connection.ask("select failure from watch.failed_groups")
            #expect(failed.map { $0[0] } == tallies.map(\.failure))
            // Nor does an import after it.
            try world.enroll(Self.roster)
            #expect(try services(world) == before)
        }
    }

    @Test func `a group that never told changes nothing`() async throws {
        try await withGroups { world, directory in
            let before = try services(world)
            let tallies = try await sync(world, directory)
            #expect(tallies.map(\.failure) == ["there is no group g"])
            #expect(try services(world) == before)
        }
    }

    @Test func `a group that is named for two services is asked once`() async throws {
        try await withGroups(["calendar", "diversion"]) { world, directory in
            directory.set("g", "CARIN", "bo@x.example")
            let tallies = try await sync(world, directory)
            #expect(tallies.map(\.service) == ["calendar", "diversion"])
            #expect(directory.asked == ["g"])
            #expect(
                try services(world) == [
                    "anna", "bo calendar diversion", "carin calendar diversion",
                ]
            )
        }
    }

    @Test func `the audit tells who joined and left, and when`() async throws {
        try await withGroups { world, directory in
            directory.set("g", "anna@x.example")
            try await sync(world, directory)
            directory.set("g", "bo@x.example")
            try await sync(world, directory)
            let changes = try world.connection.ask(
                """
                select user_key, change, source, group_key, service
                from audit.group_changes inner join roster.users using (customer_id, user_id)
                order by changed_at, user_key
                """
            )
            #expect(
                changes == [
                    ["anna", "joined", "m365", "g", "calendar"],
                    ["anna", "left", "m365", "g", "calendar"],
                    ["bo", "joined", "m365", "g", "calendar"],
                ]
            )
        }
    }

    @Test func `without groups nobody is asked`() async throws {
        try await World.run { world in
            let directory = FakeDirectory()
            let tallies = try await sync(world, directory)
            #expect(tallies == [])
            #expect(directory.asked == [])
        }
    }
}
