public import Foundation

/// A reference server that runs, and what steers it.
public struct RunningExchange: Sendable {
    /// Scheme, host and port.
    public var url: URL { server.url }
    private let server: SteeredServer

    /// What a client must present.
    public enum Access {
        public static let apiKey = "key-of-tests"
        public static let client = "kalenderkoppling"
        public static let secret = "secret-of-tests"
    }

    init(port: Int, authority: String?) throws {
        server = try SteeredServer(port: port, authority: authority, folder: "reference")
    }

    func end() async throws {
        try await server.end()
    }

    /// Switches a fault on; the names are those of `Fault.Name` in the server.
    ///
    /// - Parameters:
    ///   - path: `capabilities`, `absences`, `batches` or `batch`; nil strikes all of them.
    ///   - share: How many of the requests it strikes, from 0 to 1.
    ///   - times: How often it strikes at most.
    ///   - seconds: How long a delay is at most.
    ///   - wait: What stands in Retry-After.
    public func fault(
        _ name: String,
        path: String? = nil,
        share: Double? = nil,
        times: Int? = nil,
        seconds: Double? = nil,
        wait: String? = nil,
        size: Int? = nil
    ) async throws {
        var order: [String: any Sendable] = ["fault": name]
        order["path"] = path
        order["share"] = share
        order["times"] = times
        order["seconds"] = seconds
        order["wait"] = wait
        order["size"] = size
        try await server.send("POST", "faults", order)
    }

    /// Switches all faults off.
    public func clearFaults() async throws {
        try await server.send("DELETE", "faults")
    }

    /// Who does something by hand.
    public enum Hand: String, Sendable {
        case person, attendant
    }

    /// Creates an absence by hand. Its members are those of the schema `Absence`.
    public func create(
        _ absence: [String: any Sendable],
        by hand: Hand = .person,
        name: String = "anna"
    ) async throws {
        try await server.send(
            "POST",
            "hand",
            [
                "action": "create", "by": hand.rawValue, "name": name, "absence": absence,
            ] as [String: any Sendable]
        )
    }

    /// Changes an entry by hand.
    public func change(
        _ entryKey: String,
        to absence: [String: any Sendable],
        by hand: Hand = .person,
        name: String = "anna"
    ) async throws {
        try await server.send(
            "POST",
            "hand",
            [
                "action": "change", "by": hand.rawValue, "name": name, "entry_key": entryKey,
                "absence": absence,
            ] as [String: any Sendable]
        )
    }

    /// Deletes an entry by hand.
    public func delete(
        _ entryKey: String,
        by hand: Hand = .person,
        name: String = "anna"
    ) async throws {
        try await server.send(
            "POST",
            "hand",
            ["action": "delete", "by": hand.rawValue, "name": name, "entry_key": entryKey]
        )
    }

    /// Puts the server's clock to an instant, at which it stands; nil lets it go by itself.
    public func setClock(_ instant: Date?) async throws {
        let text = instant.map { $0.formatted(.iso8601) }
        try await server.send("POST", "clock", text.map { ["at": $0] } ?? [:])
    }

    /// Makes it have none of these extensions.
    public func forget(extensions: [String]) async throws {
        try await server.send("POST", "unknown", extensions)
    }

    /// Gives it other capabilities, as JSON; what is left out is not limited.
    public func setCapabilities(_ json: String) async throws {
        try await server.send("POST", "capabilities", body: Array(json.utf8))
    }

    /// What was asked and answered since the start, or since ``resetCounts()``.
    public func counts() async throws -> ExchangeCounts {
        try JSONDecoder().decode(
            ExchangeCounts.self,
            from: Data(try await server.send("GET", "counts"))
        )
    }

    public func resetCounts() async throws {
        try await server.send("DELETE", "counts")
    }

    /// What stands there, ended or not.
    public func truth() async throws -> ExchangeTruth {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(
            ExchangeTruth.self,
            from: Data(try await server.send("GET", "truth"))
        )
    }
}

/// The reference server's counts.
public struct ExchangeCounts: Decodable, Hashable, Sendable {
    /// By `capabilities`, `absences`, `batches`, `batch` and `token`.
    public var requests: [String: Int]
    /// By status; `lost` where the answer was kept back.
    public var answers: [String: Int]
    /// How often a client was faster than it may be.
    public var breaches: Int
}

/// What stands on the reference server.
public struct ExchangeTruth: Decodable, Sendable {
    public var absences: [Entry]
    /// Display names by extension.
    public var phones: [String: String]
    /// The newest run seen.
    public var fence: Int
    /// How many batches were carried out.
    public var batches: Int
    /// How many changes had an effect.
    public var effects: Int
    /// How many changes of a batch had an effect more than once.
    public var repeated: Int

    /// The schema `Entry`.
    public struct Entry: Decodable, Hashable, Sendable {
        public var entryKey: String
        public var absenceKey: UUID?
        public var `extension`: String
        public var kind: String
        public var reason: String
        public var startsAt: Date
        public var endsAt: Date
        public var origin: String
        public var version: String
        public var setBy: String?

        private enum CodingKeys: String, CodingKey {
            case entryKey = "entry_key"
            case absenceKey = "absence_key"
            case `extension`, kind, reason
            case startsAt = "starts_at"
            case endsAt = "ends_at"
            case origin, version
            case setBy = "set_by"
        }
    }
}
