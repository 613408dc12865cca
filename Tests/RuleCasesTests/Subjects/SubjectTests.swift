import AbsenceModel
import Foundation
import Postgres
import Settings
import Testing
import TestSupport

@testable import AbsenceStore

/// Taking in finds codes in any subject that people may write, and in no other.
@Suite struct SubjectTests {
    /// A system, beside which another's codes may count.
    struct System: CustomTestStringConvertible, Sendable {
        var system: PhoneSystem
        var rules = "{}"
        var tables: [CodeTable]

        var testDescription: String { tables.map(\.rawValue).joined(separator: " with ") }
    }

    static let systems = [
        System(system: .trio, tables: [.trio]),
        System(system: .kalenderPush, tables: [.kalenderPush]),
        System(system: .cmg, tables: [.cmg]),
        System(system: .trio, rules: "{ grammars: { cmg: template } }", tables: [.trio, .cmg]),
    ]

    @Test(arguments: systems)
    func `the codes of fifty thousand subjects are those that the requirements say`(
        system: System
    ) throws {
        var generator = SubjectGenerator(system.tables, seed: 20_261_123)
        let subjects = (0..<50_000).map { _ in generator.subject() }
        let rows = try withDatabase { try Self.minimised(subjects, system, in: $0) }
        try #require(rows.map(\.number) == Array(subjects.indices), "one row a booking")

        let matchers = system.tables.map(PlainMatcher.init)
        var wrong: [String] = []
        var found: [String: Int] = [:]
        for (row, subject) in zip(rows, subjects) {
            let expected = matchers.lazy.compactMap { $0.found(in: subject) }.first
            if row.found != expected {
                let expected = expected.map(Self.told) ?? "no code"
                let actual = row.found.map(Self.told) ?? "no code"
                wrong.append("\(Self.visible(subject)): expected \(expected), got \(actual)")
            }
            if let reason = expected?.reason { found[reason, default: 0] += 1 }
        }
        let told = wrong.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(15)
        #expect(
            wrong.isEmpty,
            "\(wrong.count) subjects, such as\n\(told.joined(separator: "\n"))"
        )

        // The subjects are such that this says something.
        let reasons = Set(system.tables.flatMap(\.codes).map(\.reason))
        #expect(Set(found.keys) == reasons)
        #expect(found.values.reduce(0, +) > 5_000)
    }

    private static func told(_ found: PlainMatcher.Found) -> String {
        "\(found.reason ?? "a bare sign") \(found.kind ?? "of the usual kind")"
    }

    /// With all that is not plain ASCII as its number.
    private static func visible(_ subject: String) -> String {
        let short = subject.unicodeScalars.prefix(120).map { $0.escaped(asASCII: true) }.joined()
        return "\"\(short)\(subject.unicodeScalars.count > 120 ? "…" : "")\""
    }

    // MARK: The database

    /// What taking in would keep of bookings with these subjects, in their order.
    private static func minimised(
        _ subjects: [String],
        _ system: System,
        in database: TestDatabase
    ) throws -> [Minimised] {
        let now = try utc("2026-11-23T06:00:00Z")
        let customer = try BookedCustomer(
            .init(system: system.system, rules: system.rules),
            in: database,
            at: now
        )
        let stage = Stage(customer: customer.customer.id, load: 1)
        let calendar = try customer.calendar(of: "anna")
        try customer.connection.copyIn(
            StagedBookings(),
            rows: subjects.lazy.enumerated().map { number, subject in
                let booking = Booking(
                    key: "\(number)",
                    resource: "r",
                    time: .timed(start: now, end: now + 60),
                    subject: subject
                )
                return (stage, calendar, booking)
            }
        )
        // As intake.differing asks: what stands in a stage is in no statistics.
        try customer.connection.command("set enable_nestloop to off; set enable_mergejoin to off")
        let unknown = try customer.ask(
            """
            select booking_key
            from intake.minimised($customer, 1, array[\(calendar.user.rawValue)])
            where not exists (
                select from customer.codes
                where codes.customer_id = $customer
                    and codes.code = minimised.code and codes.reason = minimised.code_reason
            )
                and num_nonnulls(nullif(code, ''), code_reason) > 0
            """,
            at: now
        )
        #expect(unknown == [], "a code and its reason are in customer.codes, or neither is there")
        return try customer.connection.run(
            Minimised.All(customer: customer.customer.id, users: [calendar.user])
        )
    }
}

/// What is kept of a code.
private struct Minimised {
    /// Of its subject.
    var number: Int
    var found: PlainMatcher.Found?

    struct All: Statement {
        static let sql = """
            select booking_key, code, code_reason, code_kind
            from intake.minimised($1, 1, $2)
            order by booking_key::integer
            """
        static let columns = [
            Column("booking_key", .text),
            Column("code", .text),
            Column("code_reason", .text),
            Column("code_kind", "customer.kind"),
        ]
        var customer: CustomerID
        var users: [UserID]
        var parameters: [Parameter] { [Parameter(customer), Parameter(users)] }

        static func decode(_ row: inout RowReader) throws(PostgresError) -> Minimised {
            let number = Int(try row.string()) ?? -1
            let code = try row.optionalString()
            let reason = try row.optionalString()
            let kind = try row.optionalString()
            let isFound = code != nil || reason != nil || kind != nil
            return Minimised(
                number: number,
                found: isFound ? .init(reason: reason, kind: kind) : nil
            )
        }
    }
}
