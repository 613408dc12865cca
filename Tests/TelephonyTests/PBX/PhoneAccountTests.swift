import Foundation
import TestSupport
import Testing

/// A telephone system whose phones must say who they are, and that speaks TLS as well.
@Suite(.enabled(if: RunningPBX.missing == nil, "no telephone system"))
struct PhoneAccountTests {
    @Test func `accounts and TLS`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kk-tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "certificate.pem").path()
        let key = folder.appending(path: "key.pem").path()
        try Script.run(
            URL(filePath: "/usr/bin/openssl"),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=\(RunningPBX.domain)", "-addext",
                "subjectAltName=DNS:\(RunningPBX.domain)", "-keyout", key, "-out", certificate,
            ]
        )
        let port = try Loopback.freePort()
        try await RunningPBX.run(options: ["--auth", "--tls", "\(port)", certificate, key]) { pbx in
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            let bo = try await pbx.person("Bo Ek", phone: nil)
            try pbx.addAccount(anna.number, password: "hemligt")
            try pbx.addAccount("kalenderkoppling", password: "publicist")
            let account = ["--account", "\(anna.number):hemligt"]

            #expect(try await pbx.request("REGISTER", anna.number) == [401])
            #expect(try await pbx.request("REGISTER", anna.number, account) == [401, 200])
            let wrong = ["--account", "\(anna.number):fel"]
            #expect(try await pbx.request("REGISTER", anna.number, wrong) == [401, 401])
            #expect(try await pbx.request("REGISTER", bo.number, account) == [401, 403])

            let document = [
                "--header", "Event: presence", "--header", "Content-Type: application/pidf+xml",
                "--body",
                """
                <?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" \
                entity="sip:\(bo.number)@\(RunningPBX.domain)"><tuple id="absence"><status>\
                <basic>closed</basic></status></tuple></presence>
                """,
            ]
            #expect(try await pbx.request("PUBLISH", bo.number, document) == [401])
            #expect(try await pbx.request("PUBLISH", bo.number, document + account) == [401, 403])
            let publisher = ["--account", "kalenderkoppling:publicist"]
            #expect(
                try await pbx.request("PUBLISH", bo.number, document + publisher) == [401, 200]
            )

            let from = ["--from", anna.number]
            #expect(try await pbx.request("INVITE", "*23*3*2359%23", from) == [407])
            #expect(try pbx.standing(anna) == [])
            #expect(try await pbx.request("INVITE", "*23*3*2359%23", from + account) == [407, 200])
            #expect(try pbx.standing(anna) == ["direct meeting person \(anna.number) 23:59"])
            let asBo = ["--from", bo.number] + account
            #expect(try await pbx.request("INVITE", "*23*3%23", asBo) == [407, 403])
            #expect(try pbx.standing(bo) == [])

            let secure = "127.0.0.1:\(port)"
            let authority = ["--authority", certificate]
            #expect(try await pbx.request("OPTIONS", anna.number, authority, at: secure) == [200])
            #expect(
                try await pbx.request("REGISTER", anna.number, authority + account, at: secure)
                    == [401, 200]
            )
        }
    }
}
