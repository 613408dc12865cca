import Foundation
import Settings
import Testing

@Suite struct YAMLFileTests {
    static let wrong = [
        Wrong(
            "sync: show_as\n  all_day: skip",
            "r:2: is not YAML: mapping values are not allowed in this context"
        ),
        Wrong(
            "password: \"hunter2\nsync: show_as",
            "r:2: is not YAML: while scanning a quoted scalar from line 1, found unexpected end of stream"
        ),
        Wrong("sync: *there", "r:1: is not YAML: found undefined alias"),
        Wrong(
            "sync: show_as\ntext: [subject",
            "r:3: is not YAML: while parsing a flow sequence from line 2, "
                + "did not find expected ',' or ']'"
        ),
        Wrong("sync: a\u{1}b", "r:1: is not YAML: control characters are not allowed"),
    ]

    @Test(arguments: wrong)
    func `what is no YAML is told by its line, without quoting it`(wrong: Wrong) {
        let told = problems { try RulesDocument(Data(text: wrong.text), file: "r") }
        #expect(told == wrong.problems)
        #expect(!told.contains("hunter"))
    }

    @Test func `Latin-1 is refused`() {
        let data = Data(text: "sync: show_as\ndefault_reason: l") + [0xE4, 0x6B]
        #expect(
            problems { try RulesDocument(data, file: "r") }
                == "r:2: the file is not UTF-8 (Latin-1 or Windows-1252, it seems); "
                + "save it as UTF-8"
        )
    }

    @Test func `UTF-16 is refused`() throws {
        let data = try #require("sync: show_as".data(using: .utf16))
        #expect(
            problems { try RulesDocument(data, file: "r") }
                == "r: the file is UTF-16; save it as UTF-8"
        )
    }

    @Test func `NUL is refused, written as such or escaped`() {
        #expect(
            problems { try RulesDocument(Data(text: "sync: \0"), file: "r") }
                == "r: the file holds NUL characters; save it as UTF-8"
        )
        #expect(
            problems { try RulesDocument(Data(text: "sync: \"a\\0\""), file: "r") }
                == "r:1: sync: must not hold the character NUL"
        )
    }

    @Test func `a byte order mark and Windows line ends are fine`() throws {
        let data = Data([0xEF, 0xBB, 0xBF]) + Data(text: "sync: show_as\r\nring_seconds: 9\r\n")
        #expect(
            try RulesDocument(data, file: "r").json == #"{"ring_seconds":9,"sync":"show_as"}"#
        )
    }

    @Test func `anchors and aliases are followed`() throws {
        let yaml = "office_hours: { mon: &day \"08:00-17:00\", tue: *day }"
        #expect(
            try RulesDocument(Data(text: yaml), file: "r").json
                == #"{"office_hours":{"mon":"08:00-17:00","tue":"08:00-17:00"}}"#
        )
    }

    @Test func `a problem without line, entry or key has fewer parts`() {
        let whole = Problem(file: "f", line: 3, entry: "row 2", key: "k", message: "m")
        #expect("\(whole)" == "f:3: row 2: k: m")
        #expect("\(Problem(file: "f", message: "m"))" == "f: m")
        #expect("\(Problem(file: "f", key: "k", message: "m"))" == "f: k: m")
    }
}

@Suite struct JSONValueTests {
    @Test func `keys are sorted by scalars, and only what must be is escaped`() {
        let value = JSONValue.object([
            "b": .null, "a": .array([.number(-1), .bool(false)]), "Å": .string("/å\u{1F600}"),
            "B": .string("\"\\\n\r\t\u{1}\u{7F}"), "aa": .object([:]),
        ])
        #expect(
            value.canonical
                == #"{"B":"\"\\\n\r\t\u0001\#u{7F}","a":[-1,false],"aa":{},"b":null,"Å":"/å😀"}"#
        )
    }
}
