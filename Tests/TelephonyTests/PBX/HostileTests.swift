import Postgres
import TestSupport
import Testing

extension PBXTests {
    /// Numbers and callers that mean harm.
    @Suite struct Hostile {
        @Test(
            arguments: [
                "1'||'03", "1'=$$1$$or(1=1)--", "1001'%3Bdrop%20table%20switchboard.absences--",
                "1001%27", "1001%00", "%31%30%30%31", "+1001", "1001;x=1", "*23*3';select(1)--%23",
                "*23*%23*%23", "*" + String(repeating: "2", count: 500) + "%23", "åäö",
                String(repeating: "9", count: 16), String(repeating: "9", count: 900), "1",
                "anna", "$fU", "#!ifdef", "*#", "..", "100\u{200B}1",
            ]
        )
        func `what is no number reaches no database`(number: String) async throws {
            let pbx = try currentPBX()
            let call = try await pbx.call(number)
            // What the database does not know is called otherwise.
            let isRefused = call.status == 400 || call.phrase == "Unknown Number"
            #expect(isRefused, "\(number): \(call)")
        }

        @Test(arguments: [
            "1'||'03", "1'=$$1$$or(1=1)--", "anna", String(repeating: "1", count: 900),
        ])
        func `a caller of no number is nobody`(caller: String) async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct", text: "Budget")
            let call = try await pbx.call(asa.number, from: caller)
            #expect(call.text.hasPrefix("Åsa Öberg är i möte"))
            #expect(!call.shown.contains("text"))
            #expect(try await pbx.call("*23*3%23", from: caller).status == 403)
        }

        @Test func `a name that would break a header does not`() async throws {
            let pbx = try currentPBX()
            let mallory = try await pbx.person("M\r\nX-Evil: 1\r\n;param1=sick@x>")
            try pbx.away(
                mallory,
                "direct",
                "meeting;x\r\n",
                text: "a\r\nX-Evil: 1",
                origin: "person"
            )
            try pbx.set("proxy_mode", to: "redirect")
            defer { try? pbx.set("proxy_mode", to: "forward") }
            let desk = try await pbx.person("Växeln")
            let call = try await pbx.call(mallory, from: desk)
            #expect(call.status == 302)
            #expect(call.contact.contains("param1=meeting%3Bx%0D%0A;"))
            #expect(
                call.contact.contains("param3=M%0D%0AX-Evil%3A%201%0D%0A%3Bparam1%3Dsick%40x%3E")
            )
            #expect(call.shown.hasSuffix(";text=a%0D%0AX-Evil%3A%201"))
        }

        @Test func `this is no open relay`() async throws {
            let pbx = try currentPBX()
            let uri = "sip:1001@elsewhere.test"
            #expect(try await pbx.request("INVITE", "1001", ["--uri", uri]) == [403])
        }

        @Test(arguments: [
            "sip:1 001@pbx.test", "sip:\\@pbx.test", "sip:", "x", "sip:@", "tel:1001",
        ])
        func `an address that is none stops nothing`(uri: String) async throws {
            let pbx = try currentPBX()
            let answer = try await pbx.request("INVITE", "1001", ["--uri", uri])
            #expect(answer == [0] || (400..<500) ~= answer[0])
            #expect(try await pbx.request("OPTIONS", "1001") == [200])
        }
    }
}
