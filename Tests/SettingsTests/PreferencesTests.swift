import AbsenceModel
import Foundation
import Settings
import Testing

@Suite struct PreferencesDocumentTests {
    static let values: [(yaml: String, json: String)] = [
        ("enabled: false", #"{"enabled":false}"#),
        ("codes_only: true", #"{"codes_only":true}"#),
        ("no_diversion: on", #"{"no_diversion":true}"#),
        (
            "{ private: true, free: yes, tentative: no }",
            #"{"free":true,"private":true,"tentative":false}"#
        ),
        (
            "show_as: { busy: { reason: meeting, kind: open }, free: skip }",
            #"{"show_as":{"busy":{"kind":"open","reason":"meeting"},"free":"skip"}}"#
        ),
        ("default_reason: lunch", #"{"default_reason":"lunch"}"#),
        ("text: [location, subject]", #"{"text":["subject","location"]}"#),
        ("text: []", #"{"text":[]}"#),
        ("announce_as: { sick: away }", #"{"announce_as":{"sick":"away"}}"#),
        (
            "targets: { lunch: { type: voicemail }, meeting: { type: number, number: +4612 }, "
                + "sick: { type: announcement } }",
            #"{"targets":{"lunch":{"type":"voicemail"},"#
                + #""meeting":{"number":"+4612","type":"number"},"#
                + #""sick":{"type":"announcement"}}}"#
        ),
        // YAML 1.1 takes this for false.
        ("language: no", #"{"language":"no"}"#),
        ("{}", "{}"),
    ]

    @Test(arguments: values)
    func `preferences have one JSON`(yaml: String, json: String) throws {
        let preferences = try PreferencesDocument(Data(text: yaml), file: "p")
        #expect(preferences.json == json)
    }

    @Test func `a reason of the customer's own may be named`() throws {
        let reasons = ReasonCatalogue(own: [Reason(rawValue: "fika")])
        let yaml = Data(text: "default_reason: fika")
        let preferences = try PreferencesDocument(yaml, file: "p", reasons: reasons)
        #expect(preferences["default_reason"] == .string("fika"))
        #expect(problems { try PreferencesDocument(yaml, file: "p") }.contains("is no reason"))
    }

    static let wrong = [
        Wrong(
            "enabeld: true",
            "p:1: enabeld: unknown key, did you mean enabled? allowed: enabled, codes_only, "
                + "no_diversion, private, free, tentative, show_as, default_reason, text, "
                + "announce_as, targets, language"
        ),
        Wrong("enabled: maybe", "p:1: enabled: must be true or false"),
        Wrong(
            "language: da",
            "p:1: language: \"da\" is not allowed; allowed: sv, no, en"
        ),
        Wrong(
            """
            targets:
              lunch: { type: mobile }
              meeting: { type: number }
              sick: { type: voicemail, number: "112" }
              course: { number: "112" }
              errand: { type: number, number: tolv }
              away: voicemail
              ill: { type: voicemail }
            """,
            "p:2: targets.lunch.type: \"mobile\" is not allowed; "
                + "allowed: announcement, voicemail, number",
            "p:3: targets.meeting.number: this key is missing",
            "p:4: targets.sick.number: only with type: number",
            "p:5: targets.course.type: this key is missing",
            "p:6: targets.errand.number: must be a telephone number: 2 to 20 digits, + first",
            "p:7: targets.away: a map is wanted here, not a single value",
            "p:8: targets.ill: \"ill\" is no reason; \(RulesDocumentTests.reasons)"
        ),
    ]

    @Test(arguments: wrong)
    func `everything wrong is told at once`(wrong: Wrong) {
        let told = problems { try PreferencesDocument(Data(text: wrong.text), file: "p") }
        #expect(told == wrong.problems)
    }
}

@Suite struct PreferencesFileTests {
    @Test func `each user has preferences`() throws {
        let yaml = """
            anna: { enabled: false }
            bo:
            "4021":
              text: [subject]
            """
        let file = try PreferencesFile(Data(text: yaml), file: "p")
        #expect(
            file.preferences.mapValues(\.json) == [
                "anna": #"{"enabled":false}"#, "bo": "{}", "4021": #"{"text":["subject"]}"#,
            ]
        )
    }

    @Test func `problems name the user`() {
        let yaml = """
            anna: { enabled: 1 }
            bo: [enabled]
            """
        #expect(
            problems { try PreferencesFile(Data(text: yaml), file: "p") } == """
                p:1: anna.enabled: must be true or false
                p:2: bo: a map is wanted here, not a list
                """
        )
        #expect(
            problems { try PreferencesFile(Data(text: "[anna]"), file: "p") }
                == "p:1: a map is wanted here, not a list"
        )
    }

    @Test func `a file that is not there is told`() {
        #expect(
            problems { try PreferencesFile(contentsOf: "/nowhere/p.yaml") }
                == "/nowhere/p.yaml: there is no such file"
        )
    }
}
