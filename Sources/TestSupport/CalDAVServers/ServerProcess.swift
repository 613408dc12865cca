public import Foundation
import Glibc

/// A program that listens on a port of the loopback address while a test runs.
///
/// It ends with the body, whether that returns, throws or is cancelled, and also when the test
/// process is killed: a shell watches a pipe that only the test process holds.
public struct ServerProcess: Sendable {
    /// The program and its arguments, found by `PATH`.
    public var command: [String]
    /// Added to the environment of the test.
    public var environment: [String: String]
    /// Where the program runs.
    public var directory: URL
    public var port: Int
    /// Whether it is a port of UDP.
    public var isDatagrams: Bool

    public init(
        _ command: [String],
        environment: [String: String] = [:],
        directory: URL,
        port: Int,
        isDatagrams: Bool = false
    ) {
        self.command = command
        self.environment = environment
        self.directory = directory
        self.port = port
        self.isDatagrams = isDatagrams
    }

    private var isListening: Bool {
        isDatagrams ? Loopback.isBound(port) : Loopback.isListening(port)
    }

    /// Starts the program, waits until it takes connections, runs `body`, and ends the program.
    ///
    /// - Throws: ``ServerNotReady`` where the program ends early or is not ready in 20 seconds;
    ///   what `body` throws.
    public func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        let log = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).log")
        _ = FileManager.default.createFile(atPath: log.path(), contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }
        let output = try FileHandle(forWritingTo: log)
        let life = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.watch, "sh"] + command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = directory
        process.standardInput = life
        process.standardOutput = output
        process.standardError = output
        try process.run()
        defer {
            try? life.fileHandleForWriting.close()
            process.waitUntilExit()
            try? output.close()
        }

        var isReady = isListening
        for _ in 0..<400 {
            guard process.isRunning, !isReady else { break }
            try await Task.sleep(for: .milliseconds(50))
            isReady = isListening
        }
        guard process.isRunning, isReady else {
            let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw ServerNotReady(program: command.joined(separator: " "), log: text)
        }
        return try await body()
    }

    /// Becomes the program, and kills it as soon as standard input ends. A server of a test has
    /// nothing to save. The shell itself must not wait for a child: it inherits a signal mask
    /// that may hold SIGCHLD back.
    private static let watch = """
        exec 3<&0
        { read -r _ <&3; kill -KILL $$; } &
        exec "$@" 3<&- </dev/null
        """
}

/// A server that did not come up.
public struct ServerNotReady: Error, CustomStringConvertible {
    public var program: String
    /// What it wrote.
    public var log: String

    public var description: String { "\(program) did not come up. It wrote:\n\(log.suffix(2000))" }
}

/// Ports of 127.0.0.1.
public enum Loopback {
    /// A port that was free a moment ago.
    public static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0
                    ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard result == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Whether something takes connections there.
    public static func isListening(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port: UInt16(port))
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Whether somebody has this port of UDP.
    public static func isBound(_ port: Int) -> Bool {
        let table = (try? String(contentsOfFile: "/proc/net/udp", encoding: .utf8)) ?? ""
        let number = String(port, radix: 16, uppercase: true)
        return table.contains(":" + String(repeating: "0", count: 4 - number.count) + number + " 0")
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return address
    }
}
