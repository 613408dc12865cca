import TestSupport
import Testing

@testable import AnnouncementServer

/// Messages as they come from the network.
@Suite struct MessageTests {
    private static let head = """
        INVITE sip:annc@127.0.0.1;play=absence SIP/2.0\r
        Via: SIP/2.0/UDP proxy:5070;branch=z9hG4bK1;rport, SIP/2.0/TCP [::1];branch=z9hG4bK0\r
        v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r
        f: "Bob, \\"B\\" <x>" <sip:bob@example.org;a=b>;tag=88\r
        TO :\t<sip:annc@127.0.0.1>\r
        i: one@two\r
        CSeq: 7  INVITE\r
        Subject: first\r
         and second\r

        """
    private static let invite =
        head + "Content-Length: 4\r\n\r\nbodyand what does not belong to it"

    @Test func `headers short, folded, shared and quoted`() throws {
        let message = try #require(SIPMessage(Self.invite.utf8))
        #expect(
            message.startLine
                == .request(method: "INVITE", uri: "sip:annc@127.0.0.1;play=absence")
        )
        #expect(message.all("via").count == 3)
        #expect(message.first("subject") == "first and second")
        #expect(message.body == Array("body".utf8))
        let request = try #require(SIPRequest(message))
        #expect(request.dialog == DialogKey(callID: "one@two", callerTag: "88"))
        #expect(request.toTag == nil)
        #expect(request.sequence == 7)
        #expect(request.topVia.branch == "z9hG4bK1")
        #expect(SIPText.uri(try #require(message.first("from"))) == "sip:bob@example.org;a=b")
    }

    @Test func `an answer goes where the request came from`() throws {
        let request = try #require(SIPMessage(Self.invite.utf8).flatMap(SIPRequest.init))
        let source = Endpoint(host: "192.0.2.9", port: 4_000)
        #expect(request.topVia.answerPlace(for: source) == source)
        let answer = request.response(.ok, tag: "mine", to: source)
        #expect(
            answer.all("via").first
                == "SIP/2.0/UDP proxy:5070;branch=z9hG4bK1;rport=4000;received=192.0.2.9"
        )
        #expect(answer.first("to") == "<sip:annc@127.0.0.1>;tag=mine")
        let written = try #require(SIPMessage(answer.bytes))
        #expect(written.headers.dropLast() == answer.headers[...])
        // Without rport to the port that the Via names.
        let plain = try #require(SIPVia("SIP/2.0/UDP 192.0.2.9:5070;branch=x"))
        #expect(plain.answerPlace(for: source) == Endpoint(host: "192.0.2.9", port: 5_070))
        #expect(plain.received(from: source) == plain.value)
    }

    @Test(arguments: [
        "", "\r\n\r\n", "INVITE", "INVITE sip:a SIP/2.0", "INVITE sip:a SIP/2.0\r\n",
        "INVITE sip:a SIP/3.0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "SIP/2.0 99 Low\r\n\r\n",
        "SIP/2.0 2000 OK\r\n\r\n", "OPTIONS sip:a SIP/2.0\r\nno colon\r\n\r\n",
        "OPTIONS sip:a SIP/2.0\r\nbad name: 1\r\n\r\n",
        "OPTIONS sip:a SIP/2.0\r\nContent-Length: 9\r\n\r\nshort",
        "OPTIONS sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n",
        "OPTIONS sip:a SIP/2.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "OPTIONS sip:a SIP/2.0\r\n" + String(repeating: "a: b\r\n", count: 300) + "\r\n",
    ])
    func `what is no message`(_ text: String) {
        #expect(SIPMessage(text.utf8) == nil)
    }

    @Test func `a message that was damaged does no harm`() throws {
        var random = SplitMix64(seed: 7)
        let offer =
            "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
        let whole = Array("\(Self.head)\r\n\(offer)".utf8)
        var understood = 0
        for _ in 0..<5_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0...9, using: &random) {
                case 0...2: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
                case 3...5: bytes.remove(at: index)
                case 6...8: bytes.insert(contentsOf: Array(";,<>\"\\=:[]\r\n ".utf8), at: index)
                default: bytes = Array(bytes[..<max(index, min(20, bytes.count))])
                }
            }
            guard let message = SIPMessage(bytes), let request = SIPRequest(message) else {
                continue
            }
            _ = request.response(.ok, tag: "x", to: Endpoint(host: "::1", port: 1)).bytes
            _ = SIPURI(request.uri)
            if SessionOffer(message.body) != nil { understood += 1 }
        }
        // Some damage does not matter, and some does.
        #expect(100...4_000 ~= understood)
    }

    @Test func `text goes into a header and back`() {
        let text = "Åsa är i möte; till\r\nklockan 100 % <tolv>"
        #expect(SIPText.unescaped(SIPText.escaped(text)) == text)
        #expect(SIPText.escaped("Åsa, 12:00") == "%C3%85sa, 12:00")
        #expect(SIPText.unescaped("100%") == "100%")
        #expect(SIPText.unescaped("%zz%+1%2") == "%zz%+1%2")
    }
}
