import Foundation
import Postgres
import TestSupport
import Testing

extension PBXTests {
    /// From a calendar to a caller and to colleagues, where the telephone system can only be dialled
    /// and shown presence: nothing writes its table but the codes.
    @Suite struct DialledPath {
        @Test func `a booking is dialled, shown to colleagues, and both end with it`() async throws
        {
            let pbx = try currentPBX()
            let zone = try Self.dayZone()
            let anna = try await pbx.person("Anna Svensson")
            let desk = try await pbx.person("Växeln", phone: nil, isAttendant: true)
            try pbx.database.connect().command(
                """
                update switchboard.extensions set time_zone = '\(zone)'
                where extension = '\(anna.number)'
                """
            )
            try await Office.run { office in
                try office.write(
                    """
                    customer: provbolaget
                    name: Provbolaget
                    system: one-x
                    timezone: \(zone)
                    rules:
                      show_as:
                        busy: { reason: meeting, kind: direct }
                    calendars:
                      - { name: office, kind: ics, folder: calendars }
                    exchange:
                      kind: mxone
                      proxy: sip:\(pbx.address)
                      domain: \(RunningPBX.domain)
                      extension: "\(desk.number)"
                      default_reason: meeting
                    presence:
                      proxy: sip:\(pbx.address);transport=tcp
                      domain: \(RunningPBX.domain)
                      user: kalenderkoppling

                    """,
                    to: "customer.yaml"
                )
                try office.write(
                    """
                    key,name,extension,calendar,services
                    anna,Anna Svensson,\(anna.number),office:anna,calendar diversion

                    """,
                    to: "roster.csv"
                )
                try await expect(office, "customer", "apply", "customer.yaml")
                try await expect(office, "roster", "import", "roster.csv")
                let begin = Date(
                    timeIntervalSince1970: (Date().timeIntervalSince1970 / 60).rounded(.down) * 60
                )
                let end = begin + 3600
                try office.book("anna", EventText("m", stamp(begin - 600), stamp(end)))

                try await pbx.watching(anna) { watch in
                    try await minutely(office)
                    #expect(
                        try standing(pbx, anna) == [
                            ["direct", "meeting", desk.number, "\(Int(end.timeIntervalSince1970))"]
                        ]
                    )
                    #expect(
                        try await pbx.call(anna).shown.hasPrefix("direct;reason=meeting;until=")
                    )
                    let told =
                        #""what": ["meeting", "busy"], "until": "\#(end.formatted(.iso8601))""#
                    #expect(try await watch.comes(told).contains(told))
                    #expect(
                        try await office.rows("select extension from telephony.published")
                            == [anna.number]
                    )

                    // Nothing has changed: nothing is dialled, nothing published.
                    let tags = "select entity_tag, published_at from telephony.published"
                    let before = try await office.rows(tags)
                    try await minutely(office)
                    #expect(try await office.rows(tags) == before)

                    try office.unbook("anna", "m")
                    try await minutely(office)
                    #expect(try standing(pbx, anna) == [])
                    #expect(try await office.rows("select 1 from telephony.published") == [])
                    let answer = try await pbx.call(anna)
                    #expect(answer.answeredBy == "phone\(anna.number)")
                    var isOver = false
                    for _ in 0..<200 where !isOver {
                        isOver = try await !watch.comes("", within: 1).contains("meeting")
                        try await Task.sleep(for: .milliseconds(50))
                    }
                    #expect(isOver)
                }
            }
        }

        /// A zone in which the next hour is of this day.
        private static func dayZone() throws -> String {
            try #require(
                ["Europe/Stockholm", "America/Los_Angeles", "Asia/Tokyo"].first { name in
                    let zone = TimeZone(identifier: name) ?? .gmt
                    let hour = Calendar.current.dateComponents(in: zone, from: Date()).hour
                    return (3..<20).contains(hour ?? 0)
                }
            )
        }

        private func standing(_ pbx: RunningPBX, _ person: RunningPBX.Person) throws -> [[String]] {
            try pbx.database.connect().ask(
                """
                select kind, reason, set_by, extract(epoch from ends_at)::bigint
                from switchboard.absences where extension = '\(person.number)'
                """
            )
        }

        /// What jobs/minutely does.
        private func minutely(_ office: Office) async throws {
            try await expect(office, "reconcile", "--apply", "--touched")
            try await expect(office, "load", "bookings", "--within", "25")
            try await expect(office, "reconcile", "--apply", "--touched")
            try await expect(office, "presence", "--apply")
        }

        private func expect(_ office: Office, _ arguments: String...) async throws {
            let ending = try await office.program.run(arguments)
            #expect(ending.status == 0, "\(arguments): \(ending.everything)")
        }

        /// A DATE-TIME of RFC 5545.
        private func stamp(_ instant: Date) -> String {
            instant.formatted(.iso8601).replacing("-", with: "").replacing(":", with: "")
        }
    }
}
