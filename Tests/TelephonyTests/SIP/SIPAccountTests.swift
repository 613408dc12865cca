import Foundation
import SIP
import TestSupport
import Testing

/// The client against a telephone system that asks for passwords and speaks TLS.
@Suite(.enabled(if: RunningPBX.missing == nil, "no telephone system"))
struct SIPAccountTests {
    /// Makes a certificate for an address, and nothing else.
    private func certificate(in folder: URL, _ name: String) throws -> (file: String, key: String) {
        let file = folder.appending(path: "\(name).pem").path()
        let key = folder.appending(path: "\(name).key").path()
        try Script.run(
            URL(filePath: "/usr/bin/openssl"),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=pbx", "-addext",
                "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file,
            ]
        )
        return (file, key)
    }

    @Test func `passwords, and certificates that are verified`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kk-sip-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try certificate(in: folder, "own")
        let other = try certificate(in: folder, "other")
        let port = try Loopback.freePort()
        let options = ["--auth", "--tls", "\(port)", own.file, own.key]
        try await RunningPBX.run(options: options) { pbx in
            let desk = try await pbx.person("Växeln", phone: nil, isAttendant: true)
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            try pbx.addAccount(desk.number, password: "hemligt")
            try pbx.addAccount("kalenderkoppling", password: "publicist")

            func client(
                _ server: SIPServer,
                _ user: String,
                _ password: String,
                caFile: String? = nil
            ) -> SIPClient {
                SIPClient(
                    server: server,
                    account: SIPAccount(
                        domain: RunningPBX.domain,
                        name: user,
                        credentials: SIPCredentials(user: user, password: password)
                    ),
                    caFile: caFile
                )
            }
            let plain = try #require(SIPServer(uri: "sip:\(pbx.address)"))
            let secure = SIPServer(host: "127.0.0.1", port: UInt16(port), transport: .tls)
            let code = "*230*\(anna.number)*3*2359#"

            #expect(
                try await client(plain, desk.number, "fel").dial(code)
                    == .refused(status: 407, retryAfter: nil)
            )
            #expect(try pbx.standing(anna) == [])
            #expect(try await client(plain, desk.number, "hemligt").dial(code) == .accepted)
            #expect(try pbx.standing(anna).count == 1)

            let trusting = client(secure, desk.number, "hemligt", caFile: own.file)
            try await trusting.look()
            #expect(try await trusting.dial("#230*\(anna.number)#") == .accepted)
            #expect(try pbx.standing(anna) == [])

            // Not of an authority that is trusted, or not of that name.
            let wrong = [
                client(secure, desk.number, "hemligt", caFile: other.file),
                client(secure, desk.number, "hemligt"),
                client(
                    SIPServer(host: "localhost", port: UInt16(port), transport: .tls),
                    desk.number,
                    "hemligt",
                    caFile: own.file
                ),
                client(secure, desk.number, "hemligt", caFile: folder.path() + "/none.pem"),
            ]
            for client in wrong {
                await #expect { try await client.dial(code) } throws: {
                    ($0 as? SIPError)?.code == .unsent
                }
            }
            #expect(try pbx.standing(anna) == [])

            let document = #"<presence xmlns="urn:ietf:params:xml:ns:pidf"/>"#
            let publisher = client(secure, "kalenderkoppling", "publicist", caFile: own.file)
            let granted = try await publisher.publish(document, of: anna.number, expires: 600)
            #expect(granted.expires == 600)
            await #expect(throws: SIPRefusal(status: 403)) {
                try await trusting.publish(document, of: anna.number, expires: 600)
            }
        }
    }
}
