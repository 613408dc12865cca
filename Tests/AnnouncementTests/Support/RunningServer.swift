import Foundation
import TestSupport

/// The server as a program of its own.
///
/// It ends with the body, and also when the test process is killed: a shell watches a pipe that
/// only the test process holds.
struct RunningServer {
    struct DidNotStart: Error {
        var output: String
    }

    let port: Int
    private let process: Process
    private let life: Pipe
    private let log: URL

    static var program: URL {
        URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "AnnouncementServer")
    }

    static func run(
        _ arguments: [String] = [],
        _ body: (RunningServer) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let log = folder.appending(path: "log")
            try Data().write(to: log)
            let output = try FileHandle(forWritingTo: log)
            let life = Pipe()
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                ["-c", watch, "sh", program.path, "--port", "0", "--today", "2026-11-25"]
                + arguments
            process.standardInput = life
            process.standardOutput = output
            process.standardError = output
            try process.run()
            defer {
                try? life.fileHandleForWriting.close()
                process.waitUntilExit()
            }
            let server = RunningServer(
                port: try await listening(process, log),
                process: process,
                life: life,
                log: log
            )
            try await body(server)
        }
    }

    private static let watch = """
        exec 3<&0
        { read -r _ <&3; kill -KILL $$; } 2>/dev/null &
        exec "$@" 3<&- </dev/null
        """

    private static func listening(_ process: Process, _ log: URL) async throws -> Int {
        let greeting = "listening on 127.0.0.1:"
        for _ in 0..<2_000 {
            let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            if text.hasPrefix(greeting), let end = text.firstIndex(of: "\n"),
                let port = Int(text[..<end].dropFirst(greeting.count))
            {
                return port
            }
            guard !hasEnded(process) else { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw DidNotStart(output: (try? String(contentsOf: log, encoding: .utf8)) ?? "")
    }

    /// What it wrote after the first line.
    func lines() throws -> [String] {
        try String(contentsOf: log, encoding: .utf8).split(separator: "\n").dropFirst()
            .map(String.init)
    }

    /// Waits until it has written so many lines after the first.
    func lines(_ count: Int) async throws -> [String] {
        let limit = ContinuousClock.now + .seconds(20)
        while try lines().count < count, .now < limit {
            try await Task.sleep(for: .milliseconds(10))
        }
        return try lines()
    }

    /// Asks it to end, and gives its exit status.
    func terminate() async throws -> Int32 {
        process.terminate()
        for _ in 0..<2_000 where !Self.hasEnded(process) {
            try await Task.sleep(for: .milliseconds(10))
        }
        try life.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// `Process` does not see it while the shell's watch goes on.
    private static func hasEnded(_ process: Process) -> Bool {
        let file = "/proc/\(process.processIdentifier)/stat"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return true }
        return text.contains(") Z ")
    }
}
