import Testing

@testable import SIP

@Suite struct SIPAddressTests {
    @Test(arguments: [
        ("*23*3*1430#", "*23*3*1430%23"), ("#230*101#", "%23230*101%23"), ("101", "101"),
        ("a b@c\r\n:>", "a%20b%40c%0D%0A%3A%3E"), ("å", "%C3%A5"), ("100%", "100%25"),
    ])
    func escapesWhatMayNotStandInAUserPart(user: String, expected: String) {
        #expect(SIPAddress.uri(user: user, domain: "pbx.test") == "sip:\(expected)@pbx.test")
    }

    @Test(arguments: [
        ("sip:127.0.0.1", SIPServer(host: "127.0.0.1", port: 5060, transport: .udp)),
        (
            "sip:pbx.example.org:5080;transport=TCP",
            SIPServer(host: "pbx.example.org", port: 5080, transport: .tcp)
        ),
        ("sip:pbx;transport=tls", SIPServer(host: "pbx", port: 5061, transport: .tls)),
        ("sips:pbx", SIPServer(host: "pbx", port: 5061, transport: .tls)),
        ("sip:[::1]:5062", SIPServer(host: "::1", port: 5062)),
    ])
    func readsAServer(uri: String, expected: SIPServer) {
        #expect(SIPServer(uri: uri) == expected)
    }

    @Test(arguments: [
        "127.0.0.1", "sip:", "sip:a:0", "sip:a:70000", "sip:a;transport=ws", "sip:u@a",
        "sip:a b", "sip:a;lr",
    ])
    func readsNothingElse(uri: String) {
        #expect(SIPServer(uri: uri) == nil)
    }

    @Test func findsTheURIAndTheTagOfAHeader() {
        #expect(SIPAddress.uri(in: #""A <b>" <sip:c@d;x=1>;tag=e"#) == "b")
        #expect(SIPAddress.uri(in: "<sip:c@d;x=1>;tag=e") == "sip:c@d;x=1")
        #expect(SIPAddress.uri(in: "sip:c@d;tag=e") == "sip:c@d")
        #expect(SIPAddress.tag(in: "<sip:c@d;tag=no>;tag=yes;x") == "yes")
        #expect(SIPAddress.tag(in: "sip:c@d;tag=e") == "e")
        #expect(SIPAddress.tag(in: "<sip:c@d>") == nil)
    }
}
