import Foundation
import TestSupport
import Testing

/// sipp, which knows nothing of us, as the caller.
@Suite struct SippTests {
    /// Lets sipp call.
    ///
    /// - Parameters:
    ///   - scenario: A file of `Scenarios`.
    ///   - calls: How many, all at once.
    ///   - lost: How many of a hundred messages sipp throws away, either way.
    private func call(
        _ scenario: String,
        _ server: RunningServer,
        calls: Int = 1,
        lost: Int = 0,
        uri: String = "play=absence;locale=sv_SE;param1=meeting;param2=20261125T1200;param3=Anna"
    ) async throws {
        try await withTemporaryFolder { folder in
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../Scenarios/\(scenario).xml").standardizedFileURL
            let sipp = Program(
                URL(filePath: "/usr/bin/sipp"),
                environment: ["TERM": "dumb", "PATH": "/usr/bin:/bin"],
                directory: folder
            )
            let ending = try await sipp.run([
                "127.0.0.1:\(server.port)", "-sf", file.path, "-i", "127.0.0.1",
                "-p", "\(try Loopback.freePort())", "-mp", "\(try Loopback.freePort())",
                "-m", "\(calls)", "-l", "\(calls)", "-r", "\(calls)", "-key", "uri", uri,
                "-lost", "\(lost)", "-nostdin", "-timeout", "60", "-timeout_error", "-trace_err",
                "-error_file", folder.appending(path: "errors").path,
            ])
            let errors =
                (try? String(contentsOf: folder.appending(path: "errors"), encoding: .utf8)) ?? ""
            #expect(ending.status == 0, "\(errors)\(ending.everything.suffix(3_000))")
        }
    }

    @Test func `calls of every kind`() async throws {
        try await RunningServer.run { server in
            try await call("hear", server)
            try await call("hang-up", server)
            try await call("refused", server, uri: "play=other")
            try await call("options", server)
            let ends = try await server.lines(2).compactMap { line in
                line.firstMatch(of: /"end":"([^"]*)"/).map { String($0.1) }
            }
            #expect(ends == ["played", "caller hung up"])
        }
    }

    @Test func `a network that loses every tenth message`() async throws {
        try await RunningServer.run { server in
            let uri = "play=confirm;locale=sv_SE;param1=away"
            try await call("hear", server, calls: 20, lost: 10, uri: uri)
            let lines = try await server.lines(20)
            #expect(lines.count == 20)
            #expect(lines.allSatisfy { $0.contains("\"end\":\"played\"") })
        }
    }

    @Test func `sixty calls at once`() async throws {
        try await RunningServer.run { server in
            try await call("hear", server, calls: 60, uri: "play=confirm;locale=sv_SE;param1=away")
            let lines = try await server.lines(60)
            #expect(lines.count == 60)
            #expect(lines.allSatisfy { $0.contains("\"end\":\"played\"") })
            #expect(
                Set(lines.compactMap { $0.firstMatch(of: /"packets":\d+/).map { String($0.0) } })
                    .count == 1
            )
        }
    }
}
