import TestSupport
import Testing

/// The customer of these tests: three users, on the morning of Monday 23 November 2026.
extension Office {
    /// Runs `body` where customer and users were taken in, and the calendars hold a morning's
    /// bookings.
    static func furnished<Result>(_ body: (Office) async throws -> Result) async throws -> Result {
        try await run { office in
            try office.write(customer, to: "customer.yaml")
            try office.write(roster, to: "roster.csv")
            try office.book("anna", EventText("a1", "20261123T080000Z", "20261123T090000Z"))
            try office.book(
                "anna",
                EventText("a2", "20261123T120000Z", "20261123T130000Z", ["CLASS:PRIVATE"])
            )
            try office.book(
                "bo",
                EventText(
                    "b1",
                    "20261123T080000Z",
                    "20261123T091500Z",
                    ["RRULE:FREQ=WEEKLY;COUNT=3"]
                )
            )
            try office.book(
                "cia",
                EventText(
                    "c1",
                    "20261124",
                    "20261126",
                    ["X-MICROSOFT-CDO-BUSYSTATUS:OOF"]
                )
            )
            try office.book("cia", EventText("c2", "20261123T093000Z", "20261123T093000Z"))
            try await office.expect(0, "customer", "apply", "customer.yaml")
            try await office.expect(0, "roster", "import", "roster.csv")
            return try await body(office)
        }
    }

    /// Runs the program, which must leave with `status`.
    @discardableResult
    func expect(
        _ status: Int32,
        at now: String = Office.now,
        _ arguments: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Program.Ending {
        let ending = try await program.run(arguments + ["--now", now])
        #expect(
            ending.status == status,
            "\(arguments.joined(separator: " ")): \(ending.everything)",
            sourceLocation: sourceLocation
        )
        return ending
    }

    static let customer = """
        customer: prov
        name: Provbolaget
        system: one-x
        timezone: Europe/Stockholm
        rules:
          show_as:
            busy: { reason: meeting, kind: open }
        calendars:
          - { name: files, kind: ics, folder: calendars }

        """

    static let roster = """
        key,name,extension,calendar,services
        anna,Anna Åkesson,4021,files:anna,calendar diversion
        bo,Bo Ek,4022,files:bo,calendar diversion
        cia,Cia Berg,4023,files:cia,calendar

        """
}
