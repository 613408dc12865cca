import AbsenceStore
import Foundation
import Postgres
import TestSupport
import Testing

/// Timers and people act on the exit status alone.
@Suite struct ExitStatusTests {
    @Test(
        arguments: [
            ["reconcile", "--apply"], ["load", "absences"], ["load", "bookings"],
            ["withdraw", "--customer", "prov", "--apply"], ["prune"],
        ]
    )
    func `a run that finds its work taken leaves with 75, and says who has it`(
        arguments: [String]
    ) async throws {
        try await Office.furnished { office in
            let store = AbsenceStore(try office.database.connect())
            let work: Work =
                arguments == ["load", "bookings"] ? .load(source: "files") : .reconcile
            let customer = try store.customer("prov")
            let lease = try #require(
                try store.takeLease(on: work, of: customer, by: "a test", at: Date())
            )
            let ending = try await office.program.run(arguments)
            #expect(ending.status == 75, "\(ending.everything)")
            #expect(ending.output == "")
            #expect(ending.complaints.contains("another run does this"))
            #expect(ending.complaints.contains("customer=prov"))
            #expect(
                try await office.rows(
                    """
                    select work, taken_by
                    from audit.skipped_runs inner join customer.work using (customer_id, work)
                    """
                ) == ["\(work.name)|a test"]
            )
            try store.give(back: lease)
            #expect(try await office.program.run(arguments).status == 0)
        }
    }

    @Test(
        arguments: [
            ["check"], ["customer", "list"], ["load", "bookings"], ["reconcile"], ["away"],
            ["prune"],
        ]
    )
    func `a database without the schema leaves with 75`(arguments: [String]) async throws {
        try await Office.run(.empty) { office in
            let ending = try await office.program.run(arguments)
            #expect(ending.status == 75, "\(ending.everything)")
            #expect(ending.output == "")
            #expect(ending.complaints.contains("run jobs/deploy-schema"))
        }
    }

    @Test func `no database is a failure`() async throws {
        var program = Program.kalenderkoppling()
        program.environment = ["PGHOST": "/nonexistent"]
        let ending = try await program("reconcile")
        #expect(ending.status == 1)
        #expect(ending.complaints.hasPrefix("Error: cannot connect to the database: "))
    }

    @Test func `a telephone side that refuses one change leaves with 2, and says why`()
        async throws
    {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            _ = try await office.rows(
                """
                alter table switchboard.absences
                add constraint absences_not_cia_check check (extension <> '4023')
                """
            )
            let ending = try await office.expect(2, "reconcile", "--apply")
            #expect(ending.output.contains("failed"))
            #expect(ending.everything.contains("absences_not_cia_check"))
            #expect(try await office.shown().count == 4)
            #expect(
                try await office.rows(
                    "select user_key, outcome from watch.changes where outcome <> 'done'"
                ) == ["cia|failed"]
            )
        }
    }

    @Test func `one customer's failure keeps no other from its turn`() async throws {
        try await Office.furnished { office in
            try office.write(
                Office.customer.replacing("customer: prov", with: "customer: annan")
                    + "exchange: { kind: table, service: nowhere }\n",
                to: "annan.yaml"
            )
            try await office.expect(0, "customer", "apply", "annan.yaml")
            try await office.expect(0, "roster", "import", "roster.csv", "--customer", "annan")
            try await office.expect(0, "load", "bookings")
            for arguments in [["reconcile", "--apply"], ["load", "absences"], ["prune"]] {
                let ending = try await office.program.run(arguments + ["--now", Office.now])
                #expect(ending.status == 1)
                #expect(ending.complaints.contains(/error: .* failed customer=annan .*nowhere/))
            }
            #expect(try await office.shown().count == 5)
            #expect(
                try await office.rows("select count(*) from telephony.shown where customer_id = 1")
                    == ["5"]
            )
            let approval = try await office.expect(64, "reconcile", "--approve", "0123456789abcdef")
            #expect(approval.complaints.contains("--customer: annan, prov"))
        }
    }

    @Test func `a telephone side that cannot be reached is a failure`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            try office.write(
                Office.customer + "exchange: { kind: table, service: nowhere }\n",
                to: "c.yaml"
            )
            try await office.expect(0, "customer", "apply", "c.yaml")
            for arguments in [["reconcile"], ["load", "absences"], ["prune"]] {
                let ending = try await office.program.run(arguments)
                #expect(ending.status == 1, "\(arguments): \(ending.everything)")
                #expect(ending.complaints.contains("nowhere"))
            }
        }
    }
}
