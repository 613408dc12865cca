public import Foundation

/// Runs a program to its end, for scripts of this repository.
public enum Script {
    /// What a program that failed wrote.
    public struct Failure: Error, CustomStringConvertible {
        public var program: String
        public var status: Int32
        public var output: String

        public var description: String {
            "\(program) left with status \(status):\n\(output)"
        }
    }

    /// Runs `program`, with `environment` in place of and beside what this process has.
    ///
    /// - Returns: what it wrote to its standard output.
    /// - Throws: ``Failure`` where its status is not zero.
    @discardableResult
    public static func run(
        _ program: URL,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        // To a file, since two pipes read one after the other can wait for each other for ever.
        let errors = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).err")
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardError = try FileHandle(forWritingTo: errors)

        try process.run()
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()

        let text = String(decoding: written, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            let complaint = try String(contentsOf: errors, encoding: .utf8)
            throw Failure(
                program: program.lastPathComponent,
                status: process.terminationStatus,
                output: text + complaint
            )
        }
        return text
    }
}
