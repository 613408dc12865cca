import ArgumentParser
import Dispatch
import Foundation
import HTTPServing
import NIOCore

/// A telephone system in memory that implements the exchange `http`, as openapi.yaml describes
/// it: for tests, for demonstrations, and for vendors to compare their own with.
///
/// Below `/reference/` stands what tests steer it by, which is no part of the interface and needs
/// no credentials.
@main
struct ReferenceExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves absences of one customer on the loopback address."
    )

    @Option(help: "0 takes a free one.")
    var port = 0
    @Option(help: "A file whose first line is the key that lets in by X-Api-Key.")
    var apiKeyFile: String?
    @Option(help: "A client that gets tokens at /oauth/token.")
    var client: String?
    @Option(help: "A file whose first line is the client's secret.")
    var secretFile: String?
    @Option(help: "How long a token holds, in seconds.")
    var tokenLife = 3600
    @Option(
        help: ArgumentHelp(
            "What it can express: a file of JSON, or JSON itself.",
            discussion: "As GET /v1/capabilities answers it; what is left out is not limited."
        )
    )
    var capabilities = "{}"
    @Option(help: "A certificate chain in PEM, for TLS.")
    var certificate: String?
    @Option(help: "Its key in PEM.")
    var key: String?
    @Option(help: "An instant that its clock stands at, as 2026-11-23T07:00:00Z.")
    var at: String?
    @Option(help: "The largest body that it takes, in bytes.")
    var largestBody = 4 << 20
    @Option(help: "How many absences stand on a page.")
    var pageSize = 500
    @Option(help: "Another number makes other faults strike.")
    var seed: UInt64 = 7

    func run() async throws {
        var access = Access(life: tokenLife)
        access.apiKey = try apiKeyFile.map(Self.firstLine)
        if let client, let secretFile {
            access.client = client
            access.secret = try Self.firstLine(secretFile)
        }
        guard access.isGiven else {
            throw ValidationError("give --api-key-file, or --client and --secret-file, or both")
        }
        let system = System(
            try readCapabilities(),
            access: access,
            clock: SystemClock(standingAt: try at.map(instant)),
            pageSize: pageSize,
            seed: seed
        )
        let server = HTTPServer(
            faces: [
                APIFace(system: system), TokenFace(system: system), ControlFace(system: system),
            ],
            tls: try certificate.flatMap { certificate in
                try key.map { try HTTPServer.tls(certificate: certificate, key: $0) }
            },
            largestBody: largestBody,
            httpDate: { system.clock.httpDate }
        )
        let channel = try await server.start(port: port)
        let ending = Self.ending(channel)
        let line = "listening on 127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
        try await channel.closeFuture.get()
        ending.cancel()
    }

    /// Closes the channel at SIGTERM.
    private static func ending(_ channel: any Channel) -> any DispatchSourceSignal {
        signal(SIGTERM, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.setEventHandler { channel.close(promise: nil) }
        source.resume()
        return source
    }

    private func readCapabilities() throws -> Capabilities {
        let isJSON = capabilities.hasPrefix("{")
        let data =
            isJSON ? Data(capabilities.utf8) : FileManager.default.contents(atPath: capabilities)
        guard let data, let read = try? JSONDecoder().decode(Capabilities.self, from: data) else {
            throw ValidationError("--capabilities is neither JSON nor a file of JSON that fits")
        }
        return read
    }

    private func instant(_ text: String) throws -> Date {
        guard let instant = Date(rfc3339: text) else {
            throw ValidationError("--at is no instant such as 2026-11-23T07:00:00Z")
        }
        return instant
    }

    private static func firstLine(_ path: String) throws -> String {
        let text = FileManager.default.contents(atPath: path).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let line = text?.split(whereSeparator: \.isNewline).first else {
            throw ValidationError("\(path) cannot be read, or is empty")
        }
        return String(line)
    }
}
