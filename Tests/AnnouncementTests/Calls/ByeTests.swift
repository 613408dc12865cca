import AbsenceModel
import Announcements
import Testing

@testable import AnnouncementServer

/// The way that our BYE takes.
@Suite struct ByeTests {
    private func bye(_ headers: (String, String)...) throws -> (SIPMessage, to: Endpoint) {
        var invite = SIPMessage(.request(method: "INVITE", uri: "sip:annc@h;play=absence"))
        invite.add("via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1")
        invite.add("from", "Bob <sip:bob@h>;tag=1")
        invite.add("to", "<sip:annc@h>")
        invite.add("call-id", "x")
        invite.add("cseq", "1 INVITE")
        for (name, value) in headers { invite.add(name, value) }
        let today = LocalDate(year: 2026, month: 11, day: 25)
        let request = try #require(
            SIPURI("sip:annc@h;play=absence").flatMap {
                RequestedAnnouncement($0, today: today, defaultLanguage: .swedish)
            }
        )
        let call = Call(
            try #require(SIPRequest(invite)),
            request,
            nil,
            from: Endpoint(host: "192.0.2.1", port: 5_070)
        )
        return call.bye(from: Endpoint(host: "192.0.2.9", port: 5_060))
    }

    @Test func `straight to the caller`() throws {
        let (bye, place) = try bye(("contact", "<sip:bob@192.0.2.7:5090;x=y>"))
        #expect(bye.startLine == .request(method: "BYE", uri: "sip:bob@192.0.2.7:5090;x=y"))
        #expect(place == Endpoint(host: "192.0.2.7", port: 5_090))
        #expect(bye.all("route").isEmpty)
        #expect(bye.first("to") == "Bob <sip:bob@h>;tag=1")
    }

    @Test func `by the proxies that asked for it`() throws {
        let (bye, place) = try bye(
            ("contact", "<sip:bob@phone.example>"),
            ("record-route", "<sip:192.0.2.1;lr=on>, <sip:192.0.2.2:5080;lr>"),
            ("record-route", "<sip:192.0.2.3;lr>")
        )
        #expect(bye.startLine == .request(method: "BYE", uri: "sip:bob@phone.example"))
        #expect(
            bye.all("route") == [
                "<sip:192.0.2.1;lr=on>", "<sip:192.0.2.2:5080;lr>", "<sip:192.0.2.3;lr>",
            ]
        )
        #expect(place == Endpoint(host: "192.0.2.1", port: 5_060))
    }

    @Test func `by a strict router`() throws {
        let (bye, place) = try bye(
            ("contact", "<sip:bob@phone.example>"),
            ("record-route", "<sip:192.0.2.1>, <sip:192.0.2.2;lr>")
        )
        #expect(bye.startLine == .request(method: "BYE", uri: "sip:192.0.2.1"))
        #expect(bye.all("route") == ["<sip:192.0.2.2;lr>", "<sip:bob@phone.example>"])
        #expect(place == Endpoint(host: "192.0.2.1", port: 5_060))
    }

    @Test func `to where the call came from, where there is no address`() throws {
        for headers in [[], [("contact", "<sip:bob@phone.example>")], [("contact", "nonsense")]] {
            let (_, place) =
                headers.isEmpty ? try bye() : try bye(headers[0])
            #expect(place == Endpoint(host: "192.0.2.1", port: 5_070))
        }
    }
}
