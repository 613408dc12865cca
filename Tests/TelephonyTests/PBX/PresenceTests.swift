import Postgres
import TestSupport
import Testing

extension PBXTests {
    /// An absence shown to colleagues as presence (RFC 3856), and on lamps (RFC 4235).
    @Suite struct Presence {
        @Test func `PUBLISH: colleagues are told why and until when, and it ends`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            try await pbx.watching(anna) { watch in
                let granted = try await pbx.publish(anna, "meeting", "busy", seconds: 3600)
                #expect(granted.last == "3600")
                let meeting = #""what": ["meeting", "busy"], "until": "2037-08-03T10:00:00Z""#
                let told = try await watch.comes(meeting)
                #expect(told.contains(meeting))
                #expect(told.contains(#""basic": "closed""#))

                _ = try await pbx.publish(anna, "meal", "away", seconds: 2)
                let meal = #""what": ["meal", "away"]"#
                #expect(try await watch.comes(meal).contains(meal), "the newer one counts")
                let back = try await watch.comes(meeting, within: 10)
                #expect(back.contains(meeting), "it ends by itself, and the older one is back")
            }
        }

        @Test func `a row in the database, written by somebody else`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            try await pbx.watching(anna) { watch in
                try pbx.store(Self.document(anna, "vacation"), of: anna, "presence")
                let vacation = #""what": ["vacation"]"#
                #expect(try await watch.comes(vacation).contains(vacation))
                #expect(try pbx.stored(anna) == "absence true")
            }
        }

        @Test func `by Kamailio's own command`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            try await pbx.watching(anna) { watch in
                let answer = try await pbx.command(
                    "pua.send_publish",
                    [
                        "sip:\(anna.number)@\(RunningPBX.domain)", "3600", "presence",
                        "application/pidf+xml", "absence", ".", ".", ".",
                        Self.document(anna, "travel"),
                    ]
                )
                #expect(answer == "{}\n")
                let travel = #""what": ["travel"]"#
                #expect(try await watch.comes(travel).contains(travel))
            }
        }

        @Test func `a busy lamp is lit`() async throws {
            let pbx = try currentPBX()
            let bo = try await pbx.person("Bo Ek", phone: nil)
            try await pbx.watching(bo, "dialog") { watch in
                try pbx.store(
                    """
                    <?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" \
                    version="1" state="full" entity="sip:\(bo.number)@\(RunningPBX.domain)">\
                    <dialog id="absence"><state>confirmed</state></dialog></dialog-info>
                    """,
                    of: bo,
                    "dialog"
                )
                let lit = #"["absence", "confirmed"]"#
                #expect(try await watch.comes(lit).contains(lit))
            }
        }

        private static func document(_ person: RunningPBX.Person, _ activity: String) -> String {
            """
            <?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" \
            xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" \
            xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" \
            entity="sip:\(person.number)@\(RunningPBX.domain)"><tuple id="absence"><status>\
            <basic>closed</basic></status></tuple><dm:person id="person">\
            <rpid:activities until="2037-08-03T10:00:00Z"><rpid:\(activity)/></rpid:activities>\
            </dm:person></presence>
            """
        }
    }
}
