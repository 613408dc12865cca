import TestSupport
import Testing

extension PBXTests {
    /// Absences that are dialled, in the manner of MX-ONE.
    @Suite struct FeatureCodes {
        private static let away = "Du är hänvisad."
        private static let back = "Hänvisningen är borttagen."

        @Test func `away until a time, and back`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            let set = try await pbx.call("*23*3*2359%23", from: anna.number)
            #expect(set.text == Self.away)
            #expect(
                try pbx.standing(anna) == ["direct meeting person \(anna.number) 23:59"]
            )
            #expect(try await pbx.call(anna).shown.hasPrefix("direct;reason=meeting;until="))

            let removed = try await pbx.call("%2323%23", from: anna.number)
            #expect(removed.text == Self.back)
            #expect(try pbx.standing(anna) == [])
            #expect(try await pbx.call(anna).answeredBy == "phone\(anna.number)")
        }

        @Test func `away without an end: no time is told`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            _ = try await pbx.call("*23*0%23", from: anna.number)
            #expect(try pbx.standing(anna) == ["direct lunch person \(anna.number)"])
            #expect(try await pbx.call(anna).shown == "direct;reason=lunch")
        }

        @Test func `back opens the phone that the calendar closed`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "direct")
            _ = try await pbx.call("%2323%23", from: anna.number)
            #expect(try await pbx.call(anna).answeredBy == "phone\(anna.number)")
        }

        @Test func `an attendant dials for somebody else`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            let desk = try await pbx.person("Växeln", isAttendant: true)
            let set = try await pbx.call("*230*\(asa.number)*5*2359%23", from: desk.number)
            #expect(set.text == Self.away)
            #expect(
                try pbx.standing(asa) == ["direct course attendant \(desk.number) 23:59"]
            )
            _ = try await pbx.call("%23230*\(asa.number)%23", from: desk.number)
            #expect(try pbx.standing(asa) == [])
        }

        @Test func `what means nothing, or is not for this caller, is refused`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            let asa = try await pbx.person("Åsa Öberg")
            let desk = try await pbx.person("Växeln", isAttendant: true)
            for (code, caller) in [
                ("*230*\(asa.number)*5*2460%23", desk), ("*230*\(asa.number)*5*1231%23", anna),
                ("%23230*\(asa.number)%23", anna), ("*23*3*99%23", anna), ("*24*3%23", anna),
            ] {
                let call = try await pbx.call(code, from: caller.number)
                #expect(call.status == 404, "\(code)")
                #expect(call.phrase == "Not A Valid Code", "\(code)")
            }
            let stranger = try await pbx.call("*23*3%23", from: anna.number, of: "elsewhere.test")
            #expect(stranger.status == 403)
            #expect(try pbx.standing(anna) + pbx.standing(asa) == [])
        }

        @Test func `where nothing can confirm it, it is done all the same`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.set("announcement", to: "127.0.0.1:9")
            defer { try? pbx.set("announcement", to: pbx.announcement) }
            let call = try await pbx.call("*23*3*2359%23", from: anna.number)
            #expect(call.status == 480)
            #expect(call.phrase == "Done But Not Confirmed")
            #expect(try pbx.standing(anna) == ["direct meeting person \(anna.number) 23:59"])
        }
    }
}
