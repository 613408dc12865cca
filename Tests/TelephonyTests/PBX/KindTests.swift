import TestSupport
import Testing

extension PBXTests {
    /// What each kind of absence does to a call.
    @Suite struct Kinds {
        @Test func `nobody is away: the phone rings`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            let call = try await pbx.call(anna)
            #expect(call.answeredBy == "phone\(anna.number)")
            #expect(call.shown == "")
            #expect(try pbx.calls(to: anna).map(\.absence) == [""])
        }

        @Test func `information: the phone rings, and it and the caller are told`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            let bo = try await pbx.person("Bo Ek")
            try pbx.away(anna, "information", "lunch", text: "Budget; 3 > 2")
            let call = try await pbx.call(anna)
            #expect(call.answeredBy == "phone\(anna.number)")
            #expect(call.shown == "information;reason=lunch;until=2037-08-03T10:00:00Z")
            #expect(try pbx.calls(to: anna).map(\.absence) == ["lunch;until=2037-08-03T10:00:00Z"])

            let colleague = try await pbx.call(anna, from: bo)
            #expect(colleague.shown == call.shown + ";text=Budget%3B%203%20%3E%202")
        }

        @Test func `open: the phone rings so many seconds, then the caller is told`() async throws {
            let pbx = try currentPBX()
            let bo = try await pbx.person("Bo Ek", phone: .rings)
            try pbx.away(bo, "open", "lunch", ringSeconds: 3)
            let heard = try await pbx.listen(to: bo, isBrief: true)
            #expect(heard.text.hasPrefix("Bo Ek är på lunch"))
            let rang = try #require(heard.rangAfter)
            let answered = try #require(heard.answeredAfter)
            #expect(rang < 500)
            #expect(2_700...3_600 ~= answered)
            #expect(try pbx.calls(to: bo).count == 1)
        }

        @Test func `open: no phone is registered, so the caller is told at once`() async throws {
            let pbx = try currentPBX()
            let nils = try await pbx.person("Nils Ny", phone: nil)
            try pbx.away(nils, "open", ringSeconds: 60)
            let call = try await pbx.call(nils)
            #expect(call.text.hasPrefix("Nils Ny är i möte"))
            #expect(!call.rang)
        }

        @Test func `open: busy, so the caller is told at once`() async throws {
            let pbx = try currentPBX()
            let eva = try await pbx.person("Eva Ask", phone: .busy)
            try pbx.away(eva, "open", ringSeconds: 60)
            let call = try await pbx.call(eva)
            #expect(call.text.hasPrefix("Eva Ask är i möte"))
        }

        @Test func `open: answered in time`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "open")
            let call = try await pbx.call(anna)
            #expect(call.answeredBy == "phone\(anna.number)")
            #expect(call.text == "")
        }

        @Test func `direct: the caller is told at once, and the phone stays silent`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct")
            let call = try await pbx.call(asa)
            #expect(call.text.hasPrefix("Åsa Öberg är i möte"))
            #expect(call.shown == "direct;reason=meeting;until=2037-08-03T10:00:00Z")
            #expect(!call.rang)
            #expect(try pbx.calls(to: asa) == [])
        }

        @Test func `attendants ring through, and are told what`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            let desk = try await pbx.person("Växeln", isAttendant: true)
            try pbx.away(asa, "direct", text: "Budget")
            let call = try await pbx.call(asa, from: desk)
            #expect(call.answeredBy == "phone\(asa.number)")
            #expect(call.shown.hasPrefix("information;reason=meeting;"))
            #expect(call.shown.hasSuffix(";text=Budget"))

            let stranger = try await pbx.call(asa.number, from: desk.number, of: "elsewhere.test")
            #expect(stranger.answeredBy == "", "the same number from another domain is nobody's")
            #expect(!stranger.shown.contains("text"))
        }

        @Test func `a person's own absence wins`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "direct")
            try pbx.away(
                anna,
                "information",
                "lunch",
                to: "now() + interval '1 h'",
                origin: "person"
            )
            let call = try await pbx.call(anna)
            #expect(call.answeredBy == "phone\(anna.number)")
            #expect(call.shown.hasPrefix("information;reason=lunch;"))
        }

        @Test func `sick leave is not told as such`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct", "sick", target: "voicemail")
            let call = try await pbx.call(asa)
            #expect(call.shown.hasPrefix("direct;reason=unavailable;"))
            #expect(try pbx.messages(for: asa).map(\.absence).allSatisfy { !$0.contains("sick") })
        }
    }
}
