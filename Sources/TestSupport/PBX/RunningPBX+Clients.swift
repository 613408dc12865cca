import Foundation
import Glibc

/// Clients that listen and watch, in Python.
extension RunningPBX {
    /// What a caller who stays on the line sees and hears.
    public struct Heard: Decodable, Sendable {
        public var status: Int?
        /// What is spoken, as the announcement says.
        public var text: String
        /// The header X-Absence-Info.
        public var shown: String
        /// Milliseconds from the call.
        public var rangAfter: Int?
        public var answeredAfter: Int?
        public var endedAfter: Int?
        /// Packets of sound that did not come.
        public var lost: Int?
        /// Whether the sound is the speech of the text, byte for byte.
        public var isHeardWhole: Bool?
        /// How long the speech is.
        public var seconds: Double?

        private enum CodingKeys: String, CodingKey {
            case status, text, shown, lost, seconds
            case rangAfter = "rang_after_ms"
            case answeredAfter = "answered_after_ms"
            case endedAfter = "ended_after_ms"
            case isHeardWhole = "is_heard_whole"
        }
    }

    /// Calls somebody, listens to the end, and compares what is heard with what is announced.
    ///
    /// - Parameter isBrief: Hangs up when somebody answers, and hears nothing.
    public func listen(
        to person: Person,
        locale: String = "sv_SE",
        isBrief: Bool = false
    ) async throws -> Heard {
        let output = try await python(
            "listen.py",
            [address, Self.domain, person.number, "--locale", locale]
                + (isBrief ? ["--brief"] : [])
        )
        return try JSONDecoder().decode(Heard.self, from: Data(output.utf8))
    }

    /// Sends one request by the client `request.py`.
    ///
    /// - Returns: the statuses of the answers, the first without an account.
    public func request(
        _ method: String,
        _ number: String,
        _ options: [String] = [],
        at otherAddress: String? = nil
    ) async throws -> [Int] {
        let output = try await python(
            "request.py",
            [otherAddress ?? address, Self.domain, method, number] + options
        )
        return output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    }

    /// What Kamailio answers to a command in JSON.
    public func command(_ method: String, _ parameters: [String]) async throws -> String {
        try await python("rpc.py", [home.appending(path: "rpc").path(), method] + parameters)
    }

    /// Watches a person's presence or dialogs while `body` runs, which gets what was told so far.
    public func watching<Result>(
        _ person: Person,
        _ event: String = "presence",
        _ body: (Watch) async throws -> Result
    ) async throws -> Result {
        let told = folder.appending(path: "\(UUID()).told")
        try Data().write(to: told)
        let process = try ProcessID.spawn(
            URL(filePath: "/usr/bin/python3"),
            [
                "-B", Self.files.appending(path: "client/watch.py").path(), address, Self.domain,
                person.number, event, "30",
            ],
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
            directory: folder,
            output: told,
            errors: told
        )
        async let ending = process.end()
        do {
            let result = try await body(Watch(told: told))
            kill(process.number, SIGKILL)
            _ = await ending
            return result
        } catch {
            kill(process.number, SIGKILL)
            _ = await ending
            throw error
        }
    }

    /// What somebody who watches was told.
    public struct Watch: Sendable {
        let told: URL

        /// The newest document, when it says this; what it says instead after five seconds.
        public func comes(_ text: String, within seconds: Int = 5) async throws -> String {
            var last = ""
            for _ in 0..<seconds * 20 {
                last =
                    try String(contentsOf: told, encoding: .utf8)
                    .split(separator: "\n").last.map(String.init) ?? ""
                if last.contains(text) { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            return last
        }
    }

    private func python(_ client: String, _ arguments: [String]) async throws -> String {
        let program = Program(
            URL(filePath: "/usr/bin/python3"),
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
            directory: folder
        )
        let path = Self.files.appending(path: "client/\(client)").path()
        let ending = try await program.run(["-B", path] + arguments)
        guard ending.status == 0 else {
            throw Script.Failure(
                program: client,
                status: ending.status,
                output: ending.everything
            )
        }
        return ending.output
    }
}
