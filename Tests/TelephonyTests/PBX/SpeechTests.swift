import TestSupport
import Testing

extension PBXTests {
    /// What a caller hears is what is announced, in the language of the person called.
    @Suite struct Speech {
        @Test func `the speech arrives byte for byte, in each language`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            let gro = try await pbx.person("Gro Ødegård", language: "no")
            let tom = try await pbx.person("Tom Hill", language: "en")
            try pbx.away(asa, "direct", "lunch")
            try pbx.away(gro, "direct", "sick")
            try pbx.away(tom, "direct", "meeting")
            // At once, since it takes its time to hear somebody out.
            async let swedish = pbx.listen(to: asa)
            async let norwegian = pbx.listen(to: gro, locale: "nb_NO")
            async let english = pbx.listen(to: tom, locale: "en_GB")
            let heard = try await [swedish, norwegian, english]
            #expect(
                heard.map(\.text) == [
                    "Åsa Öberg är på lunch till den tredje augusti tjugohundratrettiosju "
                        + "klockan tolv.",
                    "Gro Ødegård er ikke tilgjengelig til den tredje august tjuetrettisju "
                        + "klokken tolv.",
                    "Tom Hill is in a meeting until the third of August twenty thirty-seven "
                        + "at noon.",
                ]
            )
            for one in heard {
                #expect(one.lost == 0)
                #expect(one.isHeardWhole == true)
                #expect(try #require(one.answeredAfter) < 1_000)
            }
        }
    }
}
