import CalendarFeed
public import Foundation

/// A simulator that runs, and what steers it.
public struct RunningSimulator: Sendable {
    /// Scheme, host and port.
    public var url: URL { server.url }
    private let server: SteeredServer

    /// What a client of the simulator must present.
    public enum Access {
        public static let tenant = "exempel.example"
        public static let client = "kalenderkoppling"
        public static let secret = "secret-of-tests"
        public static let account = "EXEMPEL\\service"
        public static let accountAddress = "service@exempel.example"
    }

    init(port: Int, authority: String?) throws {
        server = try SteeredServer(port: port, authority: authority, folder: "simulator")
    }

    func end() async throws {
        try await server.end()
    }

    /// `user7@exempel.example`.
    public static func mailbox(_ number: Int) -> String { "user\(number)@exempel.example" }

    /// Switches a fault on, such as `throttled` of `graph`; the names are those of
    /// `Fault.Name` in the simulator.
    ///
    /// - Parameters:
    ///   - mailbox: Nil strikes every mailbox.
    ///   - times: Nil strikes for ever.
    public func fault(
        _ name: String,
        _ protocolName: String,
        mailbox: String? = nil,
        times: Int? = nil
    ) async throws {
        var order: [String: any Sendable] = ["fault": name, "protocol": protocolName]
        if let mailbox { order["mailbox"] = mailbox }
        if let times { order["times"] = times }
        try await server.send("POST", "faults", order)
    }

    /// Switches all faults off.
    public func clearFaults() async throws {
        try await server.send("DELETE", "faults")
    }

    /// Does something to a mailbox, such as `delete` or `cancel_occurrence`.
    ///
    /// - Returns: How often it was done.
    @discardableResult
    public func change(_ action: String, mailbox: String, count: Int = 1) async throws -> Int {
        let order: [String: any Sendable] = [
            "action": action, "mailbox": mailbox, "count": count,
        ]
        return try decoded(Done.self, try await server.send("POST", "changes", order)).count
    }

    /// Changes a share of all bookings; returns how many.
    @discardableResult
    public func change(percent: Double) async throws -> Int {
        try decoded(Done.self, try await server.send("POST", "changes", ["percent": percent])).count
    }

    /// What stands in the calendars within a window, of one mailbox or of all.
    public func truth(
        window: Range<Date>,
        mailbox: String? = nil
    ) async throws -> [NormalisedBooking] {
        var path = "organisation?start=\(window.lowerBound.formatted(.iso8601))"
        path += "&end=\(window.upperBound.formatted(.iso8601))"
        if let mailbox { path += "&mailbox=\(mailbox)" }
        return try [NormalisedBooking](json: try await server.send("GET", path))
    }

    /// A mailbox as iCalendar.
    public func calendar(of mailbox: String) async throws -> [UInt8] {
        try await server.send("GET", "ics/\(mailbox)")
    }

    /// The events of a mailbox, each an object for a CalDAV server, by UID.
    public func calendarObjects(of mailbox: String) async throws -> [String: String] {
        let objects = try decoded(
            [CalendarObject].self,
            try await server.send("GET", "ics/\(mailbox)/objects")
        )
        return Dictionary(
            objects.map { ($0.uid, $0.text) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Puts other members into a group.
    public func setGroup(_ group: String, members: [String]) async throws {
        let order: [String: any Sendable] = ["group": group, "members": members]
        try await server.send("POST", "groups", order)
    }

    /// The service account's key, as the JSON file that Google hands out.
    public func googleKey() async throws -> [UInt8] {
        try await server.send("GET", "google-key")
    }

    /// What was asked and answered since the start, or since ``resetCounts()``.
    public func counts() async throws -> SimulatorCounts {
        try decoded(SimulatorCounts.self, try await server.send("GET", "counts"))
    }

    public func resetCounts() async throws {
        try await server.send("DELETE", "counts")
    }

    private struct CalendarObject: Decodable {
        var uid: String
        var text: String
    }

    private struct Done: Decodable {
        var count: Int
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

/// The simulator's counts.
public struct SimulatorCounts: Decodable, Hashable, Sendable {
    /// `graph`, of them `graph_batches`, `graph_parts` (of batches), `ews`, `google`, `token`.
    public var requests: [String: Int]
    /// Bytes of the bodies sent.
    public var bytes: Int
    /// How often a client broke which limit or rule.
    public var breaches: [String: Int]

    /// Questions to Graph about a mailbox each: parts of batches, and those that went alone
    /// because no other came within the moment that the batcher waits.
    public var graphQuestions: Int { self["graph_parts"] + self["graph"] - self["graph_batches"] }

    public subscript(request: String) -> Int { requests[request] ?? 0 }
}
