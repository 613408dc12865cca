import Postgres
import TestSupport
import Testing

extension PBXTests {
    /// Where diverted calls go.
    @Suite struct Targets {
        @Test func `voicemail, which is told whom the call was for`() async throws {
            let pbx = try currentPBX()
            let dan = try await pbx.person("Dan Ros")
            try pbx.away(dan, "direct", "business_trip", target: "voicemail")
            let call = try await pbx.call(dan)
            #expect(call.answeredBy == "voicemail\(dan.number)")
            let message = try #require(try pbx.messages(for: dan).first)
            #expect(message.absence == "business_trip;until=2037-08-03T10:00:00Z")
            #expect(message.diversion.contains("sip:\(dan.number)@pbx.test"))
            #expect(message.diversion.contains("unconditional"))
        }

        @Test func `a number`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            let eva = try await pbx.person("Eva Ask", phone: .busy)
            try pbx.away(eva, "open", "vacation", target: "number:\(anna.number)")
            let call = try await pbx.call(eva)
            #expect(call.answeredBy == "phone\(anna.number)")
            #expect(call.shown.hasPrefix("open;reason=vacation;"))
            let reached = try #require(try pbx.calls(to: anna).first)
            #expect(reached.diversion.contains("sip:\(eva.number)@pbx.test"))
            #expect(reached.diversion.contains("user-busy"))
        }

        @Test func `a number whose owner is away too`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            let eva = try await pbx.person("Eva Ask")
            try pbx.away(asa, "direct")
            try pbx.away(eva, "direct", "business_trip", target: "number:\(asa.number)")
            let call = try await pbx.call(eva)
            #expect(call.text.hasPrefix("Åsa Öberg är i möte"))
            #expect(call.shown.hasPrefix("direct;reason=business_trip;"))
        }

        @Test func `two that divert to each other come to an end`() async throws {
            let pbx = try currentPBX()
            let dan = try await pbx.person("Dan Ros")
            let eva = try await pbx.person("Eva Ask")
            try pbx.away(dan, "direct", target: "number:\(eva.number)")
            try pbx.away(eva, "direct", target: "number:\(dan.number)")
            let call = try await pbx.call(dan)
            #expect(call.status == 480)
            #expect(call.phrase == "Diversion Loop")
        }

        @Test func `redirect mode: the caller's side is told where to call`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            let bo = try await pbx.person("Bo Ek", phone: .rings)
            try pbx.away(asa, "direct", "lunch")
            try pbx.away(bo, "open", "lunch", ringSeconds: 1)
            try pbx.set("proxy_mode", to: "redirect")
            defer { try? pbx.set("proxy_mode", to: "forward") }
            let call = try await pbx.call(asa)
            #expect(call.status == 302)
            #expect(call.shown.hasPrefix("direct;reason=lunch;"))
            let address = "sip:annc@\(pbx.announcement);play=absence;locale=sv_SE;param1=lunch"
            #expect(
                call.contact.contains(
                    "\(address);param2=20370803T1200;param3=%C3%85sa%20%C3%96berg"
                )
            )
            let open = try await pbx.call(bo)
            #expect(open.status == 302)
            #expect(open.rang)
            #expect(open.contact.contains("param3=Bo%20Ek"))
        }

        @Test func `where nothing takes the call, the caller is told that and why`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct", target: "voicemail")
            try pbx.set("voicemail", to: "127.0.0.1:9")
            defer { try? pbx.set("voicemail", to: pbx.voicemail) }
            let call = try await pbx.call(asa)
            #expect(call.status == 480)
            #expect(call.shown.hasPrefix("direct;reason=meeting;"))
        }
    }
}
