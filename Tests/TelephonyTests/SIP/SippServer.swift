import Foundation
import Glibc
import TestSupport

/// A SIP server that follows one scenario to the letter, once: sipp, from outside.
struct SippServer {
    let port: Int
    private let process: Process
    private let folder: URL
    private let log: URL

    /// Starts sipp, runs `body`, and sees whether the scenario was followed to its end.
    ///
    /// - Returns: what `body` returns.
    /// - Throws: ``Unfollowed`` where sipp saw something that its scenario does not say.
    static func run<Result>(
        _ scenario: String,
        filling: [String: String] = [:],
        transport: String = "u1",
        calls: Int = 1,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Int) async throws -> Result
    ) async throws -> Result {
        let server = try SippServer(scenario, filling: filling, transport: transport, calls: calls)
        defer { server.end() }
        try await server.ready(isStream: transport.hasPrefix("t"))
        let result = try await body(server.port)
        try await server.finished()
        return result
    }

    private init(
        _ scenario: String,
        filling: [String: String],
        transport: String,
        calls: Int
    ) throws {
        port = try Loopback.freePort()
        folder = FileManager.default.temporaryDirectory.appending(path: "sipp-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let filled = folder.appending(path: "\(scenario).xml")
        try filling.reduce(try Self.text(of: scenario)) { text, field in
            text.replacing("{\(field.key)}", with: field.value)
        }
        .write(to: filled, atomically: true, encoding: .utf8)
        log = folder.appending(path: "errors")
        _ = FileManager.default.createFile(atPath: log.path(), contents: nil)
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["sipp", "-nostdin", "-m", "\(calls)", "-i", "127.0.0.1"]
            + ["-p", "\(port)", "-t", transport, "-sf", filled.path()]
            + ["-timeout", "10s", "-timeout_error", "-trace_err", "-error_file", log.path()]
            + ["-trace_msg", "-message_file", folder.appending(path: "messages").path()]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    private static func text(of scenario: String) throws -> String {
        try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "scenarios/\(scenario).xml"),
            encoding: .utf8
        )
    }

    private func ready(isStream: Bool) async throws {
        for _ in 0..<400 {
            guard process.isRunning else { throw Unfollowed(log: text) }
            if isBound(isStream: isStream) { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw Unfollowed(log: "it does not listen\n" + text)
    }

    private func finished() async throws {
        for _ in 0..<800 where process.isRunning {
            try await Task.sleep(for: .milliseconds(25))
        }
        guard !process.isRunning, process.terminationStatus == 0 else {
            throw Unfollowed(log: text)
        }
    }

    private func end() {
        // It ends by its own time-out as well, should this process be killed.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The kernel's table of sockets says so, with the port in hexadecimal figures.
    private func isBound(isStream: Bool) -> Bool {
        let table = try? String(
            contentsOfFile: isStream ? "/proc/net/tcp" : "/proc/net/udp",
            encoding: .utf8
        )
        return table?.contains("0100007F:" + String(format: "%04X", port)) ?? false
    }

    private var text: String {
        ["errors", "messages"].map { name in
            (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
        }
        .joined(separator: "\n")
    }

    /// What sipp saw that its scenario does not say.
    struct Unfollowed: Error, CustomStringConvertible {
        var log: String
        var description: String { "sipp's scenario was not followed:\n\(log.suffix(4000))" }
    }
}
