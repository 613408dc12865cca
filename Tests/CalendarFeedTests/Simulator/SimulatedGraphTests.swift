import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// The simulator's Graph keeps Graph's rules, so that who breaks them is found out.
@Suite struct `Calendar simulator: Graph` {
    private static let mailbox = "/v1.0/users/\(RunningSimulator.mailbox(1))"
    private static let delta = "\(mailbox)/calendarView/delta?\(GraphClient.window)"

    @Test func `of one mailbox no more than four are asked at once`() async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 3)) { client in
            let paths = [1, 1, 1, 1, 1, 2, 2].map {
                "/users/\(RunningSimulator.mailbox($0))/calendarView/delta?\(GraphClient.window)"
            }
            #expect(try await client.batch(paths) == [200, 200, 200, 200, 429, 200, 200])
            let counts = try await client.simulator.counts()
            #expect(counts.breaches == ["graph_mailbox_concurrency": 1])
            #expect(counts.requests["graph"] == 1)
            #expect(counts.requests["graph_parts"] == 7)
            let many = Array(repeating: paths[5], count: 21)
            #expect(try await client.batch(many) == [400])
        }
    }

    @Test(arguments: ["$select=subject", "$expand=attachments", "$filter=isAllDay", "$top=5"])
    func `a delta takes no query but the window`(option: String) async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 1)) { client in
            let answer = try await client.get("\(Self.delta)&\(option)")
            #expect(answer.status == 400)
            #expect(GraphClient.code(answer) == "ErrorInvalidUrlQuery")
        }
    }

    @Test func `the window is frozen, and a round tells what came after the last`() async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 1)) { client in
            let (rows, link) = try await client.round(Self.delta)
            let (again, _) = try await client.round(Self.delta, pageSize: 3)
            #expect(rows.count > 30)
            #expect(Set(rows.map(Self.id)) == Set(again.map(Self.id)))
            let mailbox = RunningSimulator.mailbox(1)
            try await client.simulator.change("delete", mailbox: mailbox, count: 3)
            try await client.simulator.change("delete_occurrence", mailbox: mailbox)
            // A window beside the token's changes nothing.
            let (news, _) = try await client.round("\(link)&startDateTime=2020-01-01")
            let removed = news.filter { $0["@removed"] != nil }
            #expect(removed.count == 3)
            // The series comes anew, without its occurrence and without a word of it.
            let masters = news.filter { $0["type"] as? String == "seriesMaster" }
            #expect(masters.count == 1)
            let members = { (all: [[String: Any]]) in
                all.count { $0["seriesMasterId"] as? String == masters.first?["id"] as? String }
            }
            #expect(members(news) == members(rows) - 1)
        }
    }

    @Test func `what is basic shows no bodies and no extended properties`() async throws {
        let process = CalendarSimulatorProcess(
            mailboxes: 1,
            options: ["--calendar-permissions", "basic"]
        )
        try await GraphClient.run(process) { client in
            let (rows, _) = try await client.round(Self.delta)
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { $0["body"] == nil && $0["bodyPreview"] == nil })
            #expect(rows.contains { $0["subject"] is String })
            let id = try #require(rows.lazy.map(Self.id).first)
            let filter = "$filter=id eq 'String {1} Name X'"
            let answer = try await client.get(
                "\(Self.mailbox)/events/\(id)?$expand=singleValueExtendedProperties(\(filter))"
            )
            #expect(answer.status == 403)
        }
    }

    @Test func `a token that was refused stays refused`() async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 1)) { client in
            try await client.simulator.fault("unauthorized", "graph", times: 1)
            #expect(try await client.get(Self.delta).status == 401)
            #expect(try await client.get(Self.delta).status == 401)
            let token = try await client.newToken()
            #expect(try await client.get(Self.delta, token: token).status == 200)
        }
    }

    @Test(arguments: [
        ("forbidden", 403), ("not-found", 404), ("throttled", 429), ("unavailable", 503),
        ("internal", 500),
    ])
    func `a fault strikes its mailbox, alone and in batches`(
        fault: String,
        status: Int
    ) async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 2)) { client in
            let mailbox = RunningSimulator.mailbox(1)
            try await client.simulator.fault(fault, "graph", mailbox: mailbox, times: 2)
            let answer = try await client.get(Self.delta)
            #expect(answer.status == status)
            if status == 429 {
                #expect(answer.header("Retry-After") == "0.128")
                try await Task.sleep(for: .milliseconds(150))
            }
            let paths = [1, 2].map {
                "/users/\(RunningSimulator.mailbox($0))/calendarView/delta?\(GraphClient.window)"
            }
            #expect(try await client.batch(paths) == [status, 200])
            #expect(try await client.simulator.counts().breaches == [:])
        }
    }

    @Test func `who does not wait as long as told is found out`() async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 1)) { client in
            try await client.simulator.fault("throttled", "graph", times: 1)
            #expect(try await client.get(Self.delta).status == 429)
            #expect(try await client.get(Self.delta).status == 429)
            let breaches = try await client.simulator.counts().breaches
            #expect(breaches == ["graph_asked_before_retry_after": 1])
        }
    }

    @Test(arguments: [
        ("truncated", "malformed"), ("empty", "malformed"), ("reset", "truncated"),
    ])
    func `damage is done as it is called`(fault: String, code: String) async throws {
        try await GraphClient.run(CalendarSimulatorProcess(mailboxes: 1)) { client in
            try await client.simulator.fault(fault, "graph", times: 1)
            do {
                let answer = try await client.get(Self.delta)
                #expect(code == "malformed")
                #expect(throws: (any Error).self) { try GraphClient.object(answer) }
            } catch let failure as RemoteFailure {
                #expect(failure.code.rawValue == code)
            }
            #expect(try await client.get(Self.delta).status == 200)
        }
    }

    private static func id(_ row: [String: Any]) -> String { row["id"] as? String ?? "" }
}
