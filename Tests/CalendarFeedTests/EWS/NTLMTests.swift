import Foundation
import TestSupport
import Testing

@testable import CalendarFeed
import Web

/// Our client against pyspnego, which is an acceptor that nobody here wrote.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["KK_PYTHON"] != nil,
        "KK_PYTHON names no Python with pyspnego==0.12.4"
    )
)
struct `NTLM: judged by pyspnego` {
    private static let account = (user: "EXEMPEL\\service", password: "secret-of-tests")

    @Test(arguments: [account.user, "service@exempel.example"])
    func `a connection is let in once, and then asked on it`(_ user: String) async throws {
        try await withServer { server in
            try await withTransport(server, user: user) { transport in
                let first = try await transport.send(server.request("one"))
                #expect(first.text == "1 2 one")
                let second = try await transport.send(server.request("two"))
                #expect(second.text == "1 3 two")
            }
        }
    }

    @Test(arguments: ["sha256", "sha384", "sha512"])
    func `over TLS the handshake is bound to the server's certificate`(
        _ digest: String
    ) async throws {
        try await withServer(digests: [digest]) { server in
            try await withTransport(server) { transport in
                let first = try await transport.send(server.request("one"))
                #expect(first.text == "1 2 one")
            }
        }
    }

    /// The server takes a handshake for one that was carried on from another server.
    @Test func `a handshake that is bound to another certificate is refused`() async throws {
        try await withServer(digests: ["sha256", "sha256"]) { server in
            try await withTransport(server) { transport in
                let first = try await transport.send(server.request("one"))
                #expect(first.status == 401)
            }
        }
    }

    @Test func `where the server closes the connection, another one is let in`() async throws {
        try await withServer(uses: 4) { server in
            try await withTransport(server) { transport in
                // The fourth request goes over a new connection, and is refused there at first.
                for expected in ["1 2 one", "1 3 two", "1 4 three", "2 3 four"] {
                    let text = String(expected.dropFirst(4))
                    let answer = try await transport.send(server.request(text))
                    #expect(answer.text == expected)
                }
            }
        }
    }

    @Test func `several at once have a connection each`() async throws {
        try await withServer { server in
            try await withTransport(server) { transport in
                let texts = try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 0..<6 {
                        group.addTask { try await transport.send(server.request("\(number)")).text }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(
                    Set(texts.compactMap { $0.split(separator: " ").last }) == [
                        "0", "1", "2", "3", "4", "5",
                    ]
                )
            }
        }
    }

    @Test func `a wrong password is refused`() async throws {
        try await withServer { server in
            try await withTransport(server, password: "wrong") { transport in
                let first = try await transport.send(server.request("one"))
                #expect(first.status == 401)
            }
        }
    }

    @Test func `a server without NTLM is told`() async throws {
        try await LoopbackServer.run({ _ in .text(401) }) { server in
            let url = try #require(URL(string: server.url))
            try await withTransport(Server(url: url, authority: nil)) { transport in
                let failure = await #expect(throws: RemoteFailure.self) {
                    try await transport.send(HTTPRequest("POST", url))
                }
                #expect(failure?.description.contains("offers no NTLM") == true)
            }
        }
    }

    private struct Server {
        var url: URL
        var authority: String?

        func request(_ body: String) -> HTTPRequest {
            var request = HTTPRequest("POST", url, body: Array(body.utf8))
            request.isReadOnly = true
            return request
        }
    }

    /// - Parameter digests: that of the certificate's signature where the server speaks TLS, and of
    ///   another certificate to which it demands the binding.
    private func withServer(
        digests: [String] = [],
        uses: Int = 0,
        _ body: (Server) async throws -> Void
    ) async throws {
        let python = try #require(ProcessInfo.processInfo.environment["KK_PYTHON"])
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let users = folder.appending(path: "users").path()
        let lines =
            "EXEMPEL:service:\(Self.account.password)\n"
            + ":service@exempel.example:\(Self.account.password)\n"
        try lines.write(toFile: users, atomically: true, encoding: .utf8)
        var files: [String] = []
        for (index, digest) in digests.enumerated() {
            let made = try certificate(in: folder, named: "\(index)", digest: digest)
            files += index == 0 ? [made.file, made.key] : [made.file]
        }
        let port = try Loopback.freePort()
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "judges/ntlm_server.py").path()
        let process = ServerProcess(
            [python, script, "\(port)", users] + files + ["--uses", "\(uses)"],
            directory: folder,
            port: port
        )
        let scheme = digests.isEmpty ? "http" : "https"
        let url = try #require(URL(string: "\(scheme)://127.0.0.1:\(port)/"))
        try await process.run { try await body(Server(url: url, authority: files.first)) }
    }

    private func withTransport(
        _ server: Server,
        user: String = account.user,
        password: String = account.password,
        _ body: (NTLMTransport) async throws -> Void
    ) async throws {
        let transport = NTLMTransport(
            credentials: try NTLMCredentials(user: user, password: password, host: "127.0.0.1"),
            settings: HTTPSettings(certificateAuthorityFile: server.authority),
            counts: TrafficCounts()
        )
        do {
            try await body(transport)
            await transport.close()
        } catch {
            await transport.close()
            throw error
        }
    }
}

/// Exchange over TLS with Extended Protection, as the simulator has it.
@Suite struct `EWSSource: NTLM` {
    @Test(arguments: [false, true])
    func `mailboxes are read by NTLM`(_ isTLS: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try certificate(in: folder, named: "server", digest: "sha256")
        let process = CalendarSimulatorProcess(
            mailboxes: 12,
            certificate: isTLS ? (file: made.file, key: made.key) : nil
        )
        try await process.run { simulator in
            try await EWSSample.withSource(
                EWSSample.endpoint(simulator),
                access: .ntlm(
                    user: RunningSimulator.Access.account,
                    password: RunningSimulator.Access.secret
                ),
                authority: isTLS ? made.file : nil
            ) { source in
                let truth = try await simulator.truth(window: EWSSample.window)
                let read = try await EWSSample.bookings(
                    source,
                    mailboxes: (1...12).map(RunningSimulator.mailbox)
                )
                #expect(read.differences(from: truth) == [])
                #expect(read.count == truth.count)
            }
        }
    }
}

extension HTTPAnswer {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}

/// A certificate for 127.0.0.1 that is its own authority, made by the openssl command.
private func certificate(
    in folder: URL,
    named name: String,
    digest: String
) throws -> (file: String, key: String) {
    let file = folder.appending(path: "\(name).pem").path()
    let key = folder.appending(path: "\(name)-key.pem").path()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-\(digest)", "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=\(name)",
        "-addext", "subjectAltName=IP:127.0.0.1",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    return (file, key)
}
