import Foundation
import Synchronization
import Testing

@testable import Web

@Suite struct BudgetTests {
    /// The most that were under way at once.
    private final class Gauge: Sendable {
        private let state = Mutex((now: 0, most: 0))
        var most: Int { state.withLock { $0.most } }
        var now: Int { state.withLock { $0.now } }

        func enter() {
            state.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() { state.withLock { $0.now -= 1 } }
    }

    @Test func `no more than allowed are under way, and all come through`() async throws {
        let budget = Budget(concurrent: 3, counts: TrafficCounts())
        let gauge = Gauge()
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    try await budget.run {
                        gauge.enter()
                        defer { gauge.leave() }
                        try await Task.sleep(for: .milliseconds(2))
                        return 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(done == 30)
        #expect(gauge.most == 3)
    }

    @Test func `a stretch holds no more than allowed`() async throws {
        let counts = TrafficCounts()
        let rate = Budget.Rate(count: 4, interval: .milliseconds(200))
        let budget = Budget(concurrent: 10, rate: rate, counts: counts)
        let begin = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask { try await budget.run {} }
            }
            try await group.waitForAll()
        }
        // Ten by fours: the ninth begins two stretches after the first.
        #expect(begin.duration(to: .now) >= .milliseconds(400))
        #expect(counts.numbers.waits > 0)
    }

    @Test(.timeLimit(.minutes(1))) func `whoever is cancelled leaves the turn to others`()
        async throws
    {
        let budget = Budget(concurrent: 1, counts: TrafficCounts())
        let gauge = Gauge()
        let first = Task {
            try await budget.run {
                gauge.enter()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        while gauge.now == 0 { await Task.yield() }
        let second = Task { try await budget.run {} }
        let third = Task { try await budget.run { 3 } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        first.cancel()
        let value = try await third.value
        #expect(value == 3)
    }
}
