import Foundation
import TestSupport
import Testing

/// The simulator's token endpoint against azure-identity of Python, by TLS.
@Suite struct `Calendar simulator: tokens and azure-identity` {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    @Test(.enabled(if: python != nil, "KK_PYTHON names no Python with azure-identity"))
    func `a secret and an assertion are taken, and nothing else`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "certificate.pem").path()
        let key = folder.appending(path: "key.pem").path()
        let both = folder.appending(path: "both.pem")
        let made = try await Program(URL(filePath: "/usr/bin/openssl")).run([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
            "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
        ])
        try #require(made.status == 0, "\(made.complaints)")
        try (Data(contentsOf: URL(filePath: key)) + Data(contentsOf: URL(filePath: certificate)))
            .write(to: both)

        let simulator = CalendarSimulatorProcess(
            mailboxes: 1,
            certificate: (certificate, key),
            clientCertificate: certificate
        )
        try await simulator.run { simulator in
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "judges/azure_token.py")
            let ending = try await Program(
                URL(filePath: try #require(Self.python)),
                environment: ["PYTHONDONTWRITEBYTECODE": "1"]
            ).run([script.path(), "\(simulator.url)", certificate, both.path()])
            #expect(
                ending.output == """
                    certificate: graph
                    secret: graph
                    wrong secret: 7000215
                    wrong client: 700016

                    """,
                "\(ending.complaints)"
            )
        }
    }
}
