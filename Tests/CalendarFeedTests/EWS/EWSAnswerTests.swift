import AbsenceModel
import CalendarFeed
import Foundation
import Synchronization
import Testing
import TestSupport
import Web

@Suite struct `EWSSource: answers of every kind` {
    private func load(_ source: EWSSource, cursor: String? = nil) async throws -> LoadAnswer {
        try await source.load(EWSSample.request(ScriptedExchange.mailbox, cursor: cursor))
    }

    @Test func `requests name the mailbox, the version and the state`() async throws {
        try await ScriptedExchange.run({ _, _ in nil }) { source, server in
            let answer = try await load(source)
            #expect(answer.bookings.count == 4)
            #expect(answer.resources == [:])
            let first = try #require(server.requests.first)
            #expect(first.header("X-AnchorMailbox") == ScriptedExchange.mailbox)
            #expect(first.header("Content-Type") == "text/xml; charset=utf-8")
            #expect(first.body.contains("<t:PrimarySmtpAddress>anna@exempel.example<"))
            #expect(first.body.contains("Version=\"Exchange2013_SP1\""))
            #expect(!first.body.contains("SyncState"))
            // The state is taken before the list, so that nothing is lost between them.
            #expect(
                server.requests.map(ScriptedExchange.operation) == [
                    "SyncFolderItems", "FindItem", "GetItem",
                ]
            )
            // A day beyond the window at either end, for whole days of other zones.
            #expect(server.requests[1].body.contains("StartDate=\"2026-11-15T00:00:00Z\""))
            #expect(server.requests[1].body.contains("EndDate=\"2026-12-29T00:00:00Z\""))

            #expect(try await load(source, cursor: answer.cursor).coverage == [])
            #expect(server.requests.last?.body.contains("<m:SyncState>state</m:SyncState>") == true)
        }
    }

    @Test(arguments: ["ErrorItemNotFound", "ErrorInternalServerError", "ErrorTimeoutExpired"])
    func `an item that is listed and not handed out is broken, and asked for again`(
        _ code: String
    ) async throws {
        try await ScriptedExchange.run(
            { operation, ids in
                guard operation == "GetItem", ids.contains("occurrence1") else { return nil }
                let messages = ids.map { id in
                    id == "occurrence1"
                        ? ScriptedExchange.error("GetItem", code) : ScriptedExchange.item(id)
                }
                return ScriptedExchange.answer(operation, messages)
            }
        ) { source, _ in
            let answer = try await load(source)
            #expect(answer.bookings.count == 3)
            #expect(answer.broken.map(\.resource) == ["series"])
            #expect(answer.broken.first?.key == nil)
            #expect(answer.broken.first?.reason.contains(code) == true)
            #expect(answer.coverage == [.everything])
            #expect(answer.failures.count == 1)
            #expect(answer.failures.first?.hasPrefix("1 items") == true)
            // Though nothing changed, it is read again.
            #expect(try await load(source, cursor: answer.cursor).coverage == [.everything])
        }
    }

    @Test func `an occurrence that cannot be named keeps everything from being covered`()
        async throws
    {
        try await ScriptedExchange.run(
            { operation, ids in
                switch operation {
                case "FindItem":
                    ScriptedExchange.answer(
                        operation,
                        [ScriptedExchange.list(ScriptedExchange.ids, hasUID: false)]
                    )
                case "GetItem":
                    ScriptedExchange.answer(
                        operation,
                        ids.map { id in
                            id == "occurrence1"
                                ? ScriptedExchange.error("GetItem", "ErrorCorruptData")
                                : ScriptedExchange.item(id)
                        }
                    )
                default: nil
                }
            }
        ) { source, _ in
            let answer = try await load(source)
            #expect(answer.bookings.count == 3)
            #expect(answer.coverage == [])
            #expect(answer.failures.count == 1)
            #expect(answer.cursor != nil)
        }
    }

    @Test func `what takes too long is asked for in halves`() async throws {
        try await ScriptedExchange.run(
            { operation, ids in
                guard operation == "GetItem", ids.count > 1 else { return nil }
                return ScriptedExchange.fault("ErrorTimeoutExpired")
            }
        ) { source, server in
            let answer = try await load(source)
            #expect(answer.bookings.count == 4)
            let batches = server.requests.map(ScriptedExchange.ids).filter { !$0.isEmpty }
            #expect(batches.map(\.count) == [4, 2, 1, 1, 2, 1, 1])
        }
    }

    @Test(arguments: ["more", "ErrorExceededFindCountLimit"])
    func `a list that is too long is asked for in halves`(_ kind: String) async throws {
        let count = Mutex(0)
        try await ScriptedExchange.run(
            { operation, _ in
                guard operation == "FindItem" else { return nil }
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                guard number == 1 else { return nil }
                return ScriptedExchange.answer(
                    operation,
                    [
                        kind == "more"
                            ? ScriptedExchange.list(["single1"], isLast: false)
                            : ScriptedExchange.error(operation, kind)
                    ]
                )
            }
        ) { source, server in
            let answer = try await load(source)
            // What lies in both halves comes once.
            #expect(answer.bookings.map(\.key).count == 4)
            #expect(server.requests.count { ScriptedExchange.operation($0) == "FindItem" } == 3)
        }
    }

    @Test func `a list without an end is given up`() async throws {
        try await ScriptedExchange.run(
            { operation, _ in
                guard operation == "FindItem" else { return nil }
                return ScriptedExchange.answer(
                    operation,
                    [ScriptedExchange.list(["single1"], isLast: false)]
                )
            }
        ) { source, server in
            let ending = try await failureCode { try await load(source) }
            #expect(ending == .tooLarge)
            #expect(server.requests.count < 500)
        }
    }

    @Test func `a view of more than two years is asked for in parts`() async throws {
        try await ScriptedExchange.run({ _, _ in nil }) { source, server in
            var request = EWSSample.request(ScriptedExchange.mailbox)
            request.window =
                request.window.lowerBound..<request.window.lowerBound + 1_500 * 86_400
            let answer = try await source.load(request)
            #expect(answer.bookings.count == 4)
            #expect(server.requests.count { ScriptedExchange.operation($0) == "FindItem" } == 3)
        }
    }

    @Test func `a state that stays while more is promised is given up`() async throws {
        try await ScriptedExchange.run(
            { operation, _ in
                guard operation == "SyncFolderItems" else { return nil }
                return ScriptedExchange.answer(
                    operation,
                    [ScriptedExchange.changes(state: "same", isLast: false)]
                )
            }
        ) { source, server in
            let ending = try await failureCode { try await load(source) }
            #expect(ending == .malformed)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a wait beyond all bounds is not waited`() async throws {
        try await ScriptedExchange.run(
            { _, _ in ScriptedExchange.fault("ErrorServerBusy", backOff: 300_000) }
        ) { source, server in
            let failure = await #expect(throws: RemoteFailure.self) { try await load(source) }
            #expect(failure?.description.contains("300.0 seconds") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `too many connections are waited for`() async throws {
        let count = Mutex(0)
        try await ScriptedExchange.run(
            { _, _ in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                return number == 1 ? ScriptedExchange.fault("ErrorExceededConnectionCount") : nil
            }
        ) { source, _ in
            let answer = try await load(source)
            #expect(answer.bookings.count == 4)
            #expect(source.counts.retries == 1)
        }
    }

    @Test(
        arguments: [
            ("ErrorNonExistentMailbox", RemoteFailure.Code.notFound, "kind graph"),
            ("ErrorImpersonateUserDenied", .refused, "ApplicationImpersonation"),
            ("ErrorAccessDenied", .refused, "cannot be read"),
            ("ErrorMailboxMoveInProgress", .serverError, "next pass"),
            ("ErrorInvalidServerVersion", .refused, "2013 SP1"),
            ("ErrorSomethingNew", .serverError, "ErrorSomethingNew"),
        ] as [(String, RemoteFailure.Code, String)]
    )
    func `errors tell what to do, and quote nothing`(
        _ name: String,
        _ code: RemoteFailure.Code,
        _ word: String
    ) async throws {
        for isFault in [true, false] {
            try await ScriptedExchange.run(
                { operation, _ in
                    isFault
                        ? ScriptedExchange.fault(name)
                        : ScriptedExchange.answer(
                            operation,
                            [ScriptedExchange.error(operation, name)]
                        )
                }
            ) { source, _ in
                let failure = await #expect(throws: RemoteFailure.self) { try await load(source) }
                #expect(failure?.code == code)
                #expect(failure?.description.contains(word) == true)
                #expect(failure?.description.contains("Geheimnis") == false)
            }
        }
    }

    @Test(
        arguments: [
            (.text(200, "<html><body>Outlook</body></html>"), .malformed),
            (.text(200, ""), .malformed), (.text(404), .notFound), (.text(403), .refused),
            (.text(302), .refused), (.text(502, "<html/>"), .serverError),
            (ScriptedExchange.answer("SyncFolderItems", []), .malformed),
            (ScriptedExchange.answer("GetItem", [ScriptedExchange.item("single1")]), .malformed),
            (.cutOff(200, promised: 5_000, "<s:Envelope"), .truncated),
        ] as [(LoopbackServer.Reply, RemoteFailure.Code)]
    )
    func `what is no answer covers nothing`(
        _ reply: LoopbackServer.Reply,
        _ code: RemoteFailure.Code
    ) async throws {
        try await ScriptedExchange.run({ _, _ in reply }) { source, _ in
            let ending = try await failureCode { try await load(source) }
            #expect(ending == code)
        }
    }

    @Test func `an answer with fewer parts than were asked for covers nothing`() async throws {
        try await ScriptedExchange.run(
            { operation, ids in
                guard operation == "GetItem" else { return nil }
                return ScriptedExchange.answer(
                    operation,
                    ids.dropLast().map { ScriptedExchange.item($0) }
                )
            }
        ) { source, _ in
            let failure = await #expect(throws: RemoteFailure.self) { try await load(source) }
            #expect(failure?.code == .malformed)
            #expect(failure?.description.contains("3 of 4") == true)
        }
    }

    @Test func `the state is asked for anew where the server knows neither it nor a new one`()
        async throws
    {
        try await ScriptedExchange.run(
            { operation, _ in
                guard operation == "SyncFolderItems" else { return nil }
                return ScriptedExchange.answer(
                    operation,
                    [ScriptedExchange.error(operation, "ErrorSyncFolderNotFound")]
                )
            }
        ) { source, server in
            let code = try await failureCode { try await load(source) }
            #expect(code == .serverError)
            #expect(server.requests.count == 1)
        }
    }
}
