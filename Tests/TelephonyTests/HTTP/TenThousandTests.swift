import AbsenceModel
import Foundation
import Telephony
import TestSupport
import Testing
import Web

/// Ten thousand changes over a bad line: a tenth of the answers is lost after the effect, a tenth
/// are 429, a tenth 5xx, and requests wait for up to 60 seconds, of which 400 are one here.
@Suite struct `Exchange http: ten thousand changes` {
    @Test func `each has one effect, and both sides agree in the end`() async throws {
        let process = ReferenceExchangeProcess(
            capabilities: #"{"batch_size": 20, "batches_at_once": 8}"#
        )
        try await Telephone.run(process, timeout: .milliseconds(125), attempts: 6) { telephone in
            _ = try await telephone.exchange.capabilities()
            try await makeBad(telephone.server)
            var ledger = Ledger(telephone: telephone)

            let creations = (0..<500).flatMap { user in
                (0..<10).map {
                    Change.create(
                        .of("\(1000 + user)", Double($0)..<Double($0) + 0.5),
                        user: Int64(user)
                    )
                }
            }
            try await ledger.carryOut(creations)
            let longer = creations.enumerated().filter { $0.offset % 5 < 3 }.map(\.element)
            try await ledger.carryOut(
                longer.map { change in
                    var absence = change.after ?? .of("1000", 0..<1)
                    absence.endsAt.addTimeInterval(900)
                    return change.updated(to: absence, version: ledger.versions[change.key])
                }
            )
            let gone = creations.enumerated().filter { $0.offset % 5 > 2 }.map(\.element)
            try await ledger.carryOut(
                gone.map { $0.withdrawn(version: ledger.versions[$0.key]) }
            )

            try await telephone.server.clearFaults()
            let truth = try await telephone.server.truth()
            #expect(truth.effects == 10_000)
            #expect(truth.repeated == 0)
            let shown = try await telephone.list()
            #expect(shown.isWhole)
            #expect(
                Dictionary(
                    uniqueKeysWithValues: shown.entries.map { ($0.absenceKey, $0.absence) }
                ) == ledger.standing
            )
            #expect(ledger.standing.count == 3000)
            let counts = try await telephone.server.counts()
            #expect((counts.answers["lost"] ?? 0) > 30)
            #expect((counts.answers["429"] ?? 0) > 30)
            #expect((counts.answers["500"] ?? 0) + (counts.answers["503"] ?? 0) > 30)
            print("ten thousand changes: \(counts), \(ledger.passes) passes")
        }
    }

    private func makeBad(_ server: RunningExchange) async throws {
        try await server.fault("lost", share: 0.1)
        try await server.fault("throttled", share: 0.1, wait: "0.01")
        try await server.fault("broken", share: 0.05)
        try await server.fault("unavailable", share: 0.05, wait: "0.01")
        try await server.fault("delay", share: 0.5, seconds: 0.15)
        try await server.fault("delayed-answer", share: 0.5, seconds: 0.15)
        try await server.fault("reorder")
    }
}

/// What the passes do, in short: what is unknown is observed, what failed is tried by a newer run.
private struct Ledger {
    let telephone: Telephone
    /// What stands there, as far as the exchange acknowledged or showed it.
    var standing: [UUID?: Absence] = [:]
    var versions: [UUID: String] = [:]
    var passes = 0

    mutating func carryOut(_ changes: [Change]) async throws {
        var left = changes
        for _ in 0..<30 where !left.isEmpty {
            passes += 1
            var outcomes: [UUID: ChangeOutcome] = [:]
            try await telephone.exchange.carryOut(batches(of: left)) { batch, result in
                switch result {
                case .success(let told): outcomes.merge(told) { _, last in last }
                case .failure(let error):
                    #expect(error is ExchangeError || error is RemoteFailure)
                }
            }
            for change in left {
                switch outcomes[change.key] {
                case .done(let version), .unchanged(let version):
                    write(change, version)
                case .conflict, .refused:
                    Issue.record("\(outcomes[change.key] ?? .unknown)")
                case .unknown, nil:
                    break
                }
            }
            left.removeAll {
                outcomes[$0.key]?.isDone == true || outcomes[$0.key]?.isUnchanged == true
            }
            try await observe(&left)
        }
        #expect(left.isEmpty)
    }

    /// Takes for done what is shown so.
    private mutating func observe(_ left: inout [Change]) async throws {
        guard !left.isEmpty, let shown = try? await telephone.list(), shown.isWhole else { return }
        let entries = Dictionary(
            shown.entries.map { ($0.absenceKey, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var open: [Change] = []
        for change in left {
            if entries[change.key]?.absence == change.after {
                write(change, entries[change.key]?.versionTag)
            } else {
                open.append(change)
            }
        }
        left = open
    }

    private mutating func write(_ change: Change, _ version: String?) {
        standing[change.key] = change.after
        versions[change.key] = version
    }

    private func batches(of changes: [Change]) -> [ChangeBatch] {
        let users = Dictionary(grouping: changes, by: \.user).sorted { $0.key < $1.key }
        var parts: [[Change]] = []
        for (_, own) in users {
            if let last = parts.last, last.count + own.count <= 20 {
                parts[parts.count - 1] += own
            } else {
                parts.append(own)
            }
        }
        return parts.map { .of($0, fence: Int64(passes)) }
    }
}
