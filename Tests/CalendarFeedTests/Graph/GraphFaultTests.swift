import AbsenceModel
@testable import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// Faults of the simulator, each with the state that it must end in.
@Suite struct `GraphSource: faults` {
    private let mailboxes = GraphOffice.mailboxes(3)
    private let struck = RunningSimulator.mailbox(2)

    /// Faults that a load gets over by itself: the end is the truth, in whole rounds and later.
    @Test(arguments: [
        ("unauthorized", 1), ("throttled", 2), ("unavailable", 2), ("gone", 1),
        ("replayed-pages", nil), ("reordered-pages", nil), ("false-removed", nil),
        ("late-master", nil), ("missing-master", nil), ("skew", nil), ("truncated", 1),
        ("empty", 1), ("reset", 1), ("endless-pages", nil),
    ])
    func `it is got over`(fault: String, times: Int?) async throws {
        // Small pages, so that a round has some.
        let query = GraphQuery(
            withBody: true,
            choiceProperty: GraphOffice.choiceProperty,
            pageSize: 7
        )
        try await GraphOffice.run(query: query) { office in
            for isFirst in [true, false] {
                try await office.simulator.fault(fault, "graph", mailbox: struck, times: times)
                if !isFirst {
                    for action in [
                        "delete", "move", "retitle", "create", "delete_series",
                        "cancel_occurrence", "delete_occurrence", "change_series",
                    ] {
                        try await office.simulator.change(action, mailbox: struck, count: 2)
                    }
                }
                try await office.load(mailboxes)
                #expect(office.failures.isEmpty)
                #expect(try await office.differences(of: mailboxes) == [])
                try await office.simulator.clearFaults()
            }
            // And nothing was left behind that a later load would stumble over.
            try await office.load(mailboxes)
            #expect(try await office.differences(of: mailboxes) == [])
            #expect(try await office.simulator.counts().breaches == [:])
        }
    }

    /// Faults that last: the mailbox fails, what is stored stays, the others are read.
    @Test(arguments: [
        ("unauthorized", RemoteFailure.Code.refused), ("forbidden", .refused),
        ("not-found", .notFound), ("throttled", .serverError), ("unavailable", .serverError),
        ("internal", .serverError), ("truncated", .malformed), ("empty", .malformed),
        ("reset", .truncated),
    ])
    func `it fails the mailbox alone and takes nothing away`(
        fault: String,
        code: RemoteFailure.Code
    ) async throws {
        try await GraphOffice.run { office in
            try await office.load(mailboxes)
            let before = office.stored[struck]?.sorted
            try await office.simulator.fault(fault, "graph", mailbox: struck)
            for mailbox in mailboxes {
                try await office.simulator.change("delete", mailbox: mailbox, count: 2)
            }
            for isFull in [false, true] {
                try await office.load(mailboxes, isFull: isFull)
                #expect(office.failures.mapValues(\.code) == [struck: code])
                #expect(office.stored[struck]?.sorted == before)
            }
            let others = mailboxes.filter { $0 != struck }
            #expect(try await office.differences(of: others) == [])

            try await office.simulator.clearFaults()
            try await office.load(mailboxes)
            #expect(office.failures.isEmpty)
            #expect(try await office.differences(of: mailboxes) == [])
        }
    }

    @Test func `a state lost in the middle hides no deletions`() async throws {
        let mailbox = "big@exempel.example"
        try await GraphOffice.run(hasSpecials: true, query: GraphQuery(withBody: true)) { office in
            try await office.load([mailbox])
            try await office.simulator.change("delete", mailbox: mailbox, count: 50)
            try await office.simulator.fault("gone", "graph", mailbox: mailbox, times: 1)
            let answers = try await office.load([mailbox])
            #expect(answers[mailbox]?.coverage == [.everything])
            #expect(try await office.differences(of: [mailbox]) == [])
        }
    }

    @Test func `a state that is always lost fails and takes nothing away`() async throws {
        let mailbox = "big@exempel.example"
        try await GraphOffice.run(hasSpecials: true, query: GraphQuery(withBody: true)) { office in
            try await office.load([mailbox])
            let before = office.stored[mailbox]?.sorted
            try await office.simulator.fault("gone", "graph", mailbox: mailbox)
            try await office.load([mailbox])
            #expect(office.failures[mailbox]?.code == .serverError)
            #expect(office.stored[mailbox]?.sorted == before)
        }
    }

    @Test func `two events with one id in a round end as one`() async throws {
        try await GraphOffice.run { office in
            try await office.simulator.fault("twins", "graph", mailbox: struck)
            try await office.load(mailboxes)
            let keys = (office.stored[struck]?.bookings ?? []).map(\.key)
            #expect(Set(keys).count == keys.count)
            let truth = try await office.simulator.truth(
                window: GraphOffice.window,
                mailbox: struck
            )
            #expect(keys.count == truth.count)
        }
    }

    @Test func `a whole batch that fails takes no mailbox along`() async throws {
        for fault in ["truncated", "empty", "reset"] {
            try await GraphOffice.run { office in
                try await office.simulator.fault(fault, "graph", times: 1)
                try await office.load(mailboxes)
                #expect(office.failures.isEmpty)
                #expect(try await office.differences(of: mailboxes) == [])
            }
        }
    }
}
