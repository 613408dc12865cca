import AbsenceModel
import Foundation
import Telephony
import Testing

@Suite struct PresenceDocumentTests {
    private func state(
        _ reason: String = "meeting",
        label: String? = "Möte",
        kind: Kind = .direct,
        name: String = "Anna Svensson"
    ) throws -> PresenceState {
        PresenceState(
            user: UserID(rawValue: 1),
            phone: "101",
            displayName: name,
            reason: Reason(rawValue: reason),
            label: label,
            kind: kind,
            from: try Date("2026-11-25T08:00:00Z", strategy: .iso8601),
            until: try Date("2026-11-25T11:00:00Z", strategy: .iso8601),
            language: "sv"
        )
    }

    private func text(_ state: PresenceState) -> String {
        PresenceDocument(of: state, domain: "pbx.test").text
    }

    @Test func saysWhyAndUntilWhen() throws {
        #expect(
            text(try state()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf" \
                xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" \
                xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" \
                xmlns:ts="urn:ietf:params:xml:ns:pidf:timed-status" \
                xmlns:c="urn:ietf:params:xml:ns:pidf:cipid" entity="sip:101@pbx.test">\
                <tuple id="absence-101"><status><basic>closed</basic></status>\
                <ts:timed-status from="2026-11-25T08:00:00Z" until="2026-11-25T11:00:00Z">\
                <ts:basic>closed</ts:basic></ts:timed-status>\
                <note xml:lang="sv">Möte</note></tuple><dm:person id="person-101">\
                <rpid:activities from="2026-11-25T08:00:00Z" until="2026-11-25T11:00:00Z">\
                <rpid:meeting/><rpid:busy/></rpid:activities>\
                <c:display-name>Anna Svensson</c:display-name>\
                <dm:note xml:lang="sv">Möte</dm:note></dm:person></presence>

                """
        )
    }

    @Test(arguments: [
        ("meeting", "<rpid:meeting/><rpid:busy/>"), ("lunch", "<rpid:meal/><rpid:away/>"),
        ("business_trip", "<rpid:travel/><rpid:away/>"),
        ("vacation", "<rpid:vacation/><rpid:away/>"), ("busy", "<rpid:busy/>"),
        ("gone_for_the_day", "<rpid:away/>"), ("own_reason", "<rpid:other/><rpid:away/>"),
    ])
    func namesTheActivity(reason: String, activities: String) throws {
        #expect(text(try state(reason)).contains(">\(activities)</rpid:activities>"))
    }

    @Test(arguments: ["sick", "sick_child"])
    func tellsNobodyWhoIsSick(reason: String) throws {
        let text = text(try state(reason, label: "Sjuk"))
        #expect(text.contains("<rpid:other/><rpid:away/>"))
        #expect(!text.contains("note"))
        #expect(!text.lowercased().contains("sick") && !text.lowercased().contains("sjuk"))
    }

    @Test(arguments: [(Kind.direct, "closed"), (.open, "open"), (.information, "open")])
    func isClosedToCallsOnlyWhereTheyAreKeptAway(kind: Kind, basic: String) throws {
        #expect(text(try state(kind: kind)).contains("<basic>\(basic)</basic>"))
    }

    @Test func isXMLWhateverTheNames() throws {
        let document = text(
            try state(label: "a]]>\u{B}\u{FFFE}<b/>&\"'", name: "</presence>\u{0}å&ö\n")
        )
        let parser = XMLCheck()
        #expect(parser.accepts(document))
        #expect(document.contains("a]]&gt;&lt;b/&gt;&amp;&quot;&apos;"))
        #expect(document.contains("<c:display-name>&lt;/presence&gt;å&amp;ö </c:display-name>"))
    }

    @Test func isTheSameForTheSame() throws {
        let one = PresenceDocument(of: try state(), domain: "pbx.test")
        let other = PresenceDocument(of: try state(), domain: "pbx.test")
        #expect(one == other && one.digest == other.digest && one.digest.count == 64)
        #expect(PresenceDocument(of: try state("lunch"), domain: "pbx.test").digest != one.digest)
    }
}
