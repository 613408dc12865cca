import Foundation

/// Phones, as scenarios of sipp: one process for all phones of a behaviour, on one port.
extension RunningPBX {
    /// Where scenarios and clients are.
    static let files = Checkout.root.appending(path: "Tests/TelephonyTests/PBX")

    static func scenario(_ name: String) -> String {
        files.appending(path: "sipp/\(name).xml").path()
    }

    /// Runs phones while `body` runs, which gets their ports.
    static func phoneSets<Result>(
        _ kinds: [Phone],
        in folder: URL,
        _ body: ([Phone: Int]) async throws -> Result
    ) async throws -> Result {
        guard let kind = kinds.first else { return try await body([:]) }
        let port = try Loopback.freePort()
        return try await set(kind.rawValue, named: "phone", log: kind.rawValue, port, in: folder) {
            try await phoneSets(Array(kinds.dropFirst()), in: folder) { others in
                try await body(others.merging([kind: port]) { $1 })
            }
        }
    }

    /// Runs a voicemail while `body` runs, which gets its port.
    static func voicemail<Result>(
        in folder: URL,
        _ body: (Int) async throws -> Result
    ) async throws -> Result {
        let port = try Loopback.freePort()
        return try await set("answers", named: "voicemail", log: "voicemail", port, in: folder) {
            try await body(port)
        }
    }

    private static func set<Result>(
        _ name: String,
        named answering: String,
        log: String,
        _ port: Int,
        in folder: URL,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let process = ServerProcess(
            [
                "sipp", "-nostdin", "-i", "127.0.0.1", "-p", "\(port)", "-sf", scenario(name),
                "-key", "name", answering, "-trace_logs", "-log_file",
                folder.appending(path: "\(log).log").path(),
            ],
            environment: ["TERM": "dumb"],
            directory: folder,
            port: port,
            isDatagrams: true
        )
        return try await process.run(body)
    }

    /// A call that reached a phone or the voicemail.
    public struct ReachedCall: Hashable, Sendable {
        public var number: String
        /// The header X-Absence: why the person called is away.
        public var absence: String
        /// The header Diversion (RFC 5806).
        public var diversion: String
    }

    /// The calls that reached a phone, from the first on.
    public func calls(to person: Person) throws -> [ReachedCall] {
        try reachedCalls(in: person.phone?.rawValue ?? "none").filter { $0.number == person.number }
    }

    /// The calls for a person that reached the voicemail.
    public func messages(for person: Person) throws -> [ReachedCall] {
        try reachedCalls(in: "voicemail").filter { $0.number == person.number }
    }

    private func reachedCalls(in log: String) throws -> [ReachedCall] {
        let file = folder.appending(path: "\(log).log")
        guard FileManager.default.fileExists(atPath: file.path()) else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
            let words = $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard words.first == "CALL", words.count == 4 else { return nil }
            return ReachedCall(number: words[1], absence: words[2], diversion: words[3])
        }
    }
}
