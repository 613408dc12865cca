import Foundation
import NIOSSL
import Testing
import TestSupport
@testable import Web

@Suite struct `HTTPFetcher: TLS` {
    @Test func `only a certificate of a trusted authority is accepted`() async throws {
        try await withServer(certifiedAs: "IP:127.0.0.1") { server, authority in
            let code = try await withFetcher { fetcher in
                try await failureCode { try await fetcher.send(HTTPRequest(url: server.url)) }
            }
            #expect(code == .unreachable)
            #expect(server.requests.isEmpty)

            let answer = try await withFetcher({ $0.certificateAuthorityFile = authority }) {
                try await $0.send(HTTPRequest(url: server.url))
            }
            #expect(String(decoding: answer.body, as: UTF8.self) == "safe")
        }
    }

    @Test func `a certificate of another host is not accepted`() async throws {
        try await withServer(certifiedAs: "DNS:other.example") { server, authority in
            let code = try await withFetcher({ $0.certificateAuthorityFile = authority }) {
                fetcher in
                try await failureCode { try await fetcher.send(HTTPRequest(url: server.url)) }
            }
            #expect(code == .unreachable)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a file of authorities that is none is told before any request`() {
        #expect(throws: RemoteFailure.self) {
            try HTTPFetcher(HTTPSettings(certificateAuthorityFile: "/nowhere/ca.pem"))
        }
    }

    /// A server whose certificate, made by the openssl command, has itself as authority.
    private func withServer(
        certifiedAs name: String,
        _ body: (LoopbackServer, _ authorityFile: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "certificate.pem").path()
        let key = folder.appending(path: "key.pem").path()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=test",
            "-addext", "subjectAltName=\(name)",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate)
                    .map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            )
        )
        try await LoopbackServer.run(tls: context, { _ in .text(200, "safe") }) { server in
            try await body(server, certificate)
        }
    }
}
