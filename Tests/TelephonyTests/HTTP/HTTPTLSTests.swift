import Foundation
import Telephony
import TestSupport
import Testing
import Web

/// The exchange is who it says, or nothing is shown to it.
@Suite struct `Exchange http: TLS` {
    @Test func `only a certificate of an authority that is trusted will do`() async throws {
        try await withCertificate(of: "IP:127.0.0.1") { certificate, key in
            let process = ReferenceExchangeProcess(certificate: (certificate, key))
            try await process.run { server in
                let answers = [
                    try await isTrusted(server.url, certificate),
                    try await isTrusted(server.url, nil),
                ]
                #expect(answers == [true, false])
                let counts = try await server.counts()
                #expect(counts.requests["capabilities"] == 1)
            }
        }
        try await withCertificate(of: "DNS:other.example") { certificate, key in
            let port = try Loopback.freePort()
            let process = ServerProcess(
                [
                    ReferenceExchangeProcess.program.path(), "--port", "\(port)",
                    "--api-key-file", certificate, "--certificate", certificate, "--key", key,
                ],
                directory: FileManager.default.temporaryDirectory,
                port: port
            )
            let url = try #require(URL(string: "https://127.0.0.1:\(port)"))
            try await process.run {
                let answer = try await isTrusted(url, certificate)
                #expect(!answer)
            }
        }
    }

    private func isTrusted(_ url: URL, _ authority: String?) async throws -> Bool {
        let settings = HTTPSettings(
            certificateAuthorityFile: authority,
            retry: HTTPRetry(attempts: 1)
        )
        var isTrusted = false
        try await Telephone.with(try HTTPFetcher(settings)) { fetcher in
            let exchange = HTTPExchange(
                url: url,
                access: .apiKey(RunningExchange.Access.apiKey),
                fetcher: fetcher
            )
            do {
                _ = try await exchange.capabilities()
                isTrusted = true
            } catch let error as ExchangeError {
                #expect(error.code == .unreachable)
                #expect(error.description.contains("certificate"))
            }
        }
        return isTrusted
    }

    /// Files of a certificate and its key, made by the openssl command.
    private func withCertificate(
        of name: String,
        _ body: (_ certificate: String, _ key: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "certificate.pem").path()
        let key = folder.appending(path: "key.pem").path()
        let openssl = Program(URL(filePath: "/usr/bin/openssl"))
        let ending = try await openssl.run([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=exchange",
            "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ])
        try #require(ending.status == 0, "\(ending.complaints)")
        try await body(certificate, key)
    }
}
