import CalendarFeed
import Foundation
import TestSupport
import Testing

/// A CalDAV server that goes wrong takes nothing away.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["KK_PYTHON"] != nil,
        "KK_PYTHON names no Python with radicale"
    )
)
struct CalDAVFaultTests {
    /// Runs `body` where Anna has a booking in each of two calendars, both on her telephone, and
    /// the program sees the server through the proxy.
    private func withTwoCalendars(
        _ body: (Office, CalDAVWriter, DAVProxy) async throws -> Void
    ) async throws {
        let python = try #require(ProcessInfo.processInfo.environment["KK_PYTHON"])
        try await Radicale.run(python: python) { server in
            try await withFetcher { fetcher in
                let writer = CalDAVWriter(server, fetcher: fetcher)
                for (calendar, day) in [("work", 23), ("more", 24)] {
                    try await writer.makeCalendar(calendar)
                    try await writer.put(event(calendar, day), as: "1.ics", in: calendar)
                }
                let proxy = DAVProxy(before: server, fetcher: fetcher)
                try await CalendarServer.run({ await proxy.reply(to: $0) }) { front in
                    try await Office.run { office in
                        try await office.openCalDAV(server, through: front.url)
                        try await office.run("load", "bookings")
                        #expect(try await office.reconcileTouched() == ChangeCounts(created: 2))
                        try await body(office, writer, proxy)
                    }
                }
            }
        }
    }

    private func event(_ uid: String, _ day: Int, hour: Int = 10) -> String {
        EventText(uid, "202611\(day)T\(hour)0000Z", "202611\(day)T\(hour + 1)0000Z").text
    }

    private let failure = "select failure from watch.failed_calendars"

    @Test(.timeLimit(.minutes(2)), arguments: Fault.allCases)
    func `a server that fails`(fault: Fault) async throws {
        try await withTwoCalendars { office, writer, proxy in
            let shown = try await office.shown()
            try await writer.delete("1.ics", in: "work")
            proxy.change { $0.faults = ["/": fault] }
            for full in ["--full", "--verbose"] {
                let load = try await office.run("load", "bookings", full, expecting: 1)
                #expect(load.complaints.contains("user=anna"))
                #expect(try await office.rows(failure).count == 1)
                #expect(try await office.reconcileTouched() == .none)
            }
            try await office.run("reconcile", "--apply")
            #expect(try await office.shown() == shown)

            proxy.change { $0.faults = [:] }
            try await office.run("load", "bookings")
            #expect(try await office.rows(failure) == [])
            #expect(try await office.reconcileTouched() == ChangeCounts(withdrawn: 1))
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: Fault.allCases)
    func `one of two calendars that fails keeps its bookings, and the other goes on`(
        fault: Fault
    ) async throws {
        try await withTwoCalendars { office, writer, proxy in
            try await writer.put(event("work", 25), as: "1.ics", in: "work")
            try await writer.put(event("more", 24, hour: 14), as: "1.ics", in: "more")
            proxy.change { $0.faults = ["/anna/work/": fault] }
            let load = try await office.run("load", "bookings", "--full", expecting: 2)
            #expect(load.complaints.contains("/anna/work/"))
            #expect(try await office.rows(failure).first?.contains("/anna/work/") == true)
            #expect(try await office.reconcileTouched() == ChangeCounts(updated: 1))
            #expect(
                try await office.shown() == [
                    "4021 open meeting 11-23 10:00 11-23 11:00",
                    "4021 open meeting 11-24 14:00 11-24 15:00",
                ]
            )

            proxy.change { $0.faults = [:] }
            try await office.run("load", "bookings")
            #expect(try await office.rows(failure) == [])
            #expect(try await office.reconcileTouched() == ChangeCounts(updated: 1))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a 207 that tells of no removals withdraws nothing before the next full load`()
        async throws
    {
        try await withTwoCalendars { office, writer, proxy in
            try await writer.put(event("going", 25), as: "2.ics", in: "work")
            try await writer.put(event("staying", 26), as: "3.ics", in: "work")
            try await office.run("load", "bookings")
            #expect(try await office.reconcileTouched() == ChangeCounts(created: 2))

            proxy.change { $0.hidesRemovals = true }
            try await writer.delete("2.ics", in: "work")
            try await writer.put(event("work", 23, hour: 14), as: "1.ics", in: "work")
            try await office.run("load", "bookings")
            #expect(try await office.reconcileTouched() == ChangeCounts(updated: 1))
            try await office.run("load", "bookings", "--full")
            #expect(try await office.reconcileTouched() == ChangeCounts(withdrawn: 1))
        }
    }
}
