import Foundation
import Testing

@testable import Settings

/// Where presence is published, in the customer file.
@Suite struct PresenceSettingsTests {
    private func presence(_ text: String) throws -> PresenceSettings? {
        try CustomerFile(
            Data(text: CustomerFileTests.least + "presence: { \(text) }"),
            file: "c.yaml"
        ).presence
    }

    @Test(arguments: [
        (
            "proxy: 'sip:pbx.example:5061;transport=tls', domain: pbx.example, user: kk,"
                + " password_env: P, ca_file: ca.pem",
            #"{"ca_file":"ca.pem","domain":"pbx.example","password_env":"P","#
                + #""proxy":"sip:pbx.example:5061;transport=tls","user":"kk"}"#
        ),
        (
            "proxy: 'sip:10.0.0.1', domain: pbx.example, user: kk",
            #"{"domain":"pbx.example","proxy":"sip:10.0.0.1","user":"kk"}"#
        ),
    ])
    func `it comes back from its JSON`(text: String, json: String) throws {
        let settings = try #require(try presence(text))
        #expect(try SettingsJSON.text(of: settings) == json)
        #expect(try SettingsJSON.value(PresenceSettings.self, of: json) == settings)
    }

    @Test func `nowhere unless the file says so`() throws {
        let file = try CustomerFile(Data(text: CustomerFileTests.least), file: "c.yaml")
        #expect(file.presence == nil)
    }

    @Test(arguments: [
        Wrong(
            "proxy: 'sip:h', domain: d",
            "c.yaml:6: presence.user: this key is missing"
        ),
        Wrong(
            "proxy: 'sip:u@h', domain: d, user: u",
            "c.yaml:6: presence.proxy: must be a SIP URI such as"
                + " sip:pbx.example.com:5060;transport=tcp (udp, tcp or tls)"
        ),
        Wrong(
            "proxy: 'sip:h', domain: d, user: u, password_file: a, password_env: B",
            "c.yaml:6: presence.password_env: either password_file or password_env is allowed,"
                + " not both"
        ),
    ])
    func `what is wrong is told with its key`(wrong: Wrong) {
        #expect(problems { try presence(wrong.text) } == wrong.problems)
    }
}
