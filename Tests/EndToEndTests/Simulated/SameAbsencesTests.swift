import Foundation
import TestSupport
import Testing

/// One organisation, served by four calendar systems: the telephones show the same.
@Suite struct SameAbsencesTests {
    private static let users = (1...8).map { "user\($0)" }
    private static let rules = """
        show_as:
          busy: { reason: meeting, kind: open }
          tentative: { reason: meeting, kind: information }
          out_of_office: { reason: away, kind: direct }
          working_elsewhere: { reason: errand, kind: information }
        """

    @Test(.timeLimit(.minutes(5))) func `four systems, the same absences`() async throws {
        try await CalendarSimulatorProcess(mailboxes: 8, bookings: 30, seed: 11).run { simulator in
            var shown: [String: [String]] = [:]
            for kind in CalendarKind.allCases {
                shown[kind.rawValue] = try await Office.run { office in
                    try await office.open(
                        kind,
                        of: simulator,
                        users: Self.users,
                        rules: Self.rules
                    )
                    return try await self.absences(office)
                }
            }
            shown["caldav"] = try await overCalDAV(simulator)
            let first = try #require(shown["graph"])
            #expect(first.count > 50)
            for (name, absences) in shown {
                let difference = Set(first).symmetricDifference(absences).sorted()
                #expect(absences == first, "\(name): \(difference.prefix(10))")
            }
        }
    }

    private func absences(_ office: Office) async throws -> [String] {
        try await office.run("load", "bookings", "--full")
        try await office.run("reconcile", "--apply")
        return try await office.shown()
    }

    private func overCalDAV(_ simulator: RunningSimulator) async throws -> [String] {
        let python = try #require(ProcessInfo.processInfo.environment["KK_PYTHON"])
        return try await Radicale.run(python: python) { server in
            try await withFetcher { fetcher in
                let writer = CalDAVWriter(server, fetcher: fetcher)
                for user in Self.users {
                    try await writer.makeCalendar(user)
                    let mailbox = "\(user)@exempel.example"
                    let objects = try await simulator.calendarObjects(of: mailbox)
                    for (name, object) in objects {
                        try await writer.put(object, as: "\(name).ics", in: user)
                    }
                }
            }
            return try await Office.run { office in
                try office.write("secret\n", to: "password")
                try await office.open(
                    """
                    - name: cal
                      kind: caldav
                      url: \(server.base)
                      user: anna
                      password_file: password
                    """,
                    users: Self.users,
                    rules: Self.rules
                ) { "cal:\(server.home)\($0)/" }
                return try await self.absences(office)
            }
        }
    }
}
