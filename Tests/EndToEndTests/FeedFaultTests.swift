import TestSupport
import Testing

/// A feed that goes wrong takes nothing away, keeps nobody else waiting, and says so.
@Suite struct FeedFaultTests {
    /// Runs `body` where Bo's and Cia's bookings are on the telephones.
    private func withFeeds(_ body: (Office, FeedServer) async throws -> Void) async throws {
        let feeds = FeedServer()
        feeds.book("bo", EventText("b", "20261123T080000Z", "20261123T090000Z"))
        feeds.book("cia", EventText("c", "20261123T080000Z", "20261123T090000Z"))
        try await CalendarServer.run({ feeds.reply(to: $0) }) { server in
            try await Office.run { office in
                try await office.open(
                    calendars: """
                        - name: feed
                          kind: ics
                          url: \(server.url)/{address}.ics
                          timeout: 1
                        """,
                    users: """
                        bo,Bo Ek,4022,feed:bo,calendar diversion
                        cia,Cia Berg,4023,feed:cia,calendar diversion
                        """
                )
                try await office.run("load", "bookings")
                #expect(try await office.reconcileTouched() == ChangeCounts(created: 2))
                try await body(office, feeds)
            }
        }
    }

    private let failed =
        "select user_key, source, address, failure from watch.failed_calendars order by 1"

    @Test(.timeLimit(.minutes(1)), arguments: Fault.allCases)
    func `a feed that fails`(fault: Fault) async throws {
        try await withFeeds { office, feeds in
            feeds.book("bo", EventText("b2", "20261124T080000Z", "20261124T090000Z"))
            feeds.book("cia", EventText("c", "20261123T100000Z", "20261123T110000Z"))
            feeds.fail("bo", fault)
            for full in [false, true] {
                let load = try await office.run(
                    "load",
                    "bookings",
                    full ? "--full" : "--verbose",
                    expecting: 2
                )
                let line = try #require(
                    load.complaints.split(separator: "\n").first {
                        $0.hasPrefix("warning: calendar failed ")
                    }
                )
                #expect(line.contains(fault.sentence), "\(line)")
                #expect(line.contains("source=feed"))
                #expect(line.contains("user=bo"))
                #expect(line.contains("customer=prov"))
                let row = try #require(try await office.rows(failed).first)
                #expect(row.hasPrefix("bo|feed|bo|"))
                #expect(row.contains(fault.sentence))
                #expect(
                    try await office.reconcileTouched()
                        == (full ? .none : ChangeCounts(updated: 1))
                )
            }
            #expect(
                try await office.run("reconcile", "--apply").output.contains("nothing to change")
            )
            #expect(
                try await office.shown() == [
                    "4022 open meeting 11-23 08:00 11-23 09:00",
                    "4023 open meeting 11-23 10:00 11-23 11:00",
                ]
            )
            let failures = try await office.rows("select failure from audit.load_failures")
            #expect(failures.count == 2)
            #expect(failures.allSatisfy { $0.contains(fault.sentence) })

            // Once it is well again, what happened meanwhile is there at once.
            feeds.fail("bo", nil)
            try await office.run("load", "bookings")
            #expect(try await office.rows(failed) == [])
            #expect(
                try await office.reconcileTouched() == ChangeCounts(created: 1, withdrawn: 1)
            )
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `where every feed fails, so does the load, and everything stays`() async throws {
        try await withFeeds { office, feeds in
            feeds.fail("bo", .serverError)
            feeds.fail("cia", .emptyBody)
            try await office.run("load", "bookings", "--full", expecting: 1)
            #expect(try await office.rows(failed).count == 2)
            #expect(try await office.reconcileTouched() == .none)
            #expect(try await office.shown().count == 2)
        }
    }
}
