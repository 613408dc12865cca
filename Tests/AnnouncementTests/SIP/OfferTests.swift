import Announcements
import Testing

@testable import AnnouncementServer

/// What callers offer to hear with.
@Suite struct OfferTests {
    private func offer(_ lines: String...) -> SessionOffer? {
        let head = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"]
        return SessionOffer(Array((head + lines).map { "\($0)\r\n" }.joined().utf8))
    }

    @Test func `the first law of a caller's list is taken`() {
        #expect(offer("m=audio 4000 RTP/AVP 8 0")?.law == .a)
        #expect(offer("m=audio 4000 RTP/AVP 0 8")?.law == .u)
        #expect(offer("m=audio 4000 RTP/AVP 9 18 101 8")?.law == .a)
        #expect(offer("m=audio 4000 RTP/AVP 9 18 101") == nil)
    }

    @Test func `a law under a number of the caller's own`() {
        let own = offer(
            "m=audio 4000 RTP/AVP 97 96",
            "a=rtpmap:96 pcma/8000",
            "a=rtpmap:97 opus/48000/2"
        )
        #expect(own?.law == .a)
        #expect(own?.payloadType == 96)
        #expect(offer("m=audio 4000 RTP/AVP 8", "a=rtpmap:8 opus/48000/2") == nil)
    }

    @Test func `the address of the stream goes before that of the session`() {
        #expect(offer("m=audio 4000 RTP/AVP 8")?.destination.host == "192.0.2.1")
        let own = offer("m=audio 4000 RTP/AVP 8", "c=IN IP6 2001:db8::1")
        #expect(own?.destination == Endpoint(host: "2001:db8::1", port: 4_000))
    }

    @Test func `an answer has a line for each line of the offer`() throws {
        let offered = try #require(
            offer("m=video 5000 RTP/AVP 96", "m=audio 4000 RTP/AVP 8", "m=audio 4002 RTP/AVP 0")
        )
        let answer = offered.answer(from: Endpoint(host: "192.0.2.7", port: 20_000), session: 1)
        let lines = String(decoding: answer, as: UTF8.self).split(separator: "\r\n")
        #expect(
            lines.filter { $0.hasPrefix("m=") } == [
                "m=video 0 RTP/AVP 96", "m=audio 20000 RTP/AVP 8", "m=audio 0 RTP/AVP 0",
            ]
        )
        #expect(lines.contains("c=IN IP4 192.0.2.7"))
    }

    @Test(arguments: [
        ["m=audio 0 RTP/AVP 8"], ["m=audio 53 RTP/AVP 8"], ["m=audio 99999 RTP/AVP 8"],
        ["m=audio 4000 RTP/SAVP 8"], ["m=audio 4000 RTP/AVP 8", "a=sendonly"],
        ["a=inactive", "m=audio 4000 RTP/AVP 8"], ["m=audio 4000 RTP/AVP 8", "c=IN IP4 0.0.0.0"],
        ["m=audio 4000 RTP/AVP 8", "c=IN IP4 224.0.0.1"],
        ["m=audio 4000 RTP/AVP 8", "c=IN IP4 proxy.example.org"], ["m=audio"], ["nonsense"], [],
    ])
    func `where no sound may be sent`(_ lines: [String]) {
        let head = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"]
        let text = (head + lines).map { "\($0)\r\n" }.joined()
        #expect(SessionOffer(Array(text.utf8)) == nil)
    }
}
