import Foundation
import Testing

@testable import Settings

/// The telephone side in the customer file.
@Suite struct ExchangeSettingsTests {
    private func exchange(_ text: String) throws -> ExchangeSettings {
        try CustomerFile(
            Data(text: CustomerFileTests.least + "exchange: { \(text) }"),
            file: "c.yaml"
        ).exchange
    }

    @Test(arguments: [
        ("kind: table, service: pbx", #"{"kind":"table","service":"pbx"}"#),
        (
            "kind: http, url: 'https://pbx.example/api/', api_key_file: k, batches_at_once: 4",
            #"{"api_key_file":"k","batches_at_once":4,"kind":"http","url":"https://pbx.example/api"}"#
        ),
        (
            "kind: http, url: 'https://pbx.example', token_url: 'https://id.example/t', client: c,"
                + " secret_env: S, timeout: 5, ca_file: ca.pem",
            #"{"ca_file":"ca.pem","client":"c","kind":"http","secret_env":"S","timeout":5,"#
                + #""token_url":"https://id.example/t","url":"https://pbx.example"}"#
        ),
        (
            "kind: mxone, proxy: 'sip:pbx.example:5061;transport=tls', domain: pbx.example,"
                + " extension: '900', user: kk, password_file: p, reasons: { meeting: 3, lunch: 8 },"
                + " default_reason: meeting, dials_per_second: 20",
            #"{"default_reason":"meeting","dials_per_second":20,"domain":"pbx.example","#
                + #""extension":"900","kind":"mxone","password_file":"p","#
                + #""proxy":"sip:pbx.example:5061;transport=tls","#
                + #""reasons":{"lunch":8,"meeting":3},"user":"kk"}"#
        ),
    ])
    func `it comes back from its JSON`(text: String, json: String) throws {
        let settings = try exchange(text)
        #expect(try SettingsJSON.text(of: settings) == json)
        #expect(try SettingsJSON.value(ExchangeSettings.self, of: json) == settings)
    }

    @Test func `who is sick tells nobody`() throws {
        let settings = try exchange(
            "kind: mxone, proxy: 'sip:h', domain: d, extension: '900', default_reason: meeting"
        )
        guard case .mxone(let mxone) = settings else { throw Mismatch() }
        #expect(mxone.digits["meeting"] == 3)
        #expect(mxone.digits["sick"] == nil)
        #expect(mxone.digits["sick_child"] == nil)
        let told = problems {
            try exchange(
                "kind: mxone, proxy: 'sip:h', domain: d, extension: '900', reasons: { sick: 9, lunch: 0 },"
                    + " default_reason: lunch"
            )
        }
        #expect(told.hasPrefix("c.yaml:6: exchange.reasons.sick: no such reason"))
    }

    private struct Mismatch: Error {}

    @Test func `another password is the same system, another address is not`() throws {
        let http = try exchange("kind: http, url: 'https://a', api_key_env: K")
        let mxone = "kind: mxone, domain: d, extension: '900', default_reason: meeting"
        #expect(
            http.isSameSystem(as: try exchange("kind: http, url: 'https://a', api_key_file: f"))
        )
        #expect(
            !http.isSameSystem(as: try exchange("kind: http, url: 'https://b', api_key_env: K"))
        )
        #expect(!http.isSameSystem(as: .table(service: nil)))
        #expect(!ExchangeSettings.table(service: "a").isSameSystem(as: .table(service: nil)))
        #expect(
            try exchange("\(mxone), proxy: 'sip:h'").isSameSystem(
                as: try exchange("\(mxone), proxy: 'sip:h', dials_per_second: 9")
            )
        )
    }

    @Test(arguments: [
        Wrong(
            "service: x",
            "c.yaml:6: exchange.kind: this key is missing; allowed: table, http, mxone"
        ),
        Wrong(
            "kind: htpp",
            "c.yaml:6: exchange.kind: \"htpp\" is not allowed, did you mean http?"
                + " allowed: table, http, mxone"
        ),
        Wrong(
            "kind: http, url: 'https://a:b@h', api_key_env: K",
            "c.yaml:6: exchange.url: a URL must hold neither user nor password"
        ),
        Wrong(
            "kind: http, url: 'https://h'",
            "c.yaml:6: exchange: either api_key_file or api_key_env is missing"
        ),
        Wrong(
            "kind: http, url: 'https://h', api_key_env: K, client: c",
            "c.yaml:6: exchange.client: goes with token_url only"
        ),
        Wrong(
            "kind: mxone, proxy: 'sip:h', domain: d, extension: 9a, default_reason: meeting",
            "c.yaml:6: exchange.extension: must be an extension: 2 to 15 digits"
        ),
        Wrong(
            "kind: mxone, proxy: 'sip:u@h', domain: d, extension: '90', default_reason: meeting",
            "c.yaml:6: exchange.proxy: must be a SIP URI such as"
                + " sip:pbx.example.com:5060;transport=tcp (udp, tcp or tls)"
        ),
    ])
    func `what is wrong is told with its key`(wrong: Wrong) {
        #expect(problems { try exchange(wrong.text) } == wrong.problems)
    }
}
