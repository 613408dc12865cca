public import Foundation
import Glibc

/// A program as people run it: arguments in; output, complaints and exit status out.
public struct Program: Sendable {
    /// How a program ended.
    public struct Ending: Hashable, Sendable {
        public var status: Int32
        /// What it wrote to standard output.
        public var output: String
        /// What it wrote to standard error.
        public var complaints: String

        /// All that it wrote.
        public var everything: String { output + complaints }
    }

    public var executable: URL
    /// The whole environment: nothing of this process is added.
    public var environment: [String: String]
    public var directory: URL

    public init(
        _ executable: URL,
        environment: [String: String] = [:],
        directory: URL = FileManager.default.temporaryDirectory
    ) {
        self.executable = executable
        self.environment = environment
        self.directory = directory
    }

    /// `kalenderkoppling` as it was built with the tests, beside their bundle.
    public static func kalenderkoppling(
        environment: [String: String] = [:],
        directory: URL = FileManager.default.temporaryDirectory
    ) -> Program {
        // On Linux the bundle is an executable that stands among the products.
        let products = URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .deletingLastPathComponent()
        return Program(
            products.appending(path: "kalenderkoppling"),
            environment: environment,
            directory: directory
        )
    }

    /// Runs it to its end, and keeps no thread waiting meanwhile.
    ///
    /// A test that is cancelled ends the program.
    public func run(_ arguments: [String]) async throws -> Ending {
        // Files, since a pipe that nobody empties stops whoever writes.
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "output")
        let complaints = folder.appending(path: "complaints")
        for file in [output, complaints] { try Data().write(to: file) }

        let process = try ProcessID.spawn(
            executable,
            arguments,
            environment: environment,
            directory: directory,
            output: output,
            errors: complaints
        )
        let status = await withTaskCancellationHandler {
            await process.end()
        } onCancel: {
            kill(process.number, SIGKILL)
        }
        return Ending(
            status: status,
            output: try String(contentsOf: output, encoding: .utf8),
            complaints: try String(contentsOf: complaints, encoding: .utf8)
        )
    }

    /// Runs it to its end. As ``run(_:)``.
    public func callAsFunction(_ arguments: String...) async throws -> Ending {
        try await run(arguments)
    }
}
