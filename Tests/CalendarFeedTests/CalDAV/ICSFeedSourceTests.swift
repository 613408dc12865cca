import CalendarFeed
import Testing
import TestSupport
import Web

@Suite struct ICSFeedSourceTests {
    private let feed = Event.onDay(23, "u1")

    @Test func `a feed is read whole, and only when it has changed`() async throws {
        let body = Array(feed.utf8)
        try await LoopbackServer.run({ request in
            request.header("If-None-Match") == "W/\"1\""
                && request.header("If-Modified-Since") != nil
                ? .answer(304)
                : .answer(
                    200,
                    headers: [
                        ("ETag", "W/\"1\""), ("Last-Modified", "Fri, 20 Nov 2026 12:00:00 GMT"),
                    ],
                    body: body
                )
        }) { server in
            try await withFetcher { fetcher in
                let source = ICSFeedSource(fetcher: fetcher)
                var stored = StoredCalendar()
                let first = try await source.load(LoadRequest("\(server.url)/secret.ics"))
                stored.take(first)
                #expect(first.coverage == [.everything])
                #expect(first.bookings.count == 1)
                #expect(first.cursor?.contains("secret") == false)

                let address = "\(server.url)/secret.ics"
                let second = try await source.load(LoadRequest(address, after: stored))
                #expect(second.coverage.isEmpty)
                #expect(second.bookings.isEmpty)
                #expect(second.cursor == stored.cursor)

                let other = "\(server.url)/other.ics"
                let third = try await source.load(LoadRequest(other, after: stored))
                #expect(third.coverage == [.everything])
            }
        }
    }

    @Test func `a feed without marks is read every time`() async throws {
        let body = Array("\u{FEFF}\(feed)\r\n".utf8)
        try await LoopbackServer.run({ _ in .answer(200, body: body) }) { server in
            try await withFetcher { fetcher in
                let source = ICSFeedSource(fetcher: fetcher)
                var stored = StoredCalendar()
                for _ in 1...2 {
                    let answer = try await source.load(LoadRequest(server.url, after: stored))
                    stored.take(answer)
                    #expect(answer.coverage == [.everything])
                }
                #expect(stored.bookings.count == 1)
            }
        }
    }

    @Test func `a feed that fails is a failure that does not tell its address`() async throws {
        let whole = Array(feed.utf8)
        let faults: [(LoopbackServer.Reply, RemoteFailure.Code)] = [
            (.text(200), .malformed),
            (.text(200, " \r\n"), .malformed),
            (.text(200, "<!DOCTYPE html><html>Sign in</html>"), .malformed),
            (.answer(200, body: whole.dropLast(20)), .truncated),
            (.cutOff(200, promised: 9999, feed), .truncated),
            (.text(401), .refused),
            (.text(403), .refused),
            (.text(404), .notFound),
            (.text(500), .serverError),
            (.answer(304), .serverError),
            (.stall([]), .timedOut),
        ]
        for (reply, code) in faults {
            try await LoopbackServer.run({ _ in reply }) { server in
                let timeout: Duration = code == .timedOut ? .milliseconds(300) : .seconds(30)
                try await withFetcher({ $0.timeout = timeout }) { fetcher in
                    let source = ICSFeedSource(fetcher: fetcher)
                    let failure = await #expect(throws: RemoteFailure.self) {
                        try await source.load(LoadRequest("\(server.url)/hemligt.ics"))
                    }
                    #expect(failure?.code == code)
                    #expect(failure?.description.contains("hemligt") == false)
                }
            }
        }
    }
}
