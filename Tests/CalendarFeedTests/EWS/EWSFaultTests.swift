import AbsenceModel
import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

@Suite struct `EWSSource: faults` {
    private static let mailbox = RunningSimulator.mailbox(1)

    /// What is stored after a first load, a fault and a load within it.
    private func withFault(
        _ fault: String,
        times: Int? = nil,
        changes: [String] = [],
        _ body: (RunningSimulator, EWSSource, StoredCalendar) async throws -> Void
    ) async throws {
        try await CalendarSimulatorProcess(mailboxes: 2).run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                var stored = StoredCalendar()
                stored.take(try await source.load(EWSSample.request(Self.mailbox)))
                for change in changes {
                    #expect(try await simulator.change(change, mailbox: Self.mailbox) == 1)
                }
                try await simulator.fault(fault, "ews", mailbox: Self.mailbox, times: times)
                try await body(simulator, source, stored)
            }
        }
    }

    private func truth(_ simulator: RunningSimulator) async throws -> [NormalisedBooking] {
        try await simulator.truth(window: EWSSample.window, mailbox: Self.mailbox)
    }

    @Test(arguments: ["throttled", "unavailable", "busy-inside"])
    func `a server that is busy is asked again after the wait it asks for`(
        _ fault: String
    ) async throws {
        try await withFault(fault, times: 1) { simulator, source, _ in
            let begin = source.counts
            let answer = try await source.load(EWSSample.request(Self.mailbox))
            let read = NormalisedBooking.all(in: answer, mailbox: Self.mailbox)
            #expect(read.differences(from: try await truth(simulator)) == [])
            #expect(source.counts.retries == begin.retries + 1)
            let waited = source.counts.waited - begin.waited
            if fault == "throttled" { #expect(waited >= .milliseconds(300)) }
            if fault == "unavailable" { #expect(waited >= .seconds(1)) }
        }
    }

    @Test(arguments: ["throttled", "busy-inside"])
    func `a server that stays busy ends as a failure that says so`(_ fault: String) async throws {
        try await withFault(fault) { _, source, _ in
            let failure = await #expect(throws: RemoteFailure.self) {
                try await source.load(EWSSample.request(Self.mailbox))
            }
            #expect(failure?.code == .serverError)
            #expect(failure?.description.contains("ErrorServerBusy") == true)
        }
    }

    @Test(
        arguments: [
            ("forbidden", RemoteFailure.Code.refused, "ErrorImpersonateUserDenied"),
            ("not-found", .notFound, "ErrorNonExistentMailbox"),
            ("internal", .serverError, "500"),
            ("truncated", .malformed, "well-formed"),
            ("empty", .malformed, "empty"),
            ("reset", .truncated, "in the middle"),
            ("endless-pages", .malformed, "no end"),
        ] as [(String, RemoteFailure.Code, String)]
    )
    func `a mailbox that fails brings nothing and covers nothing`(
        _ fault: String,
        _ code: RemoteFailure.Code,
        _ word: String
    ) async throws {
        try await withFault(fault, changes: ["delete"]) { simulator, source, stored in
            for cursor in [nil, stored.cursor] {
                let failure = await #expect(throws: RemoteFailure.self) {
                    try await source.load(EWSSample.request(Self.mailbox, cursor: cursor))
                }
                #expect(failure?.code == code)
                #expect(failure?.description.contains(word) == true)
            }
            // The other mailbox is read all the same.
            let other = RunningSimulator.mailbox(2)
            #expect(try await source.load(EWSSample.request(other)).coverage == [.everything])
            // And this one, once it is over, with what changed meanwhile.
            try await simulator.clearFaults()
            var stored = stored
            stored.take(
                try await source.load(EWSSample.request(Self.mailbox, cursor: stored.cursor))
            )
            let after = stored.normalised(Self.mailbox)
            #expect(after.differences(from: try await truth(simulator)) == [])
        }
    }

    @Test func `a state that is lost is followed by a whole load at once`() async throws {
        try await withFault("gone", changes: ["delete", "delete_series"]) {
            simulator,
            source,
            stored in
            var stored = stored
            let answer = try await source.load(
                EWSSample.request(Self.mailbox, cursor: stored.cursor)
            )
            #expect(answer.coverage == [.everything])
            stored.take(answer)
            let after = stored.normalised(Self.mailbox)
            #expect(after.differences(from: try await truth(simulator)) == [])
        }
    }

    @Test(arguments: ["replayed-pages", "reordered-pages", "false-removed"])
    func `pages that come twice or in disorder change nothing`(_ fault: String) async throws {
        try await withFault(fault, changes: ["retitle"]) { simulator, source, stored in
            var stored = stored
            stored.take(
                try await source.load(EWSSample.request(Self.mailbox, cursor: stored.cursor))
            )
            let after = stored.normalised(Self.mailbox)
            #expect(after.differences(from: try await truth(simulator)) == [])
        }
    }

    @Test func `a corrupt series is broken, keeps what is stored, and the rest goes on`()
        async throws
    {
        try await withFault("corrupt-series", changes: ["retitle"]) { simulator, source, stored in
            let answer = try await source.load(
                EWSSample.request(Self.mailbox, cursor: stored.cursor)
            )
            #expect(answer.broken.count == 1)
            let broken = try #require(answer.broken.first)
            #expect(broken.reason.contains("ErrorRecurrenceHasNoOccurrence"))
            #expect(broken.key == nil)
            #expect(answer.bookings.allSatisfy { $0.resource != broken.resource })
            var after = stored
            after.take(answer)
            let kept = { (calendar: StoredCalendar) in
                calendar.bookings.filter { $0.resource == broken.resource }.map(\.key).sorted()
            }
            #expect(!kept(stored).isEmpty)
            #expect(kept(after) == kept(stored))
            #expect(
                after.normalised(Self.mailbox).differences(from: try await truth(simulator)) == []
            )
        }
    }

    @Test func `series of one UID are told apart and lose nothing`() async throws {
        try await withFault("twins") { simulator, source, _ in
            var stored = StoredCalendar()
            for _ in 0..<2 {
                let answer = try await source.load(EWSSample.request(Self.mailbox))
                let keys = answer.bookings.map { "\($0.resource) \($0.key)" }
                #expect(Set(keys).count == keys.count)
                let before = stored.sorted
                stored.take(answer)
                if !before.isEmpty { #expect(stored.sorted == before) }
            }
            let after = stored.normalised(Self.mailbox)
            #expect(after.differences(from: try await truth(simulator)) == [])
        }
    }

    @Test func `a refused token is fetched anew`() async throws {
        try await CalendarSimulatorProcess(mailboxes: 1).run { simulator in
            try await withFetcher { fetcher in
                let login = simulator.url.appending(path: "exempel.example/oauth2/v2.0/token")
                let tokens = AccessTokens(fetcher: fetcher, endpoint: login, now: { Date() }) {
                    _,
                    _ in
                    [
                        ("client_id", RunningSimulator.Access.client),
                        ("client_secret", RunningSimulator.Access.secret),
                        ("grant_type", "client_credentials"),
                        ("scope", "https://mail.exempel.example/.default"),
                    ]
                }
                try await EWSSample.withSource(
                    EWSSample.endpoint(simulator),
                    access: .oauth(tokens)
                ) { source in
                    try await simulator.fault("unauthorized", "ews", times: 1)
                    let answer = try await source.load(EWSSample.request(Self.mailbox))
                    #expect(answer.coverage == [.everything])
                    #expect(try await simulator.counts().requests["token"] == 2)
                }
            }
        }
    }

    /// NTLM begins with a message that shows nothing.
    @Test(
        arguments: [
            (.basic(user: "EXEMPEL\\service", password: "wrong"), 1),
            (.ntlm(user: "EXEMPEL\\service", password: "wrong"), 2),
        ] as [(EWSAccess, Int)]
    )
    func `a wrong password is shown once, however many mailboxes are asked at once`(
        _ access: EWSAccess,
        _ requests: Int
    ) async throws {
        try await CalendarSimulatorProcess(mailboxes: 30).run { simulator in
            try await EWSSample.withSource(
                EWSSample.endpoint(simulator),
                access: access
            ) { source in
                let refused = try await refusedCount(source, mailboxes: 1...30)
                #expect(refused == 30)
                #expect(try await simulator.counts().requests["ews"] == requests)
            }
        }
    }

    @Test func `once let in, an account is given up after three refusals, one after another`()
        async throws
    {
        try await CalendarSimulatorProcess(mailboxes: 30).run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                _ = try await source.load(EWSSample.request(Self.mailbox))
                try await simulator.fault("unauthorized", "ews", times: 1)
                #expect(try await refusedCount(source, mailboxes: 1...1) == 1)
                // The next answer shows that it was the server's mistake.
                _ = try await source.load(EWSSample.request(Self.mailbox))
                try await simulator.fault("unauthorized", "ews", times: 1)
                #expect(try await refusedCount(source, mailboxes: 1...1) == 1)
                try await simulator.fault("unauthorized", "ews")
                try await simulator.resetCounts()
                #expect(try await refusedCount(source, mailboxes: 1...30) == 30)
                #expect(try await simulator.counts().requests["ews"] == 2)
            }
        }
    }

    /// How many of the mailboxes, all asked at once, end as refused.
    private func refusedCount(
        _ source: EWSSource,
        mailboxes: ClosedRange<Int>
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: RemoteFailure.Code?.self) { group in
            for number in mailboxes {
                group.addTask {
                    try await failureCode {
                        try await source.load(EWSSample.request(RunningSimulator.mailbox(number)))
                    }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 == .refused ? 1 : 0 }
        }
    }
}
