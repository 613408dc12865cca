import AbsenceModel
import Foundation
import RuleCases
import Settings
import Testing

/// Bad input is told with file, line, case and field, and is never a pass.
@Suite struct RuleCaseProblemsTests {
    static let head = "name: n\nsystem: one-x\nnow: 2026-11-23T07:00:00Z\n"
    static let times = "start: 2026-11-23T09:00, end: 2026-11-23T10:00"

    struct Wrong: CustomTestStringConvertible, Sendable {
        var yaml: String
        var problems: String

        var testDescription: String { yaml }

        /// Lines that follow the head; the first is line 4. Problems without `c:`.
        init(_ yaml: String, _ problems: String...) {
            self.yaml = yaml
            self.problems = problems.map { "c:\($0)" }.joined(separator: "\n")
        }
    }

    static let wrong = [
        Wrong(
            "bookings: []\nexpects: []",
            "1: case \"n\": expect: this key is missing",
            "5: case \"n\": expects: unknown key, did you mean expect? allowed: name, items, "
                + "system, now, rules, users, bookings, expect, skipped"
        ),
        Wrong(
            "items: [S2-15, V-1, S5-1, s0-1, P10, X-0, V1a, S2-15]\nbookings: []\nexpect: []",
            "4: case \"n\": items[2]: \"V-1\" \(noItem)",
            "4: case \"n\": items[3]: \"S5-1\" \(noItem)",
            "4: case \"n\": items[4]: \"s0-1\" \(noItem)",
            "4: case \"n\": items[5]: \"P10\" \(noItem)",
            "4: case \"n\": items[6]: \"X-0\" \(noItem)",
            "4: case \"n\": items[7]: \"V1a\" \(noItem)",
            "4: case \"n\": items[8]: stands twice"
        ),
        Wrong(
            "items: V14\nbookings: []\nexpect: []",
            "4: case \"n\": items: a list is wanted here, not a single value"
        ),
        Wrong(
            "bookings: [{ id: a, titel: x, \(times) }]\nexpect: []",
            "4: case \"n\": bookings[a].titel: unknown key; allowed: id, user, subject, "
                + "location, body, show_as, sensitivity, response, cancelled, all_day, start, "
                + "end, override"
        ),
        Wrong(
            "bookings: [{ subject: hemligt }, { id: b, start: 2026-11-23T09:00 }]\nexpect: []",
            "4: case \"n\": bookings[1].id: this key is missing",
            "4: case \"n\": bookings[1].start: this key is missing",
            "4: case \"n\": bookings[1].end: this key is missing",
            "4: case \"n\": bookings[b].end: this key is missing"
        ),
        Wrong(
            "bookings:\n  - { id: a, start: 2026-11-23T10:00, end: 2026-11-23T09:59 }\nexpect: []",
            "5: case \"n\": bookings[a].end: the end is before the start"
        ),
        Wrong(
            "bookings:\n  - { id: a, all_day: true, start: 2026-11-23, end: 2026-11-22 }\n"
                + "expect: []",
            "5: case \"n\": bookings[a].end: the end is before the start"
        ),
        Wrong(
            "bookings:\n  - { id: a, \(times) }\n  - { id: a, \(times) }\nexpect: []",
            "6: case \"n\": bookings[a]: stands twice"
        ),
        Wrong(
            "bookings: [{ id: a, user: bo, \(times) }]\nexpect: [{ user: cilla, kind: open }]",
            "4: case \"n\": bookings[a].user: \"bo\" is not allowed; allowed: anna",
            "5: case \"n\": expect[1].user: \"cilla\" is not allowed; allowed: anna"
        ),
        Wrong(
            "users:\n  - { id: anna, timezone: Europe/Oslo }\n  - { id: bo, timezone: UTC }\n"
                + "bookings: [{ id: a, \(times) }]\nexpect: [{ kind: open, bookings: [a] }]",
            "7: case \"n\": bookings[a].user: this key is missing, for there are several users; "
                + "allowed: anna, bo",
            "8: case \"n\": expect[1].user: this key is missing, for there are several users; "
                + "allowed: anna, bo"
        ),
        Wrong(
            "users:\n  - { id: anna }\n  - { id: bo, timezone: Europa/Oslo, services: [phone] }\n"
                + "  - { id: bo, timezone: UTC, service: [] }\n  - { timezone: UTC }\n"
                + "bookings: []\nexpect: []",
            "5: case \"n\": users[anna].timezone: this key is missing",
            "6: case \"n\": users[bo].timezone: \"Europa/Oslo\" is no time zone, did you mean "
                + "Europe/Oslo? allowed: a name of the IANA database such as Europe/Stockholm",
            "6: case \"n\": users[bo].services[1]: \"phone\" is not allowed; "
                + "allowed: calendar, diversion",
            "7: case \"n\": users[bo].service: unknown key, did you mean services? "
                + "allowed: id, timezone, services, preferences",
            "7: case \"n\": users[bo]: stands twice",
            "8: case \"n\": users[4].id: this key is missing"
        ),
        Wrong(
            "users: []\nbookings: [{ id: a, \(times) }]\nexpect: []",
            "4: case \"n\": users: one user at least is wanted; without this key there is anna"
        ),
        Wrong(
            "users: [{ id: anna, timezone: UTC, preferences: { enabeld: true } }]\n"
                + "rules: { sync: often }\nbookings: []\nexpect: []",
            "4: case \"n\": users[anna].preferences.enabeld: unknown key, did you mean enabled? "
                + "allowed: enabled, codes_only, no_diversion, private, free, tentative, "
                + "show_as, default_reason, text, announce_as, targets, language",
            "5: case \"n\": rules.sync: \"often\" is not allowed; "
                + "allowed: show_as, codes_first, codes_only"
        ),
        Wrong(
            "bookings:\n  - { id: a, \(times), show_as: away, sensitivity: secret,\n"
                + "      response: yes, cancelled: 1, override: none }\n"
                + "  - { id: b, \(times), override: { reason: party, kind: shut, text: x } }\n"
                + "expect: []",
            "5: case \"n\": bookings[a].show_as: \"away\" is not allowed; "
                + "allowed: free, working_elsewhere, tentative, busy, out_of_office",
            "5: case \"n\": bookings[a].sensitivity: \"secret\" is not allowed; "
                + "allowed: normal, personal, private, confidential",
            "6: case \"n\": bookings[a].response: \"yes\" is not allowed; "
                + "allowed: organizer, accepted, tentative, declined, not_responded",
            "6: case \"n\": bookings[a].cancelled: must be true or false",
            "6: case \"n\": bookings[a].override: must be skip, or a map with reason, kind or both",
            "7: case \"n\": bookings[b].override.text: unknown key; allowed: reason, kind",
            "7: case \"n\": bookings[b].override.reason: \"party\" is no reason; \(reasons)",
            "7: case \"n\": bookings[b].override.kind: \"shut\" is not allowed; "
                + "allowed: information, open, direct"
        ),
        Wrong(
            "bookings:\n  - { id: a, start: 2026-11-23, end: 9:00 }\n"
                + "  - { id: b, all_day: true, \(times) }\n"
                + "  - { id: c, start: 2026-11-23T09:00+25:00, end: 2026-02-30T09:00 }\nexpect: []",
            "5: case \"n\": bookings[a].start: \"2026-11-23\" \(noTime); "
                + "a date alone is for bookings with all_day: true",
            "5: case \"n\": bookings[a].end: \"9:00\" \(noTime)",
            "6: case \"n\": bookings[b].start: \"2026-11-23T09:00\" is no date; "
                + "allowed: a day such as 2026-11-24",
            "6: case \"n\": bookings[b].end: \"2026-11-23T10:00\" is no date; "
                + "allowed: a day such as 2026-11-24",
            "7: case \"n\": bookings[c].start: \"2026-11-23T09:00+25:00\" \(noTime)",
            "7: case \"n\": bookings[c].end: \"2026-02-30T09:00\" \(noTime)"
        ),
        Wrong(
            "bookings: [{ id: a, \(times) }]\nexpect:\n"
                + "  - { reson: away }\n"
                + "  - { reason: party, kind: closed, announced_reason: nothing }\n"
                + "  - { start: 2026-11-23T09:00, end: 2026-11-23T09:00, back_at: soon }\n"
                + "  - { bookings: [b, a, a], text: \" \" }\n"
                + "  - { bookings: [], target: { type: number } }\n"
                + "  - { target: { type: post, number: x } }\n"
                + "  - {}",
            "6: case \"n\": expect[1].reson: unknown key, did you mean reason? allowed: user, "
                + "reason, kind, start, end, bookings, text, back_at, announced_reason, target",
            "6: case \"n\": expect[1]: \(nothing)",
            "7: case \"n\": expect[2].reason: \"party\" is no reason; \(reasons)",
            "7: case \"n\": expect[2].kind: \"closed\" is not allowed; "
                + "allowed: information, open, direct",
            "7: case \"n\": expect[2].announced_reason: \"nothing\" is no reason; \(reasons)",
            "8: case \"n\": expect[3].end: the end is not after the start",
            "8: case \"n\": expect[3].back_at: \"soon\" \(noTime)",
            "9: case \"n\": expect[4].bookings[1]: \"b\" is no booking of this case",
            "9: case \"n\": expect[4].bookings[3]: stands twice",
            "9: case \"n\": expect[4].text: a value is missing here",
            "10: case \"n\": expect[5].bookings: an absence has one booking at least",
            "10: case \"n\": expect[5].target.number: this key is missing",
            "11: case \"n\": expect[6].target.number: must be a telephone number: "
                + "2 to 20 digits, + first",
            "11: case \"n\": expect[6].target.type: \"post\" is not allowed; "
                + "allowed: announcement, voicemail, number",
            "12: case \"n\": expect[7]: \(nothing)"
        ),
        Wrong(
            "users: [{ id: anna, timezone: UTC }, { id: bo, timezone: UTC }]\n"
                + "bookings: [{ id: a, user: anna, \(times) }]\n"
                + "expect: [{ user: bo, bookings: [a] }]",
            "6: case \"n\": expect[1].bookings[1]: \"a\" is no booking of bo"
        ),
        Wrong(
            "bookings: [{ id: a, \(times) }]\nexpect: []\nskipped:\n"
                + "  - { booking: b, because: private }\n"
                + "  - { booking: a, because: secret }\n"
                + "  - { booking: a, because: past }\n"
                + "  - { booking: a, because: past }\n"
                + "  - { booking: a }\n"
                + "  - a",
            "7: case \"n\": skipped[1].booking: \"b\" is no booking of this case",
            "8: case \"n\": skipped[2].because: \"secret\" is not allowed; allowed: cancelled, "
                + "declined, no_time, user_without_service, user_disabled, private, "
                + "booking_override, all_day, not_answered, no_code, show_as, "
                + "outside_office_hours, covered, past, beyond_horizon",
            "10: case \"n\": skipped[4]: stands twice",
            "11: case \"n\": skipped[5].because: this key is missing",
            "12: case \"n\": skipped[6]: a map is wanted here, not a single value"
        ),
        Wrong(
            "bookings: [{ id: a, subject: \"x\\0y\", \(times) }]\nexpect: []",
            "4: case \"n\": bookings[a].subject: must not hold the character NUL"
        ),
        Wrong(
            "bookings: none\nexpect:\nskipped: none",
            "4: case \"n\": bookings: a list is wanted here, not a single value",
            "5: case \"n\": expect: a list is wanted here, not nothing",
            "6: case \"n\": skipped: a list is wanted here, not a single value"
        ),
    ]
    static let noItem =
        "is no item of the requirements; allowed: such as S2-15, X-1, P-10 and V14"
    static let noTime =
        "is no time; allowed: the user's wall time such as 2026-11-23T09:00, "
        + "or with an offset such as 2026-11-23T09:00+01:00"
    static let nothing =
        "nothing is named that could be compared; allowed: reason, kind, start, end, bookings, "
        + "text, back_at, announced_reason, target"
    static let reasons =
        "allowed: " + ReasonCatalogue.common.map(\.rawValue).joined(separator: ", ")

    @Test(arguments: wrong)
    func `everything wrong is told at once`(wrong: Wrong) {
        let yaml = Data((Self.head + wrong.yaml).utf8)
        #expect(problems { try RuleCaseFile(yaml, file: "c") } == wrong.problems)
    }

    @Test func `all cases of a file are checked, and one without a name has its number`() {
        let yaml = """
            name: first
            system: onex
            now: 2026-11-23T07:00:00
            bookings: []
            expect: []
            ---
            system: trio
            now: 2026-11-23
            bookings: []
            expect: []
            ---
            - third
            """
        let noInstant =
            "is no instant; allowed: a date and a time with an offset such as "
            + "2026-11-23T09:00+01:00"
        #expect(
            problems { try RuleCaseFile(Data(yaml.utf8), file: "c") } == """
                c:2: case "first": system: "onex" is not allowed, did you mean one-x? allowed: \
                one-x, trio, kalender-push, cmg
                c:3: case "first": now: "2026-11-23T07:00:00" \(noInstant)
                c:7: case 2: name: this key is missing
                c:8: case 2: now: "2026-11-23" \(noInstant)
                c:12: case 3: a map is wanted here, not a list
                """
        )
    }

    @Test(arguments: [
        ("", "c: the file holds no rule case"),
        ("# nothing\n", "c: the file holds no rule case"),
        ("---\n---\n", "c:2: case 1: a map is wanted here, not nothing"),
        ("name: a\n  b: c", "c:2: is not YAML: mapping values are not allowed in this context"),
    ])
    func `a file without cases is told`(yaml: String, told: String) {
        #expect(problems { try RuleCaseFile(Data(yaml.utf8), file: "c") }.hasPrefix(told))
    }
}
