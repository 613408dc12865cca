import Foundation

/// Calls, placed by sipp.
extension RunningPBX {
    /// What a caller saw of a call.
    public struct Call: Hashable, Sendable {
        /// 200, or why the call came to nothing.
        public var status = 0
        /// The rest of the first line.
        public var phrase = ""
        public var rang = false
        /// Who answered, as phones and the voicemail say.
        public var answeredBy = ""
        /// What is spoken, as the announcement says.
        public var text = ""
        /// The header X-Absence-Info.
        public var shown = ""
        /// Where a redirected caller is to call.
        public var contact = ""
    }

    /// Calls a number, and hangs up when it is answered.
    public func call(
        _ number: String,
        from caller: String = "0701234567",
        of callerDomain: String = domain
    ) async throws -> Call {
        let log = try await sipp(
            "call",
            to: number,
            ["caller": caller, "callerdomain": callerDomain]
        )
        var call = Call()
        for line in log.split(separator: "\n") {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            switch (words[0], words.count) {
            case ("RANG", 2):
                call.rang = true
                call.shown = words[1]
            case ("ANSWERED", 4):
                call.status = 200
                call.answeredBy = words[1]
                call.text = words[2].removingPercentEncoding ?? words[2]
                call.shown = words[3]
            case ("REFUSED", 4):
                let answer = words[1].split(separator: " ", maxSplits: 2).map(String.init)
                call.status = answer.count > 1 ? Int(answer[1]) ?? 0 : 0
                call.phrase = answer.count > 2 ? answer[2] : ""
                call.contact = words[2]
                call.shown = words[3]
            default: break
            }
        }
        return call
    }

    public func call(_ person: Person, from caller: Person? = nil) async throws -> Call {
        try await call(person.number, from: caller?.number ?? "0701234567")
    }

    /// Publishes that a person is away, as a client of theirs does.
    ///
    /// - Returns: the entity tag and the seconds that were granted.
    public func publish(
        _ person: Person,
        _ activity: String,
        _ coarse: String,
        seconds: Int
    ) async throws -> [String] {
        let log = try await sipp(
            "publish",
            to: person.number,
            ["activity": activity, "coarse": coarse, "expires": "\(seconds)"]
        )
        return log.split(whereSeparator: \.isWhitespace).dropFirst().map(String.init)
    }

    /// Runs a scenario once.
    ///
    /// - Returns: what it wrote down.
    @discardableResult
    func sipp(_ scenario: String, to number: String, _ keys: [String: String]) async throws
        -> String
    {
        let log = folder.appending(path: "\(UUID()).log")
        let words = keys.merging(["domain": Self.domain]) { $1 }
            .flatMap { ["-key", $0.key, $0.value] }
        let program = Program(
            URL(filePath: "/usr/bin/sipp"),
            environment: ["TERM": "dumb"],
            directory: folder
        )
        let ending = try await program.run(
            [
                "-nostdin", "-m", "1", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-timeout", "30s",
                "-s", number, "-sf", Self.scenario(scenario), "-trace_logs", "-log_file",
                log.path(),
            ] + words + [address]
        )
        guard ending.status == 0 else {
            throw Script.Failure(
                program: "sipp \(scenario) \(number)",
                status: ending.status,
                output: ending.everything
            )
        }
        return (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    }
}
