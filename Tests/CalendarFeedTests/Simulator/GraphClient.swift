import CalendarFeed
import Foundation
import TestSupport
import Web

/// The plainest client of the simulator's Graph, for tests of the simulator itself.
struct GraphClient {
    static let window = "startDateTime=2026-11-16T00:00:00Z&endDateTime=2026-12-28T00:00:00Z"
    private static let escapes = [(" ", "%20"), ("'", "%27"), ("{", "%7B"), ("}", "%7D")]

    let simulator: RunningSimulator
    let fetcher: HTTPFetcher
    private(set) var token = ""

    /// With a token.
    static func run(
        _ process: CalendarSimulatorProcess,
        _ body: (GraphClient) async throws -> Void
    ) async throws {
        try await process.run { simulator in
            let fetcher = try HTTPFetcher(HTTPSettings(retry: HTTPRetry(attempts: 1)))
            var client = GraphClient(simulator: simulator, fetcher: fetcher)
            do {
                client.token = try await client.newToken()
                try await body(client)
                try await fetcher.shutdown()
            } catch {
                try await fetcher.shutdown()
                throw error
            }
        }
    }

    func newToken() async throws -> String {
        let form = [
            "client_id=\(RunningSimulator.Access.client)", "grant_type=client_credentials",
            "client_secret=\(RunningSimulator.Access.secret)",
            "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default",
        ]
        let answer = try await send(
            "POST",
            "/\(RunningSimulator.Access.tenant)/oauth2/v2.0/token",
            body: Array(form.joined(separator: "&").utf8)
        )
        return try Self.object(answer)["access_token"] as? String ?? ""
    }

    func get(
        _ path: String,
        _ headers: [(name: String, value: String)] = [],
        token: String? = nil
    ) async throws -> HTTPAnswer {
        try await send(
            "GET",
            path,
            headers: headers + [("Authorization", "Bearer \(token ?? self.token)")]
        )
    }

    /// A batch of GETs of paths behind /v1.0; the statuses in the order of the paths.
    func batch(_ paths: [String]) async throws -> [Int] {
        let parts = paths.enumerated().map { index, path in
            ["id": "\(index)", "method": "GET", "url": path]
        }
        let answer = try await send(
            "POST",
            "/v1.0/$batch",
            headers: [
                ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
            ],
            body: [UInt8](try JSONSerialization.data(withJSONObject: ["requests": parts]))
        )
        guard answer.status == 200 else { return [answer.status] }
        let responses = try Self.object(answer)["responses"] as? [[String: Any]] ?? []
        return paths.indices.map { index in
            responses.first { $0["id"] as? String == "\(index)" }?["status"] as? Int ?? 0
        }
    }

    /// All rows of a round, and its deltaLink.
    func round(_ link: String, pageSize: Int = 50) async throws -> ([[String: Any]], String) {
        var rows: [[String: Any]] = []
        var link = link
        for _ in 0..<100 {
            let answer = try await get(link, [("Prefer", "odata.maxpagesize=\(pageSize)")])
            let page = try Self.object(answer)
            rows += page["value"] as? [[String: Any]] ?? []
            if let end = page["@odata.deltaLink"] as? String { return (rows, end) }
            link = page["@odata.nextLink"] as? String ?? ""
        }
        return (rows, "endless")
    }

    static func object(_ answer: HTTPAnswer) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any] ?? [:]
    }

    /// Graph's code of an error.
    static func code(_ answer: HTTPAnswer) -> String? {
        ((try? object(answer))?["error"] as? [String: Any])?["code"] as? String
    }

    private func send(
        _ method: String,
        _ path: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) async throws -> HTTPAnswer {
        let path = Self.escapes.reduce(path) { $0.replacing($1.0, with: $1.1) }
        let address = path.hasPrefix("http") ? path : "\(simulator.url)\(path)"
        guard let url = URL(string: address) else { throw URLError(.badURL) }
        return try await fetcher.send(HTTPRequest(method, url, headers: headers, body: body))
    }
}
