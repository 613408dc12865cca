import Foundation
import TestSupport
import Testing

extension PBXTests {
    /// From a calendar to a caller's ear: the program, the switchboard in a database of its own,
    /// the telephone system.
    @Suite struct WholePath {
        @Test func `a booking changes, and the next call after a pass tells it`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try await Office.run { office in
                let office = try pbx.reached(from: office)
                try office.write(
                    """
                    customer: \(RunningPBX.customer)
                    name: Provbolaget
                    system: one-x
                    timezone: Europe/Stockholm
                    rules:
                      show_as:
                        busy: { reason: meeting, kind: direct }
                    calendars:
                      - { name: office, kind: ics, folder: calendars }
                    exchange: { kind: table, service: pbx }

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
                #expect(try await pbx.call(anna).answeredBy == "phone\(anna.number)")

                let begin = Date(
                    timeIntervalSince1970: (Date.now.timeIntervalSince1970 / 60).rounded(.down) * 60
                )
                let end = begin + 3600
                try office.book("anna", EventText("m", stamp(begin - 600), stamp(end)))
                try await minutely(office)
                let call = try await pbx.call(anna)
                #expect(call.text.hasPrefix("Anna Svensson är i möte"))
                #expect(call.shown == "direct;reason=meeting;until=\(end.formatted(.iso8601))")

                let later = end + 1800
                try office.book("anna", EventText("m", stamp(begin - 600), stamp(later)))
                try await minutely(office)
                #expect(
                    try await pbx.call(anna).shown
                        == "direct;reason=meeting;until=\(later.formatted(.iso8601))"
                )

                try office.unbook("anna", "m")
                try await minutely(office)
                #expect(try await pbx.call(anna).answeredBy == "phone\(anna.number)")
            }
        }

        /// What jobs/minutely does.
        private func minutely(_ office: Office) async throws {
            try await expect(office, "load", "bookings", "--within", "25")
            try await expect(office, "reconcile", "--apply", "--touched")
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
