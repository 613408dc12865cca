import Foundation
import TestSupport
import Testing

/// The reference server against its OpenAPI document, by schemathesis: whatever the document
/// allows is taken, whatever it forbids is refused, and every answer is as documented.
@Suite struct `Exchange http: OpenAPI and schemathesis` {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    @Test(
        .enabled(if: python != nil, "KK_PYTHON names no Python with schemathesis"),
        arguments: ["examples,coverage", "fuzzing,stateful"]
    )
    func `the server is as its document says`(phases: String) async throws {
        let process = ReferenceExchangeProcess(options: ["--page-size", "2"])
        try await process.run { server in
            let ending = try await judge(server, phases, examples: 25)
            #expect(ending.status == 0, "\(ending.output.suffix(5000))")
            #expect(try await server.counts().requests.values.reduce(0, +) > 200)
            // Most of it was no refusal: absences were made.
            if phases.contains("fuzzing") {
                #expect(try await server.truth().effects > 0)
            }
        }
    }

    @Test(.enabled(if: python != nil, "KK_PYTHON names no Python with schemathesis"))
    func `a server that answers otherwise is found out`() async throws {
        try await ReferenceExchangeProcess().run { server in
            try await server.fault("types", path: "batches")
            let ending = try await judge(server, "examples", examples: 1)
            #expect(ending.status == 1)
        }
    }

    private func judge(
        _ server: RunningExchange,
        _ phases: String,
        examples: Int
    ) async throws -> Program.Ending {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "judges/hooks.py")
        let python = Program(
            URL(filePath: try #require(Self.python)),
            environment: [
                "PYTHONDONTWRITEBYTECODE": "1", "SCHEMATHESIS_HOOKS": hooks.path(),
                "HOME": folder.path(),
            ],
            directory: folder
        )
        let document = Checkout.root.appending(path: "Sources/ReferenceExchange/openapi.yaml")
        return try await python.run([
            "-m", "schemathesis.cli", "run", document.path(), "--url", "\(server.url)",
            "--header", "X-Api-Key: \(RunningExchange.Access.apiKey)", "--phases", phases,
            "--max-examples", "\(examples)", "--seed", "7", "--generation-database", "none",
            "--no-color",
        ])
    }
}
