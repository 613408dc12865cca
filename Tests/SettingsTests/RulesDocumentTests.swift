import AbsenceModel
import Foundation
import Settings
import Testing

@Suite struct RulesDocumentTests {
    /// Each key with a value, and its JSON.
    static let values: [(yaml: String, json: String)] = [
        ("sync: show_as", #"{"sync":"show_as"}"#),
        ("sync: codes_first", #"{"sync":"codes_first"}"#),
        ("sync: \"codes_only\"", #"{"sync":"codes_only"}"#),
        ("show_as: { busy: skip }", #"{"show_as":{"busy":"skip"}}"#),
        (
            "show_as: { busy: { reason: meeting, kind: direct }, free: { kind: open } }",
            #"{"show_as":{"busy":{"kind":"direct","reason":"meeting"},"free":{"kind":"open"}}}"#
        ),
        (
            "show_as:\n  out_of_office: { reason: away }\n  tentative: {}\n  working_elsewhere: skip",
            #"{"show_as":{"out_of_office":{"reason":"away"},"tentative":{},"#
                + #""working_elsewhere":"skip"}}"#
        ),
        ("show_as: {}", #"{"show_as":{}}"#),
        ("private: never", #"{"private":"never"}"#),
        ("private: user_choice", #"{"private":"user_choice"}"#),
        ("all_day: office_hours", #"{"all_day":"office_hours"}"#),
        ("office_hours_only: true", #"{"office_hours_only":true}"#),
        ("office_hours_only: no", #"{"office_hours_only":false}"#),
        (
            "office_hours: { fri: \"08:00-15:30\", mon: 00:00-24:00 }",
            #"{"office_hours":{"fri":"08:00-15:30","mon":"00:00-24:00"}}"#
        ),
        ("office_hours: {}", #"{"office_hours":{}}"#),
        (
            "holidays: [2026-12-25, \"2026-12-24\"]",
            #"{"holidays":["2026-12-24","2026-12-25"]}"#
        ),
        ("holidays: []", #"{"holidays":[]}"#),
        ("merge_gap: none", #"{"merge_gap":null}"#),
        ("merge_gap: 5m", #"{"merge_gap":300}"#),
        ("merge_gap: 90s", #"{"merge_gap":90}"#),
        ("merge_gap: 1h", #"{"merge_gap":3600}"#),
        ("merge_gap: 5m30s", #"{"merge_gap":330}"#),
        ("merge_gap: 0s", #"{"merge_gap":0}"#),
        ("merge_gap: 24h", #"{"merge_gap":86400}"#),
        ("text: [body, subject]", #"{"text":["subject","body"]}"#),
        ("text: []", #"{"text":[]}"#),
        ("text_chosen_by: user", #"{"text_chosen_by":"user"}"#),
        ("user_rules: off", #"{"user_rules":false}"#),
        ("diversion_service_required: yes", #"{"diversion_service_required":true}"#),
        ("enabled_by_default: TRUE", #"{"enabled_by_default":true}"#),
        ("default_reason: sick_child", #"{"default_reason":"sick_child"}"#),
        ("forwarding: on", #"{"forwarding":true}"#),
        ("forwarding: \"on\"", #"{"forwarding":true}"#),
        ("forwarding: 'off'", #"{"forwarding":false}"#),
        ("forwarding: off", #"{"forwarding":false}"#),
        ("forwarding: true", #"{"forwarding":true}"#),
        ("forwarding: \"false\"", #"{"forwarding":false}"#),
        ("announce_as: { sick_child: away }", #"{"announce_as":{"sick_child":"away"}}"#),
        ("return_time: leave_end", #"{"return_time":"leave_end"}"#),
        ("ring_seconds: 1", #"{"ring_seconds":1}"#),
        ("ring_seconds: 120", #"{"ring_seconds":120}"#),
        ("days_ahead: 366", #"{"days_ahead":366}"#),
        (
            "codes: [{ code: MÖT, reason: meeting }, { code: \"\\\"\", reason: away, grammar: a-1 }]",
            #"{"codes":[{"code":"MÖT","reason":"meeting"},"#
                + #"{"code":"\"","grammar":"a-1","reason":"away"}]}"#
        ),
        (
            "reasons: { fika: { sv: Fika, no: Kaffe, en: Coffee, phone_code: 07 } }\n"
                + "default_reason: fika",
            #"{"default_reason":"fika","reasons":{"fika":{"en":"Coffee","no":"Kaffe","#
                + #""phone_code":"07","sv":"Fika"}}}"#
        ),
        (
            // The key that says what a reason is may stand behind what names it.
            "announce_as: { fika: lunch }\nreasons: { fika: { sv: F, no: F, en: F } }",
            #"{"announce_as":{"fika":"lunch"},"reasons":{"fika":{"en":"F","no":"F","sv":"F"}}}"#
        ),
        ("ring_seconds: 20\nall_day: skip", #"{"all_day":"skip","ring_seconds":20}"#),
        ("{}", "{}"),
    ]

    @Test(arguments: values)
    func `rules have one JSON`(yaml: String, json: String) throws {
        let rules = try RulesDocument(Data(text: yaml), file: "rules.yaml")
        #expect(rules.json == json)
        let members = try JSONSerialization.jsonObject(with: Data(text: rules.json))
        #expect(members is [String: Any])
    }

    @Test func `every reason of the catalogue is one`() throws {
        for reason in ReasonCatalogue.common {
            let yaml = "default_reason: \(reason.rawValue)"
            let rules = try RulesDocument(Data(text: yaml), file: "rules.yaml")
            #expect(rules["default_reason"] == .string(reason.rawValue))
        }
        #expect(ReasonCatalogue.common.count == 17)
    }

    @Test func `own reasons are in the catalogue of the rules`() throws {
        let yaml = "reasons: { fika: { sv: F, no: F, en: F }, away: { sv: B, no: B, en: O } }"
        let rules = try RulesDocument(Data(text: yaml), file: "rules.yaml")
        #expect(rules.reasons.own.map(\.rawValue) == ["away", "fika"])
        #expect(rules.reasons.reasons.count == 18)
    }

    static let reasons =
        "allowed: meeting, external_meeting, errand, business_trip, course, lunch, back_soon, "
        + "busy, do_not_disturb, unavailable, gone_for_the_day, time_off, vacation, leave, sick, "
        + "sick_child, away"
    static let keys =
        "allowed: sync, show_as, private, all_day, office_hours_only, office_hours, holidays, "
        + "merge_gap, text, text_chosen_by, user_rules, diversion_service_required, "
        + "enabled_by_default, default_reason, forwarding, announce_as, return_time, "
        + "ring_seconds, days_ahead, grammars, codes, reasons"

    static let wrong = [
        Wrong("merge_gab: 5m", "r:1: merge_gab: unknown key, did you mean merge_gap? \(keys)"),
        Wrong("colour: red", "r:1: colour: unknown key; \(keys)"),
        Wrong(
            "sync: code_only",
            "r:1: sync: \"code_only\" is not allowed, did you mean codes_only? "
                + "allowed: show_as, codes_first, codes_only"
        ),
        Wrong("sync:", "r:1: sync: a value is missing here"),
        Wrong("sync: ' '", "r:1: sync: a value is missing here"),
        Wrong("sync: [show_as]", "r:1: sync: a single value is wanted here, not a list"),
        Wrong("show_as: skip", "r:1: show_as: a map is wanted here, not a single value"),
        Wrong(
            "show_as: { bussy: skip }",
            "r:1: show_as.bussy: unknown key, did you mean busy? "
                + "allowed: free, working_elsewhere, tentative, busy, out_of_office"
        ),
        Wrong(
            "show_as: { busy: meeting }",
            "r:1: show_as.busy: must be skip, or a map with reason, kind or both"
        ),
        Wrong(
            "show_as:\n  busy:\n    reason: meting\n    kind: closed\n    text: x",
            "r:3: show_as.busy.reason: \"meting\" is no reason, did you mean meeting? \(reasons)",
            "r:4: show_as.busy.kind: \"closed\" is not allowed; "
                + "allowed: information, open, direct",
            "r:5: show_as.busy.text: unknown key; allowed: reason, kind"
        ),
        Wrong(
            "private: always",
            "r:1: private: \"always\" is not allowed; allowed: never, user_choice"
        ),
        Wrong(
            "all_day: whole-day",
            "r:1: all_day: \"whole-day\" is not allowed, did you mean whole_day? "
                + "allowed: skip, whole_day, office_hours"
        ),
        Wrong("user_rules: \"true\"", "r:1: user_rules: must be true or false"),
        Wrong("office_hours_only: 1", "r:1: office_hours_only: must be true or false"),
        Wrong(
            "diversion_service_required: [true]",
            "r:1: diversion_service_required: must be true or false"
        ),
        Wrong("enabled_by_default:", "r:1: enabled_by_default: must be true or false"),
        Wrong(
            "office_hours: { monday: \"08:00-16:00\" }",
            "r:1: office_hours.monday: unknown key; "
                + "allowed: mon, tue, wed, thu, fri, sat, sun"
        ),
        Wrong("office_hours:", "r:1: office_hours: a map is wanted here, not nothing"),
        Wrong(
            "office_hours: { mon: \"16:00-08:00\", tue: \"08:00-08:00\", wed: \"08:00-24:01\", "
                + "thu: \"24:00-24:00\", fri: \"8:00-16:00\", sat: \"08:60-09:00\", sun: closed }",
            "r:1: office_hours.mon: \"16:00-08:00\" \(noHours)",
            "r:1: office_hours.tue: \"08:00-08:00\" \(noHours)",
            "r:1: office_hours.wed: \"08:00-24:01\" \(noHours)",
            "r:1: office_hours.thu: \"24:00-24:00\" \(noHours)",
            "r:1: office_hours.fri: \"8:00-16:00\" \(noHours)",
            "r:1: office_hours.sat: \"08:60-09:00\" \(noHours)",
            "r:1: office_hours.sun: \"closed\" \(noHours)"
        ),
        Wrong("holidays: 2026-12-24", "r:1: holidays: a list is wanted here, not a single value"),
        Wrong(
            "holidays:\n  - 24.12.2026\n  - 2026-02-29\n  - 2026-12-24\n  - 2026-12-24",
            "r:2: holidays[1]: \"24.12.2026\" is no date; allowed: a day such as 2026-11-24",
            "r:3: holidays[2]: \"2026-02-29\" is no date; allowed: a day such as 2026-11-24",
            "r:5: holidays[4]: stands twice"
        ),
        Wrong("merge_gap: 5 min", "r:1: merge_gap: \"5 min\" \(noLength)"),
        Wrong("merge_gap: 5", "r:1: merge_gap: \"5\" \(noLength)"),
        Wrong("merge_gap: 25h", "r:1: merge_gap: \"25h\" \(noLength)"),
        Wrong("merge_gap: -5m", "r:1: merge_gap: \"-5m\" \(noLength)"),
        Wrong("merge_gap: 30s5m", "r:1: merge_gap: \"30s5m\" \(noLength)"),
        Wrong("merge_gap: ~", "r:1: merge_gap: a value is missing here"),
        Wrong(
            "text: [subject, title, subject]",
            "r:1: text[2]: \"title\" is not allowed; allowed: subject, location, body",
            "r:1: text[3]: stands twice"
        ),
        Wrong("text: subject", "r:1: text: a list is wanted here, not a single value"),
        Wrong(
            "text_chosen_by: admin",
            "r:1: text_chosen_by: \"admin\" is not allowed; allowed: administrator, user"
        ),
        Wrong(
            "default_reason: Meeting",
            "r:1: default_reason: \"Meeting\" is no reason, did you mean meeting? \(reasons)"
        ),
        Wrong(
            "forwarding: yes",
            "r:1: forwarding: \"yes\" is not allowed; allowed: on, off, true, false"
        ),
        Wrong(
            "announce_as: { ill: away, sick: holiday }",
            "r:1: announce_as.ill: \"ill\" is no reason; \(reasons)",
            "r:1: announce_as.sick: \"holiday\" is no reason; \(reasons)"
        ),
        Wrong(
            "return_time: end",
            "r:1: return_time: \"end\" is not allowed; allowed: absence_end, leave_end"
        ),
        Wrong("ring_seconds: 0", "r:1: ring_seconds: must be a whole number from 1 to 120"),
        Wrong("ring_seconds: 121", "r:1: ring_seconds: must be a whole number from 1 to 120"),
        Wrong("ring_seconds: 15s", "r:1: ring_seconds: must be a whole number from 1 to 120"),
        Wrong("ring_seconds: \"15\"", "r:1: ring_seconds: must be a whole number from 1 to 120"),
        Wrong("days_ahead: 367", "r:1: days_ahead: must be a whole number from 1 to 366"),
        Wrong("days_ahead: 1.5", "r:1: days_ahead: must be a whole number from 1 to 366"),
        Wrong("days_ahead: -1", "r:1: days_ahead: must be a whole number from 1 to 366"),
        Wrong(
            "codes:\n  - { code: SAM }\n  - { code: SAM, reason: sam, grammar: Ä }\n"
                + "  - { code: Å, reason: away }\n  - { code: a\u{30A}, reason: lunch }\n"
                + "  - { code: Å, reason: away, grammar: trio }\n  - SAM",
            "r:2: codes[1].reason: this key is missing",
            "r:3: codes[2].reason: \"sam\" is no reason; \(reasons)",
            "r:3: codes[2].grammar: must be a name in small letters",
            "r:5: codes[4]: stands twice",
            "r:7: codes[6]: a map is wanted here, not a single value"
        ),
        Wrong(
            "codes: [{ code: \"a\\tb\", reason: away }]",
            "r:1: codes[1].code: must be one line, without control characters"
        ),
        Wrong(
            "reasons:\n  Fika: { sv: Fika, no: Kaffe }\n  paus: Paus",
            "r:2: reasons.Fika: a reason's key must be small letters, digits and _, at most 63",
            "r:2: reasons.Fika.en: this key is missing",
            "r:3: reasons.paus: a map is wanted here, not a single value"
        ),
        Wrong("[sync]", "r:1: a map is wanted here, not a list"),
        Wrong("sync: show_as\n---\nsync: show_as", "r:3: \(secondDocument)"),
        Wrong("", "r: the file is empty"),
        Wrong("# nothing", "r: the file is empty"),
        Wrong("user_rules: true\nsync: show_as\nuser_rules: no", "r:1: user_rules: \(twice)"),
        Wrong("show_as: { busy: skip, \"busy\": skip }", "r:1: busy: \(twice)"),
        // The parser takes these two for a boolean and a string.
        Wrong(
            "reasons: { no: { sv: N, no: N, en: N },\n  \"no\": { sv: N, no: N, en: N } }",
            "r:2: reasons.no: this key stands twice"
        ),
    ]
    static let noHours =
        "are no hours; allowed: a start and a later end such as 08:00-16:00, 24:00 at most"
    static let noLength =
        "is no length of time; allowed: none, or 5m, 90s, 1h, 5m30s and the like, up to 24h"
    static let secondDocument =
        "a second document begins before this line; only one is allowed"
    static let twice = "this key stands twice in one map"

    @Test(arguments: wrong)
    func `everything wrong is told at once`(wrong: Wrong) {
        let told = problems { try RulesDocument(Data(text: wrong.text), file: "r") }
        #expect(told == wrong.problems)
    }
}
