import Foundation
import TestSupport
import Testing

/// A customer whose calendars and groups are in the simulator, in all three of its protocols.
struct SimulatedCompany {
    let office: Office
    let simulator: RunningSimulator

    /// The directories that have groups, by the name of their calendar source.
    static let directories = ["m365": "graph", "google": "google"]

    /// Runs `body` with a simulator of so many mailboxes, of which the first four are users.
    static func run(
        mailboxes: Int = 20,
        groups: [String] = [],
        _ body: (SimulatedCompany) async throws -> Void
    ) async throws {
        try await CalendarSimulatorProcess(mailboxes: mailboxes, bookings: 4).run { simulator in
            try await Office.run { office in
                let company = SimulatedCompany(office: office, simulator: simulator)
                try office.write("\(RunningSimulator.Access.secret)\n", to: "secret")
                try office.write(
                    String(decoding: try await simulator.googleKey(), as: UTF8.self),
                    to: "google.json"
                )
                try office.write(company.customer(groups), to: "customer.yaml")
                try office.write(company.roster, to: "roster.csv")
                try await company.expect(0, "customer", "apply", "customer.yaml")
                try await company.expect(0, "roster", "import", "roster.csv")
                try await body(company)
            }
        }
    }

    /// - Parameter groups: Each as `SOURCE GROUP SERVICE`.
    func customer(_ groups: [String]) -> String {
        let lines = groups.map { group in
            let parts = group.split(separator: " ")
            return "  - { calendar: \(parts[0]), group: \(parts[1]), service: \(parts[2]) }"
        }
        return """
            customer: prov
            name: Provbolaget
            system: one-x
            timezone: Europe/Stockholm
            calendars:
              - name: m365
                kind: graph
                tenant: exempel.example
                client: kalenderkoppling
                secret_file: secret
                url: \(simulator.url)/v1.0
                login_url: \(simulator.url)
              - name: google
                kind: google
                key_file: google.json
                url: \(simulator.url)/calendar/v3
                directory_url: \(simulator.url)/admin/directory/v1
                admin: admin@exempel.example
              - name: exchange
                kind: ews
                url: \(simulator.url)/EWS/Exchange.asmx
                auth: basic
                user: \(RunningSimulator.Access.account)
                password_file: secret
            \(lines.isEmpty ? "" : "groups:\n" + lines.joined(separator: "\n"))

            """
    }

    /// Nobody of these has the service calendar by the roster but the first.
    private var roster: String {
        """
        key,name,extension,calendar,services,mail
        one,One,101,m365:user1@exempel.example,calendar diversion,user1@exempel.example
        two,Two,102,google:user2@exempel.example,diversion,user2@exempel.example
        three,Three,103,exchange:user3@exempel.example,diversion,user3@exempel.example
        user4@exempel.example,Four,104,,diversion,

        """
    }

    /// Runs the program, which must leave with `status`.
    @discardableResult
    func expect(
        _ status: Int32,
        _ arguments: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Program.Ending {
        let ending = try await office.program.run(arguments)
        #expect(
            ending.status == status,
            "\(arguments.joined(separator: " ")): \(ending.everything)",
            sourceLocation: sourceLocation
        )
        #expect(
            !ending.everything.contains(RunningSimulator.Access.secret),
            sourceLocation: sourceLocation
        )
        return ending
    }

    /// Who has the service calendar.
    func users() async throws -> String {
        try await office.rows(
            """
            select coalesce(string_agg(user_key, ' ' order by user_key), '')
            from roster.users where is_active and has_calendar
            """
        ).joined()
    }

    /// Who joined and left since the start, in order.
    func audit() async throws -> [String] {
        try await office.rows(
            """
            select user_key || ' ' || change || ' ' || group_key
            from audit.group_changes inner join roster.users using (customer_id, user_id)
            order by changed_at, user_key
            """
        )
    }
}
