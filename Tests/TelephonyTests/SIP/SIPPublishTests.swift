import SIP
import Testing

/// Publications that are judged by sipp (RFC 3903).
@Suite struct SIPPublishTests {
    private let document = #"<presence entity="sip:101@pbx.test"></presence>"#

    private func client(_ port: Int) -> SIPClient {
        SIPClient(
            server: SIPServer(host: "127.0.0.1", port: UInt16(port)),
            account: SIPAccount(domain: "pbx.test", name: "kalender")
        )
    }

    @Test func publishesAnewWhatTheServerForgot() async throws {
        let published = try await SippServer.run("publish") { port in
            try await client(port).publish(
                document,
                of: "101",
                replacing: "old.tag",
                expires: 600
            )
        }
        #expect(published == SIPPublication(entityTag: "a.1234.5.6.7", expires: 900))
    }

    @Test func keepsADocumentForLonger() async throws {
        let fields = ["expires": "1200", "status": "200 OK"]
        let published = try await SippServer.run("standing", filling: fields) { port in
            try await client(port).refresh("a.1234", of: "101", expires: 1200)
        }
        #expect(published == SIPPublication(entityTag: "b.1", expires: 1200))
    }

    @Test func saysThatADocumentIsForgotten() async throws {
        let fields = ["expires": "1200", "status": "412 Conditional Request Failed"]
        let published = try await SippServer.run("standing", filling: fields) { port in
            try await client(port).refresh("a.1234", of: "101", expires: 1200)
        }
        #expect(published == nil)
    }

    @Test(arguments: ["200 OK", "412 Conditional Request Failed"])
    func takesADocumentBack(status: String) async throws {
        try await SippServer.run("standing", filling: ["expires": "0", "status": status]) { port in
            try await client(port).remove("a.1234", of: "101")
        }
    }

    @Test func tellsARefusal() async throws {
        try await SippServer.run("standing", filling: ["expires": "0", "status": "403 No"]) {
            port in
            let client = client(port)
            await #expect(throws: SIPRefusal(status: 403)) {
                try await client.remove("a.1234", of: "101")
            }
        }
    }
}
