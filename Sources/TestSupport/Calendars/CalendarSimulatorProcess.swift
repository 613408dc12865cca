public import Foundation

/// The calendar simulator as a program of its own, over a generated organisation.
public struct CalendarSimulatorProcess: Sendable {
    /// Its arguments beside `--port`.
    private let arguments: [String]
    private let authority: String?

    /// - Parameters:
    ///   - around: A date as 2026-11-23: bookings begin in the six weeks from a week before.
    ///   - certificate: Files of a certificate and its key in PEM, for TLS. The certificate is its
    ///     own authority.
    ///   - clientCertificate: A file in PEM that Graph's client assertions are verified against.
    ///   - options: Further arguments, such as `--limits off`.
    public init(
        mailboxes: Int = 3,
        bookings: Int = 40,
        seed: UInt64 = 7,
        around: String = "2026-11-23",
        hasSpecials: Bool = false,
        certificate: (file: String, key: String)? = nil,
        clientCertificate: String? = nil,
        options: [String] = []
    ) {
        var arguments = [
            "--mailboxes", "\(mailboxes)", "--bookings", "\(bookings)", "--seed", "\(seed)",
            "--around", around,
        ]
        if hasSpecials { arguments.append("--specials") }
        if let certificate {
            arguments += ["--certificate", certificate.file, "--key", certificate.key]
        }
        if let clientCertificate { arguments += ["--client-certificate", clientCertificate] }
        self.arguments = arguments + options
        authority = certificate?.file
    }

    /// The simulator as it was built with the tests, beside their bundle.
    public static var program: URL {
        URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "CalendarSimulator")
    }

    /// Runs it while `body` runs.
    ///
    /// - Throws: ``ServerNotReady`` where it does not come up; what `body` throws.
    public func run<Result>(
        _ body: (RunningSimulator) async throws -> Result
    ) async throws -> Result {
        let port = try Loopback.freePort()
        let process = ServerProcess(
            [Self.program.path(), "--port", "\(port)"] + arguments,
            directory: FileManager.default.temporaryDirectory,
            port: port
        )
        return try await process.run {
            let simulator = try RunningSimulator(port: port, authority: authority)
            do {
                let result = try await body(simulator)
                try await simulator.end()
                return result
            } catch {
                try await simulator.end()
                throw error
            }
        }
    }
}
