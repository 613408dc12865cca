public import Foundation
import Web

/// The reference server of the exchange `http` as a program of its own.
public struct ReferenceExchangeProcess: Sendable {
    private let arguments: [String]
    private let authority: String?

    /// - Parameters:
    ///   - capabilities: As JSON; what is left out is not limited.
    ///   - at: An instant that its clock stands at.
    ///   - certificate: Files of a certificate and its key in PEM, for TLS. The certificate is its
    ///     own authority.
    ///   - options: Further arguments, such as `--page-size 2`.
    public init(
        capabilities: String = "{}",
        at instant: Date? = nil,
        certificate: (file: String, key: String)? = nil,
        options: [String] = []
    ) {
        var arguments = ["--capabilities", capabilities]
        if let instant { arguments += ["--at", instant.formatted(.iso8601)] }
        if let certificate {
            arguments += ["--certificate", certificate.file, "--key", certificate.key]
        }
        self.arguments = arguments + options
        authority = certificate?.file
    }

    /// The server as it was built with the tests, beside their bundle.
    public static var program: URL {
        URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "ReferenceExchange")
    }

    /// Runs it while `body` runs.
    ///
    /// - Throws: ``ServerNotReady`` where it does not come up; what `body` throws.
    public func run<Result>(
        _ body: (RunningExchange) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyFile = folder.appending(path: "key")
        let secretFile = folder.appending(path: "secret")
        try Data("\(RunningExchange.Access.apiKey)\n".utf8).write(to: keyFile)
        try Data("\(RunningExchange.Access.secret)\n".utf8).write(to: secretFile)
        let port = try Loopback.freePort()
        let process = ServerProcess(
            [
                Self.program.path(), "--port", "\(port)", "--api-key-file", keyFile.path(),
                "--client", RunningExchange.Access.client, "--secret-file", secretFile.path(),
            ] + arguments,
            directory: folder,
            port: port
        )
        return try await process.run {
            let server = try RunningExchange(port: port, authority: authority)
            do {
                let result = try await body(server)
                try await server.end()
                return result
            } catch {
                try await server.end()
                throw error
            }
        }
    }
}
