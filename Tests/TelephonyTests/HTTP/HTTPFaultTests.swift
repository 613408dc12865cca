import AbsenceModel
import Foundation
import Synchronization
import Telephony
import TestSupport
import Testing
import Web

/// Faults of the network and of the telephone system.
@Suite struct `Exchange http: faults` {
    private let create = Change.create(.of("101", 1..<3))

    @Test(arguments: ["lost", "late-broken", "truncated", "empty", "html", "missing-outcome"])
    func `an answer that was lost after the effect is asked for`(fault: String) async throws {
        try await Telephone.run { telephone in
            try await telephone.server.fault(fault, path: "batches", times: 1)
            let outcomes = try await telephone.apply([create])
            #expect(outcomes[create.key]?.isDone == true)
            let counts = try await telephone.server.counts()
            #expect(counts.requests["batches"] == 1)
            #expect(counts.requests["batch"] == 1)
            #expect(try await telephone.server.truth().effects == 1)
        }
    }

    @Test func `without a way to ask, the batch is sent again with its key`() async throws {
        try await Telephone.run { telephone in
            try await telephone.server.fault("lost", path: "batches", times: 2)
            try await telephone.server.fault("broken", path: "batch")
            let outcomes = try await telephone.apply([create])
            #expect(outcomes[create.key]?.isDone == true)
            let truth = try await telephone.server.truth()
            #expect(truth.effects == 1)
            #expect(truth.batches == 1)
        }
    }

    @Test(arguments: ["throttled", "unavailable", "broken", "in-progress"])
    func `what will be otherwise soon is tried again`(fault: String) async throws {
        try await Telephone.run { telephone in
            try await telephone.server.fault(fault, times: 2, wait: "0.02")
            let begin = ContinuousClock.now
            #expect(try await telephone.apply([create])[create.key]?.isDone == true)
            if fault != "broken" { #expect(begin.duration(to: .now) >= .milliseconds(20)) }
            try await telephone.server.clearFaults()
            guard fault != "in-progress" else { return }
            try await telephone.server.fault(fault, times: 2, wait: "0.02")
            #expect(try await telephone.list().entries.count == 1)
            #expect(telephone.counts.numbers.retries >= 3)
        }
    }

    @Test func `a system that stays broken has certainly done nothing, or may have`() async throws {
        try await Telephone.run(attempts: 3) { telephone in
            try await telephone.server.fault("throttled", wait: "0.01")
            let throttled = await #expect(throws: ExchangeError.self) {
                try await telephone.apply([create])
            }
            #expect(throttled?.code == .unreachable)
            try await telephone.server.clearFaults()
            // It is told: nothing of that batch had an effect.
            try await telephone.server.fault("broken", path: "batches")
            let broken = await #expect(throws: ExchangeError.self) {
                try await telephone.apply([create])
            }
            #expect(broken?.code == .unreachable)
            // It is not told.
            try await telephone.server.fault("broken", path: "batch")
            await #expect(throws: RemoteFailure.self) { try await telephone.apply([create]) }
            try await telephone.server.clearFaults()
            try await telephone.server.fault("lost")
            await #expect(throws: RemoteFailure.self) { try await telephone.apply([create]) }
        }
    }

    @Test func `a wait that is too long ends the attempt at once`() async throws {
        try await Telephone.run { telephone in
            try await telephone.server.fault("throttled", wait: "3600")
            let error = await #expect(throws: ExchangeError.self) {
                try await telephone.apply([create])
            }
            #expect(error?.description.contains("429") == true)
            #expect(try await telephone.server.counts().requests["batches"] == 1)
        }
    }

    @Test func `a token that does not hold is fetched anew`() async throws {
        try await Telephone.run(isClient: true) { telephone in
            _ = try await telephone.exchange.capabilities()
            try await telephone.server.fault("unauthorized", times: 1)
            #expect(try await telephone.apply([create])[create.key]?.isDone == true)
            #expect(try await telephone.server.counts().requests["token"] == 2)
        }
    }

    @Test(arguments: ["forbidden", "unauthorized"])
    func `who is not let in has done nothing, and is told what to do`(fault: String) async throws {
        try await Telephone.run { telephone in
            try await telephone.server.fault(fault)
            for attempt in [
                { _ = try await telephone.exchange.capabilities() },
                { _ = try await telephone.apply([self.create]) },
                { try await telephone.exchange.prune(endedBefore: morning) },
            ] as [() async throws -> Void] {
                let error = await #expect(throws: ExchangeError.self) { try await attempt() }
                #expect(error?.code == .refused)
                #expect(error?.description.contains("API key") == true)
                #expect(error?.description.contains(RunningExchange.Access.apiKey) == false)
            }
            #expect(try await telephone.server.truth().effects == 0)
        }
    }

    @Test func `names that a later request did not bring over are an error`() async throws {
        let requests = Mutex(0)
        try await LoopbackServer.run({ request in
            let isFirst = requests.withLock { number in
                number += 1
                return number == 1
            }
            let key = request.header("Idempotency-Key") ?? ""
            return isFirst
                ? .text(200, #"{"idempotency_key": "\#(key)", "outcomes": []}"#) : .text(403)
        }) { server in
            let url = try #require(URL(string: server.url))
            try await withFetcher { fetcher in
                let exchange = HTTPExchange(url: url, access: .apiKey("k"), fetcher: fetcher)
                // One more than go into a request.
                let phones = (1000...1100).map { number in
                    Phone(
                        number: "\(number)",
                        displayName: "Anna",
                        language: "sv",
                        timeZone: "Europe/Stockholm"
                    )
                }
                let batch = ChangeBatch(fence: 1, at: morning, phones: phones, changes: [])
                let error = await #expect(throws: ExchangeError.self) {
                    try await exchange.apply(batch)
                }
                #expect(error?.code == .refused)
                #expect(server.requests.count == 2)
            }
        }
    }

    @Test func `a system that is down is unreachable before anything is planned`() async throws {
        let settings = HTTPSettings(
            retry: HTTPRetry(attempts: 2, firstWait: .milliseconds(5))
        )
        let url = try #require(URL(string: "http://127.0.0.1:\(try Loopback.freePort())"))
        try await Telephone.with(try HTTPFetcher(settings)) { fetcher in
            let exchange = HTTPExchange(url: url, access: .apiKey("k"), fetcher: fetcher)
            let error = await #expect(throws: ExchangeError.self) {
                try await exchange.capabilities()
            }
            #expect(error?.code == .unreachable)
        }
    }

    @Test func `the rate and the number at once that it names are kept to`() async throws {
        let process = ReferenceExchangeProcess(
            capabilities: #"{"batch_size": 5, "batches_at_once": 3, "changes_per_second": 100}"#
        )
        try await Telephone.run(process) { telephone in
            _ = try await telephone.exchange.capabilities()
            try await telephone.server.fault("delay", path: "batches", seconds: 0.05)
            let batches = (0..<20).map { number in
                ChangeBatch.of(
                    (0..<5).map {
                        .create(.of("\(100 + number)", Double($0)..<Double($0) + 0.5))
                    }
                )
            }
            let begin = ContinuousClock.now
            var done = 0
            try await telephone.exchange.carryOut(batches) { _, result in
                done += try result.get().values.count(where: \.isDone)
            }
            #expect(done == 100)
            #expect(try await telephone.server.counts().breaches == 0)
            // 100 changes a second, of which the last five need not be waited for.
            #expect(begin.duration(to: .now) >= .milliseconds(950))
        }
    }

    @Test func `a system that lies is found out by what it shows`() async throws {
        try await Telephone.run { telephone in
            try await telephone.server.fault("lie", times: 1)
            #expect(try await telephone.apply([create])[create.key]?.isDone == true)
            let shown = try await telephone.list()
            #expect(shown.isWhole)
            #expect(shown.entries == [])
        }
    }

    @Test func `a list that is cut off, or of which a page fails, says so`() async throws {
        let process = ReferenceExchangeProcess(options: ["--page-size", "2"])
        try await Telephone.run(process, attempts: 2) { telephone in
            let changes = (0..<5).map { Change.create(.of("\(101 + $0)", 1..<3), user: Int64($0)) }
            _ = try await telephone.apply(changes)
            try await telephone.server.fault("cut-list", times: 1)
            let cut = try await telephone.list()
            #expect(!cut.isWhole)
            #expect(cut.entries.count == 4)
            try await telephone.server.fault("endless-pages", path: "absences")
            #expect(try await telephone.list().isWhole == false)
            #expect(telephone.complaints.all.contains { $0.contains("last page") })
            try await telephone.server.clearFaults()
            #expect(try await telephone.list().isWhole)
            try await telephone.server.fault("reorder", path: "absences")
            #expect(try await telephone.list().entries.count == 5)
            try await telephone.server.fault("broken", path: "absences")
            await #expect(throws: RemoteFailure.self) { try await telephone.list() }
        }
    }
}
