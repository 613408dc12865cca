import AbsenceModel
import Foundation
import Testing

@Suite struct AbsenceJSONTests {
    @Test(
        arguments: [
            nil, "", "Möte i \"Stora\" salen", "back\\slash", "a\tb\nc\u{1}\u{1f}", "🙂",
        ]
    )
    func `what is written by hand reads as what an encoder writes`(text: String?) throws {
        var wanted = absence(9, 10, .direct)
        wanted.shownText = text
        wanted.target = .number("+46701234567")
        wanted.backAt = Date(timeIntervalSince1970: -1)
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        #expect(try decoder.decode(Absence.self, from: Data(wanted.json.utf8)) == wanted)

        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        let encoded = try JSONSerialization.jsonObject(with: encoder.encode(wanted))
        let written = try JSONSerialization.jsonObject(with: Data(wanted.json.utf8))
        #expect((encoded as? NSDictionary) == (written as? NSDictionary))
    }
}
