import AbsenceModel
import Foundation
import Telephony
import TestSupport
import Testing

/// What belongs together in a batch, and what does not.
@Suite struct `Exchange http: units` {
    @Test func `one user's refusal does not stop another`() async throws {
        try await Telephone.run { telephone in
            try await telephone.server.forget(extensions: ["102"])
            let changes = [
                Change.create(.of("101", 1..<3), user: 1),
                Change.create(.of("102", 1..<3), user: 2),
                Change.create(.of("103", 1..<3), user: 3),
                Change.create(.of("103", 4..<5), user: 3),
                Change.create(.of("103", 2..<6), user: 3),
                Change.create(.of("104", 1..<3), user: 4),
            ]
            let outcomes = try await telephone.apply(changes)
            #expect(outcomes[changes[0].key]?.isDone == true)
            #expect(
                outcomes[changes[1].key] == .refused("the exchange has no such extension")
            )
            #expect(changes[2...4].allSatisfy { outcomes[$0.key]?.isRefused == true })
            #expect(outcomes[changes[5].key]?.isDone == true)
            let standing = try await telephone.server.truth().absences.map(\.extension)
            #expect(standing.sorted() == ["101", "104"])
        }
    }

    @Test func `two of one user swap their places, and two users their extensions`() async throws {
        try await Telephone.run { telephone in
            let early = Change.create(.of("101", 1..<2), user: 1)
            let late = Change.create(.of("101", 3..<4), user: 1)
            let anna = Change.create(.of("102", 1..<2), user: 2)
            let bo = Change.create(.of("103", 1..<2), user: 3)
            _ = try await telephone.apply([early, late, anna, bo])
            let moves = [
                early.updated(to: .of("101", 3..<4)), late.updated(to: .of("101", 1..<2)),
                anna.updated(to: .of("103", 1..<2)), bo.updated(to: .of("102", 1..<2)),
            ]
            let outcomes = try await telephone.apply(moves)
            #expect(moves.allSatisfy { outcomes[$0.key]?.isDone == true })
            let standing = try await telephone.list().entries
            for move in moves {
                #expect(standing.first { $0.absenceKey == move.key }?.absence == move.after)
            }
        }
    }

    @Test func `a person was there: what needs that place waits, the rest is done`() async throws {
        try await Telephone.run { telephone in
            let first = Change.create(.of("101", 1..<2))
            let second = Change.create(.of("101", 3..<4))
            let versions = try await telephone.apply([first, second])
            let entry = try #require(
                try await telephone.list().entries.first { $0.absenceKey == first.key }
            )
            try await telephone.server.change(
                entry.entryKey,
                to: Absence.of("101", 1..<2, .direct).members
            )
            let changes = [
                first.withdrawn(version: versions[first.key]?.version),
                second.updated(
                    to: .of("101", 1..<3),
                    version: versions[second.key]?.version
                ),
                Change.create(.of("101", 3..<4)),
                Change.create(.of("101", 6..<7)),
                Change.create(.of("102", 1..<2), user: 2),
            ]
            let outcomes = try await telephone.apply(changes)
            #expect(outcomes[changes[0].key] == .conflict)
            // It needs the place of the first, and the third that of the second.
            #expect(outcomes[changes[1].key]?.isRefused == true)
            #expect(outcomes[changes[2].key]?.isRefused == true)
            #expect(outcomes[changes[3].key]?.isDone == true)
            #expect(outcomes[changes[4].key]?.isDone == true)
            let standing = Set(try await telephone.list(["101"]).entries.map(\.absence))
            let expected: [Absence] = [
                .of("101", 1..<2, .direct), .of("101", 3..<4), .of("101", 6..<7),
            ]
            #expect(standing == Set(expected))
        }
    }

    @Test func `what a person deleted is a conflict when it is to be changed`() async throws {
        try await Telephone.run { telephone in
            let create = Change.create(.of("101", 1..<2))
            let version = try await telephone.apply([create])[create.key]?.version
            let entry = try #require(try await telephone.list().entries.first)
            try await telephone.server.delete(entry.entryKey)
            let update = create.updated(to: .of("101", 1..<3), version: version)
            #expect(try await telephone.apply([update]) == [create.key: .conflict])
            #expect(try await telephone.server.truth().absences == [])
        }
    }

    @Test func `a batch larger than the exchange takes goes in parts, units whole`() async throws {
        let process = ReferenceExchangeProcess(
            capabilities: #"{"batch_size": 4}"#,
            options: ["--largest-body", "2000"]
        )
        try await Telephone.run(process) { telephone in
            _ = try await telephone.exchange.capabilities()
            let changes = (0..<21).map { number in
                let start = Double(number % 3)
                return Change.create(
                    .of("\(100 + number / 3)", start..<start + 0.5),
                    user: Int64(number / 3)
                )
            }
            let outcomes = try await telephone.apply(changes)
            #expect(outcomes.values.count(where: \.isDone) == 21)
            #expect(try await telephone.server.counts().answers["413"] ?? 0 == 0)
            // More bytes than it takes, which only the exchange knows.
            let texts = changes.map { change in
                var absence = change.after ?? .of("101", 1..<2)
                absence.shownText = String(repeating: "a", count: 10)
                return change.updated(to: absence)
            }
            let second = try await telephone.apply(texts)
            #expect(second.values.count(where: \.isDone) == 21)
        }
    }

    @Test func `a system that sends callers nowhere takes information`() async throws {
        let process = ReferenceExchangeProcess(
            capabilities: #"{"kinds": ["information"], "targets": []}"#
        )
        try await Telephone.run(process) { telephone in
            #expect(try await telephone.exchange.capabilities().targets == [])
            let informs = Change.create(.of("101", 1..<2, .information))
            let diverts = Change.create(.of("102", 1..<2, .direct), user: 2)
            let outcomes = try await telephone.apply([informs, diverts])
            #expect(outcomes[informs.key]?.isDone == true)
            #expect(outcomes[diverts.key]?.isRefused == true)
        }
    }

    @Test func `a system that only says now refuses what has not begun`() async throws {
        let process = ReferenceExchangeProcess(
            capabilities:
                #"{"has_future_start": false, "entries_per_user": 1, "end_reach": "today"}"#,
            at: morning
        )
        try await Telephone.run(process) { telephone in
            let begun = Change.create(.of("101", 0..<2))
            let later = Change.create(.of("102", 1..<2), user: 2)
            let long = Change.create(.of("103", 0..<30), user: 3)
            let outcomes = try await telephone.apply([begun, later, long])
            #expect(outcomes[begun.key]?.isDone == true)
            #expect(outcomes[later.key] == .refused("the exchange takes only what has begun"))
            #expect(
                outcomes[long.key] == .refused("the exchange takes no end as late as this")
            )
            try await telephone.server.setClock(morning.addingTimeInterval(3600))
            let afterwards = try await telephone.apply([later], fence: 2)
            #expect(afterwards[later.key]?.isDone == true)
            let another = try await telephone.apply(
                [.create(.of("101", 0..<0.5))],
                fence: 3
            )
            #expect(
                another.values.first
                    == .refused("the extension has as many absences as the exchange takes")
                    || another.values.first?.isRefused == true
            )
        }
    }
}
