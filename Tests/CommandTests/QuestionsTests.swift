import TestSupport
import Testing

/// What people ask: who is away, and why.
@Suite struct QuestionsTests {
    @Test func `explain tells why a phone is as it is, and why bookings gave nothing`()
        async throws
    {
        try await Office.furnished { office in
            try office.book(
                "anna",
                EventText("a3", "20261123T083000Z", "20261123T084500Z", ["TRANSP:TRANSPARENT"])
            )
            try office.book("bo", EventText("b2", "20261123T081500Z", "20261123T083000Z"))
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            var text = ""
            for (user, instant) in [
                ("anna", "2026-11-23T09:30"), ("4021", "2026-11-23T13:30"),
                ("bo", "2026-11-30T08:30:00Z"), ("bo", "2026-11-23T09:20"),
                ("cia", "2026-11-24T12:00"), ("cia", "2026-11-23T10:30"),
            ] {
                let ending = try await office.expect(0, "explain", user, "--at", instant)
                text += "$ explain \(user) --at \(instant)\n\(ending.output)\n"
            }
            try Golden.expect(Golden.withoutSeconds(text), is: "explain.txt")
        }
    }

    @Test func `explain tells what became of a booking that has left the calendar`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            try office.unbook("anna", "a1")
            try await office.expect(0, at: "2026-11-23T07:10:00Z", "load", "bookings")
            var text = try await office.expect(0, "explain", "anna", "--at", "2026-11-23T09:30")
                .output
            try await office.expect(0, at: "2026-11-23T07:11:00Z", "reconcile", "--apply")
            text +=
                "\n"
                + (try await office.expect(0, "explain", "anna", "--at", "2026-11-23T09:30").output)
            try Golden.expect(Golden.withoutSeconds(text), is: "explain-gone.txt")
        }
    }

    @Test func `explain tells what a person changed by hand, and who and when`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            try await office.expect(0, at: "2026-11-23T07:01:00Z", "load", "absences")
            _ = try await office.rows(
                """
                update switchboard.absences
                set kind = 'direct', ends_at = '2026-11-23T10:30:00Z',
                    back_at = '2026-11-23T10:30:00Z', set_by = 'Växeln',
                    set_at = '2026-11-23T07:02:00Z'
                where extension = '4021';
                delete from switchboard.absences
                where extension = '4022' and starts_at = '2026-11-23T08:00:00Z'
                """
            )
            for minute in 3...4 {
                try await office.expect(0, at: "2026-11-23T07:0\(minute):00Z", "load", "absences")
            }
            var text = ""
            for (user, instant) in [
                ("anna", "2026-11-23T11:00"), ("anna", "2026-11-23T11:30"),
                ("bo", "2026-11-23T09:20"),
            ] {
                let ending = try await office.expect(0, "explain", user, "--at", instant)
                text += "$ explain \(user) --at \(instant)\n\(ending.output)\n"
            }
            try Golden.expect(Golden.withoutSeconds(text), is: "explain-by-hand.txt")
        }
    }

    @Test func `away tells who is away, with what people set themselves`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            _ = try await office.rows(Self.lunch)
            try await office.expect(0, "load", "absences")
            var text = ""
            for format in ["table", "json", "csv"] {
                let ending = try await office.expect(
                    0,
                    at: "2026-11-23T08:30:00Z",
                    "away",
                    "--next",
                    "3",
                    "--format",
                    format
                )
                text += "$ away --next 3 --format \(format)\n\(ending.output)\n"
            }
            try Golden.expect(text, is: "away.txt")
        }
    }

    @Test func `control characters of a stranger reach neither a terminal nor a telephone`()
        async throws
    {
        try await Office.furnished { office in
            try office.write(
                Office.customer.replacing("rules:\n", with: "rules:\n  text: [subject]\n"),
                to: "customer.yaml"
            )
            try await office.expect(0, "customer", "apply", "customer.yaml")
            try office.book(
                "anna",
                EventText(
                    "a1",
                    "20261123T080000Z",
                    "20261123T090000Z",
                    ["SUMMARY:\u{1B}[31mRött\u{7}\u{9B}2J\u{85}ljus\u{7F}"]
                )
            )
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            let away = try await office.expect(0, "away", "--next", "1")
            #expect(away.output.contains("  [31mRött 2J ljus  calendar\n"))
            #expect(
                try await office.shown().first
                    == "4021 open meeting 11-23 08:00 11-23 09:00 [31mRött 2J ljus"
            )
        }
    }

    @Test func `withdraw removes what is ours, and leaves what a person set`() async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings")
            try await office.expect(0, "reconcile", "--apply")
            _ = try await office.rows(Self.lunch)
            let shown = try await office.shown()
            let plan = try await office.expect(0, "withdraw", "--customer", "prov")
            try Golden.expect(plan.output, is: "withdraw.txt")
            #expect(try await office.shown() == shown)

            let done = try await office.expect(0, "withdraw", "--customer", "prov", "--apply")
            #expect(done.output.hasSuffix("prov: 5 of 5 changes done (+0 ~0 -5)\n"))
            #expect(
                try await office.shown() == [
                    "4021 direct lunch 11-23 08:15 11-23 12:00 person"
                ]
            )
            let again = try await office.expect(0, "withdraw", "--customer", "prov", "--apply")
            #expect(again.output == "prov: nothing to change\n")
            let anew = try await office.expect(0, "reconcile", "--apply")
            #expect(anew.output.contains("5 of 5 changes done (+5 ~0 -0)"))
        }
    }

    @Test func `an unknown customer or user is told with those there are`() async throws {
        try await Office.run { office in
            let none = try await office.expect(64, "explain", "anna")
            #expect(none.complaints.contains("there is no customer yet"))
        }
        try await Office.furnished { office in
            let customer = try await office.expect(1, "away", "--customer", "provv")
            #expect(customer.complaints == "Error: there is no customer provv; there are prov\n")
            let user = try await office.expect(1, "explain", "zoe")
            #expect(
                user.complaints
                    == "Error: prov has no user zoe; name a user by its key or its extension\n"
            )
            let other = Office.customer.replacing("customer: prov", with: "customer: annan")
            try office.write(other, to: "other.yaml")
            try await office.expect(0, "customer", "apply", "other.yaml")
            let several = try await office.expect(64, "explain", "anna")
            #expect(several.complaints.contains("--customer: annan, prov"))
        }
    }

    private static let lunch = """
        insert into switchboard.absences (customer_key, absence_key, extension, kind, reason,
            announced_reason, starts_at, ends_at, back_at, origin, set_by, set_at)
        values ('prov', gen_random_uuid(), '4021', 'direct', 'lunch', 'lunch',
            '2026-11-23T08:15:00Z', '2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z', 'person',
            'anna', '2026-11-23T06:00:00Z')
        """
}
