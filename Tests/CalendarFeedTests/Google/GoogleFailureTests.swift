import AbsenceModel
import CalendarFeed
import Foundation
import Synchronization
import Testing
import TestSupport
import Web

private let address = "anna@example.com"

@Suite struct `GoogleSource: failures` {
    static let faults: [(name: String, reply: LoopbackServer.Reply, code: RemoteFailure.Code)] = [
        ("500", ScriptedGoogle.error(500, "backendError"), .serverError),
        ("503", .text(503), .serverError),
        ("429", ScriptedGoogle.error(429, "rateLimitExceeded"), .serverError),
        ("403 of quota", ScriptedGoogle.error(403, "quotaExceeded"), .serverError),
        ("403", ScriptedGoogle.error(403, "forbidden"), .refused),
        ("403 of an API that is off", ScriptedGoogle.error(403, "accessNotConfigured"), .refused),
        ("401", ScriptedGoogle.error(401, "authError"), .refused),
        ("404", ScriptedGoogle.error(404, "notFound"), .notFound),
        ("400", ScriptedGoogle.error(400, "invalid"), .malformed),
        ("410 again and again", ScriptedGoogle.error(410, "deleted"), .notFound),
        ("an empty 200", .text(200), .malformed),
        ("an empty object", .text(200, "{}"), .malformed),
        ("a sign-in page", .text(200, "<html>SECRET</html>"), .malformed),
        ("cut JSON", .text(200, #"{"kind":"calendar#events","items":[{"id":"#), .malformed),
        (
            "a connection that breaks off",
            .cutOff(200, promised: 900, #"{"kind":"calendar#events","items":["#), .truncated
        ),
        ("a page that follows itself", ScriptedGoogle.page([], next: "again"), .malformed),
    ]

    @Test(arguments: faults.indices)
    func `nothing is covered, and nothing of Google's text is told`(index: Int) async throws {
        let fault = Self.faults[index]
        let google = ScriptedGoogle(items: [ScriptedGoogle.event("e1")])
        try await google.run { source, _ in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest(address)))
            google.change { _ in fault.reply }
            for request in [LoadRequest(address), LoadRequest(address, after: stored)] {
                do {
                    _ = try await source.load(request)
                    Issue.record("\(fault.name): no failure")
                } catch let failure as RemoteFailure {
                    #expect(failure.code == fault.code, "\(fault.name): \(failure)")
                    #expect(!failure.description.contains("SECRET"))
                }
            }
            // Once it is well again the next load goes on from where the last good one ended.
            google.change { request in
                request.parameter("syncToken") == "s1"
                    ? ScriptedGoogle.page([ScriptedGoogle.event("e2")], sync: "s2") : .text(500)
            }
            stored.take(try await source.load(LoadRequest(address, after: stored)))
            #expect(stored.bookings.map(\.key).sorted() == ["e1", "e2"])
        }
    }

    @Test func `a chain of pages that never ends is left`() async throws {
        let number = Mutex(0)
        let google = ScriptedGoogle { _ in
            let page = number.withLock { number in
                number += 1
                return number
            }
            return ScriptedGoogle.page([], next: "p\(page)")
        }
        try await google.run { source, server in
            let code = try await failureCode { try await source.load(LoadRequest(address)) }
            #expect(code == .malformed)
            #expect(server.lists.count < 1000)
        }
    }

    @Test(arguments: [
        (410, "fullSyncRequired"), (410, "updatedMinTooLongAgo"), (410, "deleted"), (410, ""),
        (400, "invalid"),
    ])
    func `a lost sync token is followed by a full round at once`(
        status: Int,
        reason: String
    ) async throws {
        let google = ScriptedGoogle(items: [ScriptedGoogle.event("e1"), ScriptedGoogle.event("e2")])
        try await google.run { source, server in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest(address)))
            google.change { request in
                request.parameter("syncToken") == nil
                    ? ScriptedGoogle.page([ScriptedGoogle.event("e2")], sync: "s3")
                    : ScriptedGoogle.error(status, reason)
            }
            let answer = try await source.load(LoadRequest(address, after: stored))
            stored.take(answer)
            #expect(answer.coverage == [.everything])
            #expect(stored.bookings.map(\.key) == ["e2"])
            #expect(stored.cursor?.contains("s3") == true)
            #expect(server.lists.count == 3)
        }
    }

    @Test func `a round whose page is lost is begun once more`() async throws {
        let losses = Mutex(0)
        let google = ScriptedGoogle { request in
            guard request.parameter("pageToken") != nil else {
                return ScriptedGoogle.page([ScriptedGoogle.event("e1")], next: "p2")
            }
            let isFirst = losses.withLock { losses in
                losses += 1
                return losses == 1
            }
            return isFirst
                ? ScriptedGoogle.error(410, "fullSyncRequired")
                : ScriptedGoogle.page([ScriptedGoogle.event("e2")], sync: "s1")
        }
        try await google.run { source, _ in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.map(\.key) == ["e1", "e2"])
            #expect(answer.coverage == [.everything])
        }
    }

    @Test func `a refused token is renewed once`() async throws {
        let google = ScriptedGoogle { request in
            request.header("Authorization") == "Bearer t2"
                ? ScriptedGoogle.page([ScriptedGoogle.event("e1")], sync: "s1")
                : ScriptedGoogle.error(401, "authError")
        }
        try await google.run { source, server in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.count == 1)
            #expect(server.requests.filter { $0.path == "/token" }.count == 2)
            #expect(server.lists.count == 2)
        }
    }

    @Test(arguments: [
        (403, "userRateLimitExceeded", 6), (403, "rateLimitExceeded", 6),
        (403, "quotaExceeded", 6), (429, "rateLimitExceeded", 6), (500, "backendError", 3),
        (503, "backendError", 3),
    ])
    func `what is refused for a moment is asked again, for a quota's minute longer`(
        status: Int,
        reason: String,
        times: Int
    ) async throws {
        let refusals = Mutex(0)
        let google = ScriptedGoogle { _ in
            let count = refusals.withLock { refusals in
                refusals += 1
                return refusals
            }
            return count <= times
                ? ScriptedGoogle.error(status, reason)
                : ScriptedGoogle.page([ScriptedGoogle.event("e1")], sync: "s1")
        }
        try await google.run { source, server in
            let answer = try await source.load(LoadRequest(address))
            #expect(answer.bookings.count == 1)
            #expect(server.lists.count == times + 1)
            #expect(source.counts.retries == times)
        }
    }

    @Test func `a refusal that stands is not asked again`() async throws {
        let google = ScriptedGoogle { _ in ScriptedGoogle.error(403, "insufficientPermissions") }
        try await google.run { source, server in
            let code = try await failureCode { try await source.load(LoadRequest(address)) }
            #expect(code == .refused)
            #expect(server.lists.count == 1)
        }
    }
}
