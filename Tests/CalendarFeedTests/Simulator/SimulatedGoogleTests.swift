import Foundation
import TestSupport
import Testing

@testable import CalendarFeed
import Web

/// The simulator's Google keeps to the rules of calendar-apis.md 3.
@Suite struct SimulatedGoogleTests {
    private struct Client {
        var simulator: RunningSimulator
        var fetcher: HTTPFetcher
        var account: GoogleServiceAccount
        var token = ""

        static let user = RunningSimulator.mailbox(1)

        func list(
            _ parameters: [String: String] = [:],
            of calendar: String = Client.user
        ) async throws -> (status: Int, reason: String?, body: [String: Any]) {
            var parameters = parameters
            parameters["singleEvents"] = parameters["singleEvents"] ?? "true"
            let query = parameters.map { "\($0)=\(GoogleQuestion.escaped($1))" }.sorted()
            let path = "calendar/v3/calendars/\(GoogleQuestion.escaped(calendar))/events"
            let url = "\(simulator.url)/\(path)?\(query.joined(separator: "&"))"
            let answer = try await fetcher.send(
                HTTPRequest(
                    "GET",
                    try #require(URL(string: url)),
                    credentials: token.isEmpty ? nil : .bearer(token: token)
                )
            )
            let json = try JSONSerialization.jsonObject(with: Data(answer.body))
            let body = try #require(json as? [String: Any])
            return (answer.status, GoogleRefusal(answer).reason, body)
        }

        /// The ids on all pages, and how many there are on each.
        func pages(
            _ parameters: [String: String]
        ) async throws -> (ids: [String], counts: [Int], token: String?) {
            var ids: [String] = []
            var counts: [Int] = []
            var page: String?
            while true {
                var parameters = parameters
                parameters["pageToken"] = page
                let body = try await list(parameters).body
                let items = try #require(body["items"] as? [[String: Any]])
                ids += items.compactMap { $0["id"] as? String }
                counts.append(items.count)
                page = body["nextPageToken"] as? String
                if page == nil { return (ids, counts, body["nextSyncToken"] as? String) }
            }
        }

        func tokenStatus(_ assertion: String) async throws -> (status: Int, error: String?) {
            let grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
            let answer = try await fetcher.send(
                HTTPRequest(
                    "POST",
                    try #require(URL(string: "\(simulator.url)/token")),
                    headers: [("Content-Type", "application/x-www-form-urlencoded")],
                    body: Array("grant_type=\(grant)&assertion=\(assertion)".utf8)
                )
            )
            let json = try JSONSerialization.jsonObject(with: Data(answer.body))
            return (answer.status, (json as? [String: Any])?["error"] as? String)
        }

        func assertion(
            user: String = Client.user,
            scope: String = GoogleSource.scope,
            ago: Double = 0
        ) async throws -> String {
            try await account.assertion(user: user, scope: scope, at: Date() - ago)
        }
    }

    private func run(_ body: (Client) async throws -> Void) async throws {
        try await CalendarSimulatorProcess(mailboxes: 2).run { simulator in
            try await withFetcher { fetcher in
                let key = try await fetcher.send(
                    HTTPRequest(url: "\(simulator.url)/simulator/google-key")
                )
                var client = Client(
                    simulator: simulator,
                    fetcher: fetcher,
                    account: try GoogleServiceAccount(key.body)
                )
                client.token = try await client.account
                    .tokens(scope: GoogleSource.scope, fetcher: fetcher, now: { Date() })
                    .token(for: Client.user)
                try await body(client)
            }
        }
    }

    @Test func `parameters that a sync token bars are refused, and changed ones`() async throws {
        try await run { client in
            let asked = ["maxResults": "2500"]
            let token = try #require(try await client.pages(asked).token)
            let changes = asked.merging(["syncToken": token]) { $1 }
            #expect(try await client.list(changes).status == 200)
            let barred = [
                "iCalUID": "x", "orderBy": "updated", "privateExtendedProperty": "a=b", "q": "x",
                "sharedExtendedProperty": "a=b", "timeMin": "2026-11-01T00:00:00Z",
                "timeMax": "2026-11-01T00:00:00Z", "updatedMin": "2026-11-01T00:00:00Z",
                "showDeleted": "false", "maxResults": "7", "fields": "items",
            ]
            for (name, value) in barred {
                let answer = try await client.list(changes.merging([name: value]) { $1 })
                #expect(answer.status == 400, "\(name)")
            }
            let breaches = try await client.simulator.counts().breaches
            #expect(breaches == ["google_parameters": barred.count])
        }
    }

    @Test func `a sync token that was never given is gone`() async throws {
        try await run { client in
            for token in ["x", "c3luYw=="] {
                let answer = try await client.list(["syncToken": token])
                #expect(answer.status == 410)
                #expect(answer.reason == "fullSyncRequired")
            }
        }
    }

    @Test func `a list restricted in other ways has no sync token`() async throws {
        try await run { client in
            let ordered = try await client.list(["orderBy": "startTime"]).body
            #expect(ordered["nextSyncToken"] == nil)
            let window = [
                "timeMin": "2026-11-20T00:00:00Z", "timeMax": "2026-11-27T00:00:00+01:00",
            ]
            let body = try await client.list(window).body
            #expect(body["nextSyncToken"] != nil)
            let reversed = [
                "timeMax": "2026-11-20T00:00:00Z", "timeMin": "2026-11-27T00:00:00Z",
            ]
            #expect(try await client.list(reversed).reason == "timeRangeEmpty")
            #expect(try await client.list(["timeMin": "2026-11-20T00:00:00"]).status == 400)
        }
    }

    @Test func `pages hold the list once, some short and one empty`() async throws {
        try await run { client in
            let whole = try await client.pages(["maxResults": "2500"])
            #expect(whole.counts.count == 1)
            let pages = try await client.pages(["maxResults": "6"])
            #expect(pages.ids == whole.ids)
            #expect(pages.counts.contains(0))
            #expect(pages.counts.max() == 6)
            #expect(pages.token != nil)
            #expect(Set(whole.ids).count == whole.ids.count)

            let first = try await client.list(["maxResults": "6"]).body
            let page = try #require(first["nextPageToken"] as? String)
            #expect(try await client.list(["maxResults": "7", "pageToken": page]).status == 400)
        }
    }

    @Test func `only the fields asked for are sent`() async throws {
        try await run { client in
            let fields = "kind,items(id,start/dateTime,attendees(self))"
            let body = try await client.list(["fields": fields, "maxAttendees": "1"]).body
            #expect(Set(body.keys) == ["kind", "items"])
            let items = try #require(body["items"] as? [[String: Any]])
            let names = Set(items.flatMap(\.keys))
            #expect(names == ["id", "start", "attendees"])
            for item in items {
                let start = try #require(item["start"] as? [String: Any])
                #expect(Set(start.keys).isSubset(of: ["dateTime"]))
                guard let attendees = item["attendees"] as? [[String: Any]] else { continue }
                #expect(attendees.count == 1)
                #expect(attendees.allSatisfy { Set($0.keys) == ["self"] })
            }
        }
    }

    @Test func `each user sees the own calendar, with a token`() async throws {
        try await run { client in
            let own = try await client.list(of: "primary")
            #expect(own.status == 200)
            let other = try await client.list(of: RunningSimulator.mailbox(2))
            #expect(other.reason == "notFound")
            for token in ["", "kk.google.1.99.user1@exempel.example"] {
                var stranger = client
                stranger.token = token
                let answer = try await stranger.list()
                #expect(answer.status == 401)
                #expect(answer.reason == "authError")
            }
        }
    }

    @Test func `assertions are verified`() async throws {
        try await run { client in
            #expect(try await client.tokenStatus(try await client.assertion()).status == 200)
            let good = try await client.assertion()
            let parts = good.split(separator: ".")
            let foreign = try await client.assertion(user: RunningSimulator.mailbox(2))
            let mixed = [parts[0], foreign.split(separator: ".")[1], parts[2]]
                .joined(separator: ".")
            for refused in [
                mixed, "x", try await client.assertion(ago: 7200),
                try await client.assertion(ago: 300), try await client.assertion(ago: -300),
                try await client.assertion(user: "nobody@exempel.example"),
            ] {
                let answer = try await client.tokenStatus(refused)
                #expect(answer.status == 400)
                #expect(answer.error == "invalid_grant")
            }
            let wide = try await client.assertion(
                scope: "https://www.googleapis.com/auth/calendar"
            )
            #expect(try await client.tokenStatus(wide).error == "unauthorized_client")

            // By the server's clock.
            try await client.simulator.fault("skew", "google")
            #expect(try await client.tokenStatus(try await client.assertion()).status == 400)
            let theirs = try await client.assertion(ago: -300)
            #expect(try await client.tokenStatus(theirs).status == 200)
        }
    }
}
