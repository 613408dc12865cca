import AbsenceModel
import Foundation
import Telephony
import TestSupport
import Testing

/// What a telephone system that keeps to the interface does with our batches.
@Suite struct `Exchange http` {
    @Test func `capabilities are read as they are told`() async throws {
        try await Telephone.run { telephone in
            #expect(try await telephone.exchange.capabilities() == full)
            try await telephone.server.setCapabilities(
                """
                {"kinds": ["direct"], "targets": ["voicemail"], "has_future_start": false,
                 "ends_by_itself": false, "end_reach": "today", "entries_per_user": 1,
                 "time_grain": 60, "text_length": 20, "has_ring_seconds": false,
                 "has_return_time": false, "reasons": ["meeting", "away"],
                 "default_reason": "away", "is_readable": false, "batch_size": 7}
                """
            )
            let narrow = try await telephone.exchange.capabilities()
            #expect(
                narrow
                    == ExchangeCapabilities(
                        kinds: [.direct],
                        targets: [.voicemail],
                        hasFutureStart: false,
                        endsByItself: false,
                        endReach: .today,
                        entriesPerUser: 1,
                        timeGrain: 60,
                        textLength: 20,
                        hasRingSeconds: false,
                        hasReturnTime: false,
                        reasons: [Reason(rawValue: "meeting"), Reason(rawValue: "away")],
                        defaultReason: Reason(rawValue: "away"),
                        isReadable: false,
                        // Thirty-two requests, four at once.
                        batchSize: 7 * 32,
                        newestFence: 0
                    )
            )
        }
    }

    /// Of a server where nobody has written yet.
    private var full: ExchangeCapabilities {
        // A hundred a request, as many as are read at a time.
        ExchangeCapabilities(batchSize: 1000, newestFence: 0)
    }

    @Test func `what is put is read back the same, is changed, and goes`() async throws {
        try await Telephone.run(isClient: true) { telephone in
            var absence = Absence.of("101", 1..<3, text: "Möte \"med\" \\ 🎉")
            absence.announcedReason = Reason(rawValue: "away")
            absence.backAt = absence.endsAt.addingTimeInterval(3600)
            absence.target = .number("+46123456")
            absence.ringSeconds = 25
            let create = Change.create(absence)
            let first = try await telephone.apply([create])
            let version = try #require(first[create.key]?.version)
            #expect(first == [create.key: .done(version: version)])
            let shown = try await telephone.list()
            #expect(shown.isWhole)
            let entry = try #require(shown.entries.first)
            #expect(shown.entries.count == 1)
            #expect(entry.absence == absence)
            #expect(entry.absenceKey == create.key)
            #expect(entry.origin == .calendar)
            #expect(entry.versionTag == version)
            #expect(entry.setAt != nil)
            #expect(try await telephone.server.truth().phones == ["101": "Nummer 101"])

            let longer = create.updated(to: .of("101", 1..<5), version: version)
            let second = try await telephone.apply([longer])
            #expect(second[create.key]?.isDone == true)
            #expect(second[create.key]?.version != version)
            #expect(try await telephone.list(["101"]).entries.map(\.absence) == [.of("101", 1..<5)])
            #expect(try await telephone.list(["102"]).entries == [])

            let gone = longer.withdrawn(version: second[create.key]?.version)
            #expect(try await telephone.apply([gone]) == [create.key: .done(version: nil)])
            #expect(try await telephone.list().entries == [])
            #expect(telephone.complaints.all == [])
        }
    }

    @Test func `what stands so already is unchanged, also when it is withdrawn`() async throws {
        try await Telephone.run { telephone in
            let create = Change.create(.of("101", 1..<3))
            let version = try await telephone.apply([create], fence: 1)[create.key]?.version
            let again = try await telephone.apply([create], fence: 2)
            #expect(again == [create.key: .unchanged(version: version)])
            _ = try await telephone.apply([create.withdrawn()], fence: 3)
            let gone = try await telephone.apply([create.withdrawn()], fence: 4)
            #expect(gone == [create.key: .unchanged(version: nil)])
        }
    }

    @Test func `a batch that comes twice in one run has one effect and one answer`() async throws {
        try await Telephone.run { telephone in
            let create = Change.create(.of("101", 1..<3))
            let first = try await telephone.apply([create])
            #expect(try await telephone.apply([create]) == first)
            let truth = try await telephone.server.truth()
            #expect(truth.effects == 1)
            #expect(truth.batches == 1)
        }
    }

    @Test func `a batch of an older run is refused, and nothing is done`() async throws {
        try await Telephone.run { telephone in
            _ = try await telephone.apply([.create(.of("101", 1..<3))], fence: 8)
            let error = await #expect(throws: ExchangeError.self) {
                try await telephone.apply([.create(.of("102", 1..<3))], fence: 7)
            }
            #expect(error?.code == .fenced)
            #expect(try await telephone.server.truth().absences.count == 1)
        }
    }

    @Test func `ours that end long ago are forgotten, and nobody else's`() async throws {
        try await Telephone.run { telephone in
            _ = try await telephone.apply([
                .create(.of("101", 1..<3)), .create(.of("101", 4..<6)),
            ])
            try await telephone.server.create(Absence.of("101", 1..<2).members)
            try await telephone.exchange.prune(endedBefore: morning.addingTimeInterval(5 * 3600))
            let left = try await telephone.server.truth().absences
            #expect(left.map(\.origin).sorted() == ["calendar", "person"])
            #expect(left.first { $0.origin == "calendar" }?.endsAt == Absence.of("", 4..<6).endsAt)
        }
    }

    @Test func `a list comes page after page, for any number of extensions`() async throws {
        let process = ReferenceExchangeProcess(options: ["--page-size", "3"])
        try await Telephone.run(process) { telephone in
            let changes = (0..<250).map {
                Change.create(.of("\(1000 + $0)", 1..<3), user: Int64($0))
            }
            _ = try await telephone.exchange.capabilities()
            let outcomes = try await telephone.apply(changes)
            #expect(outcomes.values.count(where: \.isDone) == 250)
            let all = try await telephone.list()
            #expect(all.isWhole)
            #expect(Set(all.entries.compactMap(\.absenceKey)) == Set(changes.map(\.key)))
            let named = try await telephone.list((0..<240).map { "\(1000 + $0)" })
            #expect(named.isWhole)
            #expect(named.entries.count == 240)
        }
    }

    @Test func `what a person or an attendant does is seen, with who and when`() async throws {
        try await Telephone.run { telephone in
            let create = Change.create(.of("101", 1..<3))
            let version = try await telephone.apply([create])[create.key]?.version
            try await telephone.server.create(
                Absence.of("101", 2..<4, .direct, "lunch").members,
                by: .attendant,
                name: "växeln"
            )
            let entry = try #require(try await telephone.list().entries.first)
            try await telephone.server.change(
                entry.entryKey,
                to: Absence.of("101", 1..<2).members,
                name: "anna"
            )
            let shown = try await telephone.list().entries
            let theirs = try #require(shown.first { $0.origin == .attendant })
            #expect(theirs.setBy == "växeln")
            #expect(theirs.absenceKey == nil)
            #expect(theirs.absence.reason.rawValue == "lunch")
            let ours = try #require(shown.first { $0.origin == .calendar })
            #expect(ours.absenceKey == create.key)
            #expect(ours.setBy == "anna")
            #expect(ours.setAt != nil)
            #expect(ours.versionTag != version)
        }
    }
}
